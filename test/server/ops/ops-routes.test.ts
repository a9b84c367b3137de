import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { createMetrics } from '../../../server/core/metrics.ts';
import type { Database, Db } from '../../../server/db/database.ts';
import { migrate } from '../../../server/db/migrate.ts';
import { openDatabase } from '../../../server/db/open-database.ts';
import { opsRoutes } from '../../../server/ops/ops-routes.ts';
import { watchPool } from '../../../server/ops/pool-metrics.ts';
import { observeRequests } from '../../../server/ops/request-metrics.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function freshDatabase(): Database {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  const database = openDatabase({ file: join(folder, 'test.db') });
  closing.push(() => rmSync(folder, { recursive: true }));
  closing.push(() => database.close());
  return database;
}

function start(database: Pick<Database, 'db'>, state = { stopping: false }) {
  const app = Fastify();
  const metrics = createMetrics();
  observeRequests(app, metrics);
  app.register(opsRoutes, { database, metrics, isShuttingDown: () => state.stopping, databaseTimeout: 50 });
  app.get('/people/:id', async () => ({}));
  closing.push(() => app.close());
  return { metrics, get: (url: string) => app.inject({ url }) };
}

test('a server is live whatever its database does', async () => {
  const { get } = start({ db: {} as Db });
  const answer = await get('/health/live');
  expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'live' }]);
});

test('a server is ready once its migrations are applied', async () => {
  const database = freshDatabase();
  const { get } = start(database);
  const before = await get('/health/ready');
  expect(before.statusCode).toBe(503);
  expect(before.json().reason).toMatch(/^Migrations are missing: 0001-directory/);
  await migrate(database.db);
  const after = await get('/health/ready');
  expect([after.statusCode, after.json()]).toEqual([200, { status: 'ready' }]);
});

test('a server that shuts down is not ready', async () => {
  const database = freshDatabase();
  await migrate(database.db);
  const state = { stopping: false };
  const { get } = start(database, state);
  expect((await get('/health/ready')).statusCode).toBe(200);
  state.stopping = true;
  const answer = await get('/health/ready');
  expect([answer.statusCode, answer.json().reason]).toEqual([503, 'The server is shutting down.']);
});

test('a server whose database went away is not ready', async () => {
  const database = freshDatabase();
  await migrate(database.db);
  const { get } = start(database);
  expect((await get('/health/ready')).statusCode).toBe(200);
  await database.close();
  const answer = await get('/health/ready');
  expect([answer.statusCode, answer.json().reason]).toEqual([503, 'The database does not answer.']);
});

test('a database that takes too long counts as away', async () => {
  const database = freshDatabase();
  await migrate(database.db);
  const { get } = start(database);
  // On SQLite an open transaction keeps every other query waiting.
  await database.db.transaction().execute(async () => {
    const answer = await get('/health/ready');
    expect([answer.statusCode, answer.json().reason]).toEqual([503, 'The database does not answer.']);
  });
  expect((await get('/health/ready')).statusCode).toBe(200);
});

test('requests are timed by route pattern, method and class of status', async () => {
  const { get } = start(freshDatabase());
  await get('/people/ada');
  await get('/people/grace');
  await get('/nobody/ada');
  const answer = await get('/metrics');
  expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  const count = 'rollcall_http_request_duration_seconds_count';
  expect(answer.body).toContain(`${count}{method="GET",route="/people/:id",status="2xx"} 2`);
  expect(answer.body).toContain(`${count}{method="GET",route="none",status="4xx"} 1`);
  expect(answer.body).not.toContain('ada');
});

test('the pool of connections is watched', async () => {
  const { get, metrics } = start(freshDatabase());
  watchPool(metrics, { totalCount: 7, idleCount: 2, waitingCount: 1 });
  const { body } = await get('/metrics');
  expect(body).toContain('rollcall_db_pool_connections 7');
  expect(body).toContain('rollcall_db_pool_idle 2');
  expect(body).toContain('rollcall_db_pool_waiting 1');
});
