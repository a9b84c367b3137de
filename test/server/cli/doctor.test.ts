import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { SMTPServer } from 'smtp-server';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkDisk } from '../../../server/cli/check-files.ts';
import { databases, startScimServer } from '../../helpers/scim-server.ts';
import { type CommandLine, commandLine } from './command-line.ts';

/** A port on which nothing listens. */
const nobody = { HOST: '127.0.0.1', PORT: '1' };

async function find(line: CommandLine, name: string) {
  const { out } = await line.cli('doctor', '--json');
  const { checks } = JSON.parse(out) as { checks: readonly { name: string }[] };
  return checks.filter((check) => check.name === name);
}

async function withOrg(options: Parameters<typeof commandLine>[0] = {}): Promise<CommandLine> {
  const line = await commandLine({ ...options, env: { ...nobody, ...options.env } });
  await line.json('setup', '--org', 'Larkspur', '--owner', 'ada@larkspur.example');
  // As main.ts has it made; there is no data folder when PostgreSQL keeps everything.
  if (existsSync(line.dataDir)) chmodSync(line.dataDir, 0o750);
  return line;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

describe.each(databases)('rollcall doctor on %s', (database) => {
  test('finds a working database with the newest schema', async () => {
    const line = await withOrg({ database });
    line.clock.now = Date.now();
    const { checks } = await line.json('doctor');
    expect(checks).toMatchObject([
      { name: 'configuration', state: 'warning' },
      { name: 'database', state: 'ok', message: expect.stringMatching(/\((SQLite|PostgreSQL) [\d.]+\)\.$/) },
      { name: 'migrations', state: 'ok' },
      { name: 'clock', state: 'ok' },
      { name: 'disk' },
      { name: 'permissions' },
      { name: 'mail', state: 'warning' },
      { name: 'server', state: 'warning' },
    ]);
  });

  test('notices a clock that is an hour slow', async () => {
    const line = await withOrg({ database });
    line.clock.now = (database === 'postgres' ? Date.now() : line.clock.now) - 3_600_000;
    const { exitCode, out } = await line.cli('doctor');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^problem {2}clock/m);
    expect(out).toContain('Let NTP set the clock');
  });
});

test('with problems the document stands on stdout and the exit code is 1', async () => {
  const line = await commandLine({ env: { ...nobody, DATABASE_URL: 'postgres://ada:sesame@127.0.0.1:1/x' } });
  const { exitCode, out, err } = await line.cli('doctor', '--json');
  expect(exitCode).toBe(1);
  expect(JSON.parse(err)).toEqual({ error: { code: 'doctor.problems', message: '1 problem was found.' } });
  expect(JSON.parse(out).checks[1]).toEqual({
    name: 'database',
    state: 'problem',
    message: 'PostgreSQL at 127.0.0.1:1/x cannot be used: nothing answers there.',
    mend: 'Start PostgreSQL, or correct host and port in DATABASE_URL.',
  });
  expect(out).not.toContain('sesame');
});

test('names every variable that cannot be used, and looks no further', async () => {
  const { cli } = await commandLine({ env: { PORT: 'http', LOG_LEVEL: 'loud' } });
  const { exitCode, out } = await cli('doctor', '--json');
  expect(exitCode).toBe(1);
  expect(JSON.parse(out).checks).toMatchObject([
    { name: 'configuration', state: 'problem', message: 'PORT is "http".' },
    { name: 'configuration', state: 'problem', message: 'LOG_LEVEL is "loud".' },
  ]);
});

test.each([
  ['https://rollcall.larkspur.example', 'ok'],
  ['http://rollcall.larkspur.example', 'warning'],
  ['http://127.0.0.1:4310', 'ok'],
])('PUBLIC_URL=%s is %s', async (PUBLIC_URL, state) => {
  const line = await commandLine({ env: { ...nobody, PUBLIC_URL } });
  expect(await find(line, 'configuration')).toMatchObject([{ state }]);
});

test('before the first start it makes nothing', async () => {
  const line = await commandLine({ env: nobody });
  expect(await find(line, 'database')).toMatchObject([
    { state: 'warning', mend: 'The first start makes it.' },
  ]);
  expect(existsSync(line.dataDir)).toBe(false);
});

