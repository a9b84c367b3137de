// Gives a test a PostgreSQL database of its own, empty or with the newest schema. Knows the run's server, which the first
// caller starts.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { migrate } from '../../server/db/migrate.ts';
import { openPostgres } from '../../server/db/postgres.ts';
import { atEndOfFile } from './end-of-file.ts';

const created: string[] = [];

/** Makes an empty database and gives its URL; it is dropped when the test file is through. */
export function freshPostgresUrl(): Promise<string> {
  return createDatabase();
}

/** Makes a database with the newest schema, as migrating an empty one gives it, in a fraction of the time. */
export async function migratedPostgresUrl(): Promise<string> {
  ready ??= makeTemplate();
  await ready;
  return createDatabase(`template ${template} strategy file_copy`);
}

async function dropDatabases(): Promise<void> {
  const drops = created.splice(0).map((name) => `drop database ${name} with (force)`);
  await asAdministrator((client) => inTurn(client, drops));
}

const template = 'migrated';

async function createDatabase(from = ''): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdministrator((client) => inTurn(client, [`create database ${name} ${from}`]));
  if (created.length === 0) atEndOfFile(dropDatabases);
  created.push(name);
  return urlOf(name);
}

let ready: Promise<void> | undefined;

/** The first of all workers makes the template, the others wait for it. */
async function makeTemplate(): Promise<void> {
  await asAdministrator(async (client) => {
    await client.query('select pg_advisory_lock(1)');
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template]);
    if (rowCount !== 0) return;
    const unfinished = `${template}_soon`;
    await inTurn(client, [`drop database if exists ${unfinished}`, `create database ${unfinished}`]);
    const database = openPostgres(await urlOf(unfinished));
    await migrate(database.db);
    await database.close();
    await client.query(`alter database ${unfinished} rename to ${template}`);
  });
}

async function urlOf(name: string): Promise<string> {
  const url = new URL(await serverUrl());
  url.pathname = name;
  return url.href;
}

let asked: Promise<string> | undefined;

function serverUrl(): Promise<string> {
  asked ??= askForServer();
  return asked;
}

async function askForServer(): Promise<string> {
  const response = await fetch(inject('postgresOnDemand'));
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
}

async function asAdministrator(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: await serverUrl() });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function inTurn(client: pg.Client, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await client.query(statement);
}
