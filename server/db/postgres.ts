// PostgreSQL as Rollcall runs it: a pool, and numbers that are numbers.
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { createCommitBell } from './commit-bell.ts';
import { onCommit } from './commit-news.ts';
import type { Database } from './database.ts';
import { nameRecurringQueries } from './named-statements.ts';
import type { Tables } from './tables.ts';

/** Times, counts and sequence numbers are bigint columns; all of them fit a JavaScript integer. */
const int8 = 20;
const numeric = 1700;

/** Opens a pool on a `postgres://` address. Connections are made as they are needed. */
export function openPostgres(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 20,
    connectionTimeoutMillis: 10_000,
    application_name: 'rollcall',
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === int8 || oid === numeric ? Number : pg.types.getTypeParser(oid, format as 'text'),
    } as pg.CustomTypesConfig,
  });
  pool.on('connect', nameRecurringQueries);
  // A connection lost while idle is replaced with the next query; without a listener it would end the process.
  pool.on('error', () => {});
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const bell = createCommitBell(url, (text, values) => pool.query(text, [...values]));
  const hush = onCommit(db, bell.ring);
  const close = async () => {
    hush();
    await bell.close();
    await db.destroy();
  };
  return { dialect: 'postgres', db, scans: db, bell, pool, close };
}
