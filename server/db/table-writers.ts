// Who is writing to a table of PostgreSQL at this moment. Knows locks, no table.
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { Tables } from './tables.ts';

/**
 * The transactions that have written to a table and are not over. One holds its lock on the table from before its first
 * row takes a number until after its commit can be seen by everybody.
 */
export async function tableWriters(db: Db, table: keyof Tables): Promise<readonly string[]> {
  const writers = sql<{ writer: string }>`
    select distinct virtualtransaction as writer from pg_locks
    where locktype = 'relation' and relation = ${table}::regclass
      and database = (select oid from pg_database where datname = current_database())
      and mode = 'RowExclusiveLock' and granted`;
  return (await writers.execute(db)).rows.map(({ writer }) => writer);
}
