// Opens the directory's database, SQLite or PostgreSQL, behind one type. Knows addresses, no table and no migration.
import type { Kysely } from 'kysely';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';

/** Queries outside a transaction, or inside one: stores take either. */
export type Db = Kysely<Tables>;

/** How many connections there are, and how many queries wait for one. */
export interface PoolUse {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** An open database. */
export interface Database {
  readonly dialect: 'sqlite' | 'postgres';
  /** Reads and writes that touch few rows. */
  readonly db: Db;
  /** Reads that may look at every row; they never hold up `db`. */
  readonly scans: Db;
  /** The connections to a database server, for the metrics. */
  readonly pool?: PoolUse;
  close(): Promise<void>;
}

/** Where the database is: a PostgreSQL address, or the file of an SQLite database. */
export type DatabaseAddress = { readonly url: string } | { readonly file: string };

/** Opens the database, making the SQLite file when there is none. Migrating is the caller's next step. */
export function openDatabase(address: DatabaseAddress): Database {
  return 'url' in address ? openPostgres(address.url) : openSqlite(address.file);
}
