import { cpSync, existsSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { openDatabase } from '../../../server/db/open-database.ts';
import { databaseAddress } from '../../../server/deps.ts';
import { listRecords } from '../../../server/provisioning/provisioning-record-store.ts';
import { freshPostgresUrl } from '../../helpers/postgres.ts';
import { type DatabaseName, databases } from '../../helpers/scim-server.ts';
import { type RollcallProcess, root, runRollcall, startRollcall } from './rollcall-process.ts';

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-serve-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function environment(database: DatabaseName = 'sqlite'): Promise<Record<string, string>> {
  const url = database === 'postgres' ? { DATABASE_URL: await freshPostgresUrl() } : {};
  return { ROLLCALL_DATA_DIR: join(freshFolder(), 'data'), PORT: '0', ...url };
}

/** The documents and log lines of stdout, one a line. */
const linesOf = (out: string): readonly Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

async function documentOf(argv: readonly string[], env: Record<string, string>) {
  const { exitCode, out, err } = await runRollcall([...argv, '--json'], { env });
  if (exitCode !== 0) throw new Error(err);
  return JSON.parse(out) as Record<string, string>;
}

interface Served {
  readonly server: RollcallProcess;
  readonly env: Record<string, string>;
  readonly orgId: string;
  readonly connectionId: string;
  readonly baseUrl: string;
  readonly token: string;
}

/** A server in a process of its own, with a connection that other processes made. */
async function serve(database: DatabaseName = 'sqlite'): Promise<Served> {
  const free = await environment(database);
  const server = startRollcall(['serve', '--json'], { env: free });
  const [, url = ''] = await server.printed('out', /^\{"url":"(.*)"\}$/m);
  const env = { ...free, PORT: new URL(url).port };
  const { orgId = '' } = await documentOf(
    ['setup', '--org', 'Larkspur', '--owner', 'ada@larkspur.example'],
    env,
  );
  const creation = ['connection', 'create', '--org', 'larkspur', '--kind', 'okta', '--name', 'Okta'];
  const { connectionId = '', baseUrl = '', token = '' } = await documentOf(creation, env);
  return { server, env, orgId, connectionId, baseUrl, token };
}

const person = JSON.stringify({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: 'noor@larkspur.example',
});

/** A creation whose headers have arrived and whose body has not; the client would keep its connection for more. */
async function halfSent({ baseUrl, token }: Served): Promise<ClientRequest> {
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const call = request(`${baseUrl}/Users`, {
    method: 'POST',
    agent,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/scim+json',
      'content-length': Buffer.byteLength(person),
      expect: '100-continue',
    },
  });
  call.on('error', () => {});
  call.flushHeaders();
  await new Promise((resolve) => call.once('continue', resolve));
  return call;
}

function answerTo(call: ClientRequest, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    call.once('response', (response) => {
      response.resume();
      resolve(response);
    });
    call.once('error', reject);
    call.end(body);
  });
}

async function recordsOf({ env, orgId, connectionId }: Served) {
  const database = openDatabase(databaseAddress(readConfig(env)));
  try {
    return await listRecords(database.db, orgId, { connectionId, limit: 1000 });
  } finally {
    await database.close();
  }
}

test('a token made by another process is let in at once, and not after it is revoked', async () => {
  const { baseUrl, token, connectionId, env } = await serve();
  const ask = async (bearer: string) =>
    (await fetch(`${baseUrl}/Users`, { headers: { authorization: `Bearer ${bearer}` } })).status;
  expect(await ask(token)).toBe(200);
  expect(await ask(`${token}x`)).toBe(401);
  await documentOf(['connection', 'token', 'revoke', connectionId, token.slice(-4)], env);
  expect(await ask(token)).toBe(401);
});

