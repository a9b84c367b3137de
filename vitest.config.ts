// How the tests run: every test/**/*.test.ts, in parallel, with one PostgreSQL that starts when the first test asks.
import { configDefaults, defineConfig } from 'vitest/config';
import { patience } from './test/helpers/patience.ts';

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
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        test: { ...shared, name: 'alone', include: alone, testTimeout: 180_000, hookTimeout: 180_000 },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: inBrowser,
          isolate: false,
          testTimeout: 5 * patience,
          hookTimeout: 5 * patience,
          expect: { poll: { timeout: patience } },
        },
      },
    ],
  },
});
