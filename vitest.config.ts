// How the tests run: every test/**/*.test.ts, in parallel, with one PostgreSQL that starts when the first test asks.
import { defineConfig } from 'vitest/config';

/** Tests that put a module of their own in the place of one of ours, which others must not find. */
const alone = ['test/server/log-secrecy*.test.ts', 'test/idp/long-run.test.ts'];

export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    // Half of the time goes by in other processes: PostgreSQL, Chromium, servers.
    maxWorkers: '100%',
    // A browser that looks at every element in two schemes takes a while where other tests run beside.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        // Loading the server takes longer than most files do; those of a worker share what is loaded.
        test: { name: 'together', include: ['test/**/*.test.ts'], exclude: alone, isolate: false },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
