// Gives a test an empty PostgreSQL database of its own. Knows the run's server, which the first caller starts.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';

const created: string[] = [];

/** Makes an empty database and gives its URL; it is dropped when the test file is through. */
export async function freshPostgresUrl(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(await serverUrl());
  await run(url.href, [`create database ${name}`]);
  created.push(name);
  url.pathname = name;
  return url.href;
}

afterAll(async () => {
  if (created.length === 0) return;
  await run(
    await serverUrl(),
    created.splice(0).map((name) => `drop database ${name} with (force)`),
  );
});

async function serverUrl(): Promise<string> {
  const response = await fetch(inject('postgresOnDemand'));
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
}

async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
