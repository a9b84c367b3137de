import pg from 'pg';
import { expect, test } from 'vitest';
import { freshPostgresUrl } from './postgres.ts';

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end();
  }
}
test('each call gives an empty database of its own', async () => {
  const [one, two] = await Promise.all([freshPostgresUrl(), freshPostgresUrl()]);
  await ask(one, 'create table person (name text)');
  expect(await ask(two, "select to_regclass('person') as found")).toEqual({ found: null });
});
test('databases are UTF-8 and sort by code point', async () => {
  const url = await freshPostgresUrl();
  expect(await ask(url, "select 'Z' < 'a' as sorted, lower('É' collate pg_c_utf8) as folded")).toEqual({
    sorted: true,
    folded: 'é',
  });
});
