// How the tests run: every test/**/*.test.ts, in parallel, with one PostgreSQL that starts when the first test asks.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    // Half of the time goes by in other processes: PostgreSQL, Chromium, servers.
    maxWorkers: '100%',
    // A browser that looks at every element in two schemes takes a while where other tests run beside.
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
});
