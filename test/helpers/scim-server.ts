// A whole server for a test: real HTTP, a real database of its own, one org with one connection. Knows no protocol.
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { type Deps, openDeps } from '../../server/deps.ts';
import { setUpOrg } from '../../server/members/set-up-org.ts';
import { createConnection } from '../../server/provisioning/change-connection.ts';
import { baseUrlOf } from '../../server/provisioning/connection-address.ts';
import type { ConnectionKind, ConnectionMode } from '../../shared/provisioning.ts';

export const databases = ['sqlite', 'postgres'] as const;
export type DatabaseName = (typeof databases)[number];

/** The operator, as whom a test sets things up. */
export const operator = { actor: { kind: 'operator', id: 'test' }, requestId: 'set-up' } as const;

/** What every test clock starts at: 2 November 2026, 09:00 UTC. */
export const startOfTime = Date.UTC(2026, 10, 2, 9);

export interface ScimAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the answer holds
  readonly body: any;
  readonly text: string;
}

export interface ScimServer {
  readonly url: string;
  readonly baseUrl: string;
  readonly token: string;
  readonly orgId: string;
  readonly ownerId: string;
  readonly connectionId: string;
  readonly deps: Deps;
  readonly app: FastifyInstance;
  /** Unix milliseconds; a test moves it. It stands still by itself. */
  readonly clock: { now: number };
  /** Sends one request below the base URL, with the token unless `authorization` is given ('' for none). */
  scim(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ScimAnswer>;
  /** A second connection into the same org. */
  connect(
    kind: ConnectionKind,
    mode?: ConnectionMode,
    name?: string,
  ): Promise<Pick<ScimServer, 'baseUrl' | 'token' | 'connectionId' | 'scim'>>;
  close(): Promise<void>;
}

interface Options {
  readonly database?: DatabaseName;
  readonly kind?: ConnectionKind;
  readonly mode?: ConnectionMode;
  /** What the first connection is called. */
  readonly name?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export async function startScimServer(options: Options = {}): Promise<ScimServer> {
  const { database = 'sqlite', kind = 'other', mode = 'tolerant' } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  const config = readConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    ROLLCALL_DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    SCIM_RATE_LIMIT: '0',
    ...(database === 'postgres' && { DATABASE_URL: await freshDatabase() }),
    ...options.env,
  });
  const clock = { now: startOfTime };
  const deps = await openDeps(config, () => clock.now);
  // A busy test machine is no overload.
  const app = await buildApp(deps, { maxEventLoopDelay: 0 });
  await app.listen({ host: config.host, port: config.port });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  deps.announce(url);
  const door = { db: deps.database.db, now: deps.now, secret: deps.secret };
  const org = await setUpOrg(door, {
    ...operator,
    name: 'Larkspur Foundry',
    ownerEmail: 'ada@larkspur.example',
  });

  const connect: ScimServer['connect'] = async (ofKind, inMode = 'tolerant', name = `Our ${ofKind}`) => {
    const request = {
      ...operator,
      orgId: org.id,
      kind: ofKind,
      mode: inMode,
      name,
      tokenDays: null,
    };
    const { connection, token } = await createConnection(door, request);
    const baseUrl = baseUrlOf(url, connection.id);
    return { baseUrl, token, connectionId: connection.id, scim: scimClient(baseUrl, token) };
  };
  return {
    url,
    ...(await connect(kind, mode, options.name)),
    orgId: org.id,
    ownerId: org.ownerId,
    deps,
    app,
    clock,
    connect,
    close: async () => {
      await app.close();
      await deps.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Only a test run has a PostgreSQL; what else starts a server here does without. */
async function freshDatabase(): Promise<string> {
  const { migratedPostgresUrl } = await import('./postgres.ts');
  return migratedPostgresUrl();
}

/** Speaks to a connection's base URL with its token. */
export function scimClient(baseUrl: string, token: string): ScimServer['scim'] {
  return async (method, path, body, headers = {}) => {
    const { authorization = `Bearer ${token}`, ...rest } = headers;
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        ...(authorization !== '' && { authorization }),
        ...(body !== undefined && { 'content-type': 'application/scim+json' }),
        ...rest,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
      text,
    };
  };
}

/** What a client that is told to come back tries at most. */
const mostTries = 5;

/** As identity providers do: sends again, a few times, what the directory was too busy for, which has changed nothing. */
export function patient(scim: ScimServer['scim']): ScimServer['scim'] {
  return async (...request) => {
    for (let tries = 1; ; tries++) {
      const answer = await scim(...request);
      if (answer.status !== 503 || tries === mostTries) return answer;
    }
  };
}
