// What the database says of itself when somebody asks how it is. Reads only.
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { isPostgres } from './locks.ts';

/** "SQLite 3.50.4", "PostgreSQL 18.1". */
export async function databaseVersion(db: Db): Promise<string> {
  const version = isPostgres(db)
    ? sql<{ version: string }>`select 'PostgreSQL ' || current_setting('server_version') as version`
    : sql<{ version: string }>`select 'SQLite ' || sqlite_version() as version`;
  const { rows } = await version.execute(db);
  return rows[0]?.version ?? '';
}

/** The clock of a database server, in Unix milliseconds; undefined for SQLite, whose clock is this computer's. */
export async function databaseClock(db: Db): Promise<number | undefined> {
  if (!isPostgres(db)) return undefined;
  const clock = sql<{
    now: number;
  }>`select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now`;
  const { rows } = await clock.execute(db);
  return rows[0]?.now;
}

/** When the newest event of any org was written, in Unix milliseconds. */
export async function newestEventAt(db: Db): Promise<number | undefined> {
  const newest = await db
    .selectFrom('events')
    .select('at')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest?.at;
}
