// What an open database is, SQLite or PostgreSQL alike. Types only.
import type { Kysely } from 'kysely';
import type { CommitBell } from './commit-bell.ts';
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
  /** Rings when another process has committed; an embedded database has none. */
  readonly bell?: CommitBell;
  /** The connections to a database server, for the metrics. */
  readonly pool?: PoolUse;
  close(): Promise<void>;
}