describe.each(databases)('told to stop, on %s', (database) => {
  test('it answers the request under way, keeps every record and ends with 0', async () => {
    const served = await serve(database);
    const { server, baseUrl, token } = served;
    const slow = await halfSent(served);
    for (let n = 0; n < 20; n++) {
      await fetch(`${baseUrl}/Users?count=${n}`, {
        headers: { authorization: `Bearer ${n % 2 ? token : 'wrong'}` },
      });
    }
    server.signal('SIGTERM');
    await server.printed('err', /Stopping/);
    expect((await answerTo(slow, person)).statusCode).toBe(201);
    expect(await server.ended).toMatchObject({ exitCode: 0, signal: null });
    const records = await recordsOf(served);
    expect(records.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(records.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(records[0]).toMatchObject({ method: 'POST', status: 201, outcome: 'created' });
  });
});

test('told to stop through npm, which passes the signal to a shell only, it stops all the same', async () => {
  const server = startRollcall(['start'], { env: await environment(), command: ['npm', '--silent'] });
  const [, url = ''] = await server.printed('err', /Rollcall serves on (\S+)/);
  server.signal('SIGTERM');
  await server.printed('err', /Stopping/);
  await server.ended;
  await expect(fetch(`${url}/health/live`)).rejects.toThrow();
});

test('a Ctrl-C that arrives twice, as under npm, is one wish', async () => {
  const served = await serve();
  const slow = await halfSent(served);
  served.server.signal('SIGINT');
  served.server.signal('SIGINT');
  await served.server.printed('err', /Stopping/);
  expect((await answerTo(slow, person)).statusCode).toBe(201);
  expect(await served.server.ended).toMatchObject({ exitCode: 0 });
});

test('a signal that is repeated ends it at once', async () => {
  const served = await serve();
  await halfSent(served);
  const again = setInterval(() => served.server.signal('SIGTERM'), 50);
  onTestFinished(() => clearInterval(again));
  expect(await served.server.ended).toMatchObject({ signal: 'SIGTERM' });
});

test('stdout is the log and the address, stderr the words for people', async () => {
  const server = startRollcall(['serve', '--json', '--host', 'localhost'], { env: await environment() });
  await server.printed('err', /Rollcall serves on http:\/\/localhost:\d+\n\nNext: name your organisation/);
  server.signal('SIGTERM');
  const { out } = await server.ended;
  expect(linesOf(out)).toContainEqual({ url: expect.stringMatching(/^http:\/\/localhost:\d+$/) });
});

test('a port that is taken is refused', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    other.close();
  });
  const { port } = other.address() as AddressInfo;
  const { exitCode, err } = await runRollcall(['serve', '--port', String(port)], {
    env: await environment(),
  });
  expect(exitCode).toBe(5);
  expect(err).toContain(`port ${port}: another program does already`);
});

test('a port that cannot be is explained by name', async () => {
  const { exitCode, err } = await runRollcall(['serve', '--port', '70000'], { env: await environment() });
  expect(exitCode).toBe(3);
  expect(err).toContain('PORT is "70000"');
});

test('what is made is not for others to read', async () => {
  const { env } = await serve();
  for (const name of ['.', 'rollcall.db', 'secret']) {
    expect(statSync(join(env.ROLLCALL_DATA_DIR ?? '', name)).mode & 0o007, name).toBe(0);
  }
});

test('two first set-ups at once agree', async () => {
  const env = await environment();
  const setUp = () => documentOf(['setup', '--org', 'Larkspur', '--owner', 'ada@larkspur.example'], env);
  const [one, other] = await Promise.all([setUp(), setUp()]);
  expect({ ...one, signInUrl: '' }).toEqual({ ...other, signInUrl: '' });
});

test('stdout is one document when npm starts it, and when it has to build first', async () => {
  const folder = freshFolder();
  for (const part of ['package.json', 'package-lock.json', 'bin', 'scripts', 'server', 'shared']) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const { exitCode, out, err } = await runRollcall(
    ['setup', '--org', 'Larkspur', '--owner', 'ada@larkspur.example', '--json'],
    { env: await environment(), folder, command: ['npm', 'run', '--silent', 'rollcall', '--'] },
  );
  expect(exitCode, err).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ slug: 'larkspur' });
  expect(existsSync(join(folder, 'dist/server/main.js'))).toBe(true);
});
