import { expect, test } from 'vitest';
import { explainDatabaseFailure } from '../../../server/cli/database-failure.ts';
import { freshPostgresUrl } from '../../helpers/postgres.ts';
import { commandLine } from './command-line.ts';

const config = { dataDir: '/srv/rollcall' };
const withCode = (code: string) => Object.assign(new Error('what the driver says'), { code });

test.each([
  ['ENOTFOUND', 'its host name is not known'],
  ['28P01', 'it refuses the user name or the password'],
  ['53300', 'it does not take the connection'],
  ['25006', 'it is a read-only replica'],
  ['SQLITE_READONLY_DIRECTORY', 'cannot be written'],
  ['SQLITE_FULL', 'the disk is full'],
  ['SQLITE_IOERR_WRITE', 'the disk reports an error'],
])('%s: %s', (code, why) => {
  expect(explainDatabaseFailure(withCode(code), config)).toMatchObject({
    code: 'database.unreachable',
    message: expect.stringContaining(why),
  });
});

test('a lock that is held is "busy"', () => {
  expect(explainDatabaseFailure(withCode('SQLITE_BUSY_SNAPSHOT'), config)).toMatchObject({
    code: 'database.busy',
  });
});

test('the cause of an error counts, and a wait without a code', () => {
  const timeout = new Error('timeout exceeded when trying to connect');
  expect(explainDatabaseFailure(new Error('Migration failed', { cause: timeout }), config)).toMatchObject({
    message: 'SQLite in /srv/rollcall cannot be used: it does not take the connection.',
  });
});

test.each([[withCode('23505')], [withCode('ERR_INVALID_ARG_TYPE')], [new Error('plain')], ['text']])(
  'what is not about reaching the database is not explained by it',
  (error) => expect(explainDatabaseFailure(error, config)).toBeUndefined(),
);

test('a PostgreSQL database that is not there is named, without user and password', async () => {
  const url = new URL(await freshPostgresUrl());
  url.password = 'sesame';
  url.pathname = '/elsewhere';
  const { cli } = await commandLine({ env: { DATABASE_URL: url.href } });
  const { exitCode, err } = await cli('connection', 'list');
  expect(exitCode).toBe(6);
  expect(err).toContain(
    `PostgreSQL at ${url.host}/elsewhere cannot be used: there is no database of that name.`,
  );
});
