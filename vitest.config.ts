// How the tests run: every test/**/*.test.ts, in parallel, with one PostgreSQL that starts when the first test asks.
import { configDefaults, defineConfig } from 'vitest/config';

/** Files with a real browser in them. */
const inBrowser = [
  'test/demo/**/*.test.ts',
  'test/e2e/**/*.test.ts',
  'test/extension/**/*.test.ts',
  'test/server/pages/invitation-pages.test.ts',
];

/** Files that replace a module, count what a module keeps, or measure what the process needs. */
const alone = [
  'test/idp/long-run.test.ts',
  'test/scim/robustness.test.ts',
  'test/server/db/named-statements.test.ts',
  'test/server/log-secrecy*.test.ts',
];

const shared = {
  setupFiles: ['test/setup.ts'],
  // Half of the time goes by in other processes: PostgreSQL, Chromium, servers.
  maxWorkers: '100%',
};

export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    projects: [
      {
        test: {
          ...shared,
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...inBrowser, ...alone],
          // Loading the modules takes longer than most of the files.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: { ...shared, name: 'alone', include: alone, testTimeout: 90_000, hookTimeout: 120_000 },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: inBrowser,
          isolate: false,
          // A browser that looks at every element in two schemes takes a while where other tests run beside.
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
