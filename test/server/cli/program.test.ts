import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { run } from '../../../server/cli/program.ts';
import { capturingTerminal, commandLine, startOfTime } from './command-line.ts';

test('help is asked for on stdout and ends well', async () => {
  const { cli } = await commandLine();
  const { exitCode, out, err } = await cli('connection', 'token', 'rotate', '--help');
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(out).toContain('Usage: rollcall connection token rotate [options] <connection>');
  expect(out).toContain('--json');
});

test('the version is that of the package', async () => {
  const { cli } = await commandLine();
  expect(await cli('--version')).toMatchObject({
    exitCode: 0,
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test.each([[[]], [['connection']], [['frobnicate']], [['doctor', '--loud']], [['backup']]])(
  'the command line %j is refused as usage, with nothing on stdout',
  async (argv: readonly string[]) => {
    const { cli } = await commandLine();
    expect(await cli(...argv)).toMatchObject({ exitCode: 2, out: '' });
    const { exitCode, out, err } = await cli(...argv, '--json');
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(JSON.parse(err)).toEqual({
      error: { code: 'usage.invalid', message: expect.stringMatching(/^[A-Z]/) },
    });
  },
);

test('a mistyped option is answered with the one that was meant', async () => {
  const { cli } = await commandLine();
  expect((await cli('connection', 'list', '--ogr', 'x')).err).toContain('(Did you mean --org?)');
});

test('a configuration that cannot be used ends with 3 and is explained by name', async () => {
  const { cli } = await commandLine({ env: { DATABASE_URL: 'mysql://ada:sesame@db.larkspur.example' } });
  const { exitCode, out, err } = await cli('connection', 'list');
  expect({ exitCode, out }).toEqual({ exitCode: 3, out: '' });
  expect(err).toContain('DATABASE_URL is "mysql://***@db.larkspur.example"');
});

test('a variable that is a slip of the pen is pointed out beside the answer', async () => {
  const { cli } = await commandLine({ env: { ROLLCALL_SECERT: 'x' } });
  const { out, err } = await cli('connection', 'list', '--json');
  expect(JSON.parse(out)).toEqual({ connections: [] });
  expect(err).toContain('Did you mean ROLLCALL_SECRET?');
});

test('a database that does not answer ends with 6, without its password', async () => {
  const { cli } = await commandLine({ env: { DATABASE_URL: 'postgres://ada:sesame@127.0.0.1:1/rollcall' } });
  const { exitCode, out, err } = await cli('connection', 'list', '--json');
  expect({ exitCode, out }).toEqual({ exitCode: 6, out: '' });
  expect(JSON.parse(err)).toEqual({
    error: {
      code: 'database.unreachable',
      message:
        'PostgreSQL at 127.0.0.1:1/rollcall cannot be used: nothing answers there. ' +
        'Start PostgreSQL, or correct host and port in DATABASE_URL.',
    },
  });
});

test('a data folder that cannot be made ends with 3', async () => {
  const { cli } = await commandLine({ env: { ROLLCALL_DATA_DIR: join(import.meta.filename, 'data') } });
  const { exitCode, err } = await cli('connection', 'list');
  expect(exitCode).toBe(3);
  expect(err).toContain('The data folder');
});

describe('beside another writer on the same file', () => {
  const setUp = ['setup', '--org', 'Second', '--owner', 'ada@larkspur.example'];

  test('a command waits until it is through', async () => {
    const { cli, dataDir } = await commandLine();
    await cli('setup', '--org', 'First', '--owner', 'ada@larkspur.example');
    const other = new Sqlite(join(dataDir, 'rollcall.db'));
    other.exec('begin immediate');
    setTimeout(() => other.exec('commit'), 300);
    expect(await cli(...setUp)).toMatchObject({ exitCode: 0 });
    other.close();
  });

  test('a command that waited in vain ends with 6 and has changed nothing', async () => {
    const { cli, dataDir } = await commandLine();
    await cli('setup', '--org', 'First', '--owner', 'ada@larkspur.example');
    const other = new Sqlite(join(dataDir, 'rollcall.db'));
    other.exec('begin immediate');
    const { exitCode, out, err } = await cli(...setUp, '--json');
    expect({ exitCode, out }).toEqual({ exitCode: 6, out: '' });
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'database.busy' } });
    other.exec('commit');
    expect(other.prepare('select count(*) from orgs').pluck().get()).toBe(1);
    other.close();
  });

  test('reading waits for nobody', async () => {
    const { cli, dataDir, json } = await commandLine();
    await cli('setup', '--org', 'First', '--owner', 'ada@larkspur.example');
    const other = new Sqlite(join(dataDir, 'rollcall.db'));
    other.exec('begin immediate');
    expect(await json('connection', 'list')).toEqual({ connections: [] });
    other.close();
  });
});

describe('what nobody expected', () => {
  const address = 'postgres://ada:open%20sesame@db.larkspur.example/x';

  async function fail(LOG_LEVEL: string): Promise<string> {
    const printed = { out: '', err: '' };
    const terminal = {
      ...capturingTerminal(printed),
      out: () => {
        throw new Error(`lost ${address} and "open sesame"`);
      },
    };
    const { env } = await commandLine({ env: { LOG_LEVEL, SMTP_URL: address.replace('postgres', 'smtp') } });
    expect(await run(['connection', 'list'], env, { terminal, now: () => startOfTime })).toBe(1);
    return printed.err;
  }

  test('is told in a sentence without secrets', async () => {
    expect(await fail('info')).toBe(
      'Rollcall came upon something it did not expect: lost postgres://ada:***@db.larkspur.example/x and "***"\n' +
        'Set LOG_LEVEL=debug to see where it happened.\n',
    );
  });

  test('shows where it happened, without secrets, at LOG_LEVEL=debug', async () => {
    const told = await fail('debug');
    expect(told).toMatch(/\n {4}at .*program\.test\.ts/);
    expect(told).not.toMatch(/open(%20| )sesame/);
  });
});