test('a schema that is not the newest is a problem', async () => {
  const line = await withOrg();
  const sqlite = new Sqlite(join(line.dataDir, 'rollcall.db'));
  sqlite.exec('delete from kysely_migration');
  sqlite.close();
  expect(await find(line, 'migrations')).toMatchObject([
    { state: 'problem', message: expect.stringContaining('0001-directory') },
  ]);
});

test('a file that is no database is a problem', async () => {
  const line = await withOrg();
  writeFileSync(
    join(line.dataDir, 'rollcall.db'),
    'not a database, however long one looks at it'.repeat(100),
  );
  expect(await find(line, 'database')).toMatchObject([
    { state: 'problem', message: expect.stringContaining('damaged or not a database') },
  ]);
});

test('a secret that everybody can read is a problem, unless the folder keeps them out', async () => {
  const line = await withOrg();
  const secret = join(line.dataDir, 'secret');
  writeFileSync(secret, 'x'.repeat(43));
  chmodSync(join(line.dataDir, 'rollcall.db'), 0o640);
  chmodSync(secret, 0o644);
  chmodSync(line.dataDir, 0o755);
  expect(await find(line, 'permissions')).toEqual([
    {
      name: 'permissions',
      state: 'problem',
      message: `Everybody on this computer can read or write secret in ${line.dataDir}.`,
      mend: `chmod -R o-rwx ${line.dataDir}`,
    },
  ]);
  chmodSync(line.dataDir, 0o750);
  expect(await find(line, 'permissions')).toMatchObject([{ state: 'ok' }]);
});

test('the room on the disk is told, also before the folder is there', async () => {
  const { dataDir } = await commandLine();
  expect((await checkDisk(join(dataDir, 'deep', 'below'))).message).toMatch(/^[\d.]+ [kMGT]B are free/);
});

describe('mail', () => {
  async function mailServer(): Promise<number> {
    const server = new SMTPServer({
      hideSTARTTLS: true,
      allowInsecureAuth: true,
      onAuth: ({ password }, _session, done) =>
        password === 'sesame' ? done(null, { user: 'rollcall' }) : done(new Error(`no, not ${password}`)),
    });
    server.on('error', () => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
    return (server.server.address() as AddressInfo).port;
  }

  test('a mail server that lets us in is well', async () => {
    const SMTP_URL = `smtp://rollcall:sesame@127.0.0.1:${await mailServer()}`;
    expect(await find(await commandLine({ env: { ...nobody, SMTP_URL } }), 'mail')).toMatchObject([
      { state: 'ok' },
    ]);
  });

  test('a wrong password is a problem and is not shown', async () => {
    const SMTP_URL = `smtp://rollcall:open%20up@127.0.0.1:${await mailServer()}`;
    const line = await commandLine({ env: { ...nobody, SMTP_URL } });
    const [check] = await find(line, 'mail');
    expect(check).toMatchObject({ state: 'problem', message: expect.stringContaining('no, not ***') });
    expect(JSON.stringify(check)).not.toMatch(/open(%20| )up/);
  });

  test('a mail server that is not there is a problem', async () => {
    const line = await commandLine({ env: { ...nobody, SMTP_URL: 'smtp://127.0.0.1:1' } });
    expect(await find(line, 'mail')).toMatchObject([{ state: 'problem' }]);
  });
});

describe('server', () => {
  test('a server that is ready is well', async () => {
    const server = await startScimServer();
    onTestFinished(() => server.close());
    const line = await commandLine({ env: { HOST: '0.0.0.0', PORT: new URL(server.url).port } });
    expect(await find(line, 'server')).toMatchObject([
      { state: 'ok', message: `It is ready at ${server.url}.` },
    ]);
  });

  test('a server that is not ready says why', async () => {
    const server = createServer((_request, response) => {
      response
        .writeHead(503)
        .end(JSON.stringify({ status: 'not ready', reason: 'The database does not answer.' }));
    });
    const line = await commandLine({ env: { PORT: String(await listen(server)) } });
    expect(await find(line, 'server')).toMatchObject([
      { state: 'problem', message: expect.stringContaining('The database does not answer.') },
    ]);
  });

  test('another program on the port is a problem', async () => {
    const server = createServer((_request, response) => response.end('hello'));
    const line = await commandLine({ env: { PORT: String(await listen(server)) } });
    expect(await find(line, 'server')).toMatchObject([
      { state: 'problem', message: expect.stringContaining('not Rollcall') },
    ]);
  });
});
