import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../server/db/database.ts';
import { openDatabase } from '../../../server/db/open-database.ts';
import { prepare } from '../../../server/db/prepared.ts';
import { inTransaction } from '../../../server/db/transaction.ts';
import { freshPostgresUrl } from '../../helpers/postgres.ts';

let database: Database;
beforeAll(async () => {
  database = openDatabase({ url: await freshPostgresUrl() });
  await sql`create table things (id integer, name text)`.execute(database.db);
  await sql`insert into things values (1, 'kiln')`.execute(database.db);
});
afterAll(() => database.close());

const everything = prepare<{ id: number }, { id: number; name: string }>((db, p) => ({
  compile: () => sql<{ id: number; name: string }>`select * from things where id = ${p('id')}`.compile(db),
}));

test('PostgreSQL plans a recurring query once, under a name', async () => {
  await inTransaction(database.db, async (trx) => {
    expect(await everything.first(trx, { id: 1 })).toEqual({ id: 1, name: 'kiln' });
    expect(await everything.first(trx, { id: 2 })).toBeUndefined();
    const plans = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(trx);
    expect(plans.rows.map(({ statement }) => statement)).toEqual([expect.stringContaining('from things')]);
  });
});

test('a plan that another process made stale by migrating is made anew', async () => {
  expect(await everything.first(database.db, { id: 1 })).toEqual({ id: 1, name: 'kiln' });
  await sql`alter table things add column glaze text default 'ash'`.execute(database.db);
  const found = await inTransaction(database.db, (trx) => everything.first(trx, { id: 1 }));
  expect(found).toEqual({ id: 1, name: 'kiln', glaze: 'ash' });
});
