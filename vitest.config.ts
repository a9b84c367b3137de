// How the tests run: every test/**/*.test.ts, in parallel, with one PostgreSQL that starts when the first test asks.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    // Half of the time goes by in other processes: PostgreSQL, Chromium, servers.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
