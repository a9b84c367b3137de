// Row locks, where the database has rows to lock: SQLite's writer is alone anyway. Knows dialects, no table.
import { PostgresAdapter, type SelectQueryBuilder } from 'kysely';
import type { Db } from './database.ts';

/** Whether this handle talks to PostgreSQL. */
export function isPostgres(db: Db): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** For `$call`: keeps the selected rows from being changed by anybody else until the transaction ends. */
export function lockForUpdate(db: Db) {
  return <DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>): SelectQueryBuilder<DB, TB, O> =>
    isPostgres(db) ? query.forUpdate() : query;
}

/**
 * For `$call`: keeps the selected rows from being changed or removed, but not from being referred to: two writers who
 * both hold them against removal need not wait for each other in a circle.
 */
export function lockAgainstChange(db: Db) {
  return <DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>): SelectQueryBuilder<DB, TB, O> =>
    isPostgres(db) ? query.forNoKeyUpdate() : query;
}

/** For `$call`: keeps the selected rows from being removed until the transaction ends. */
export function lockAgainstRemoval(db: Db) {
  return <DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>): SelectQueryBuilder<DB, TB, O> =>
    isPostgres(db) ? query.forKeyShare() : query;
}
