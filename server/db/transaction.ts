// One transaction per directory write, tried again when the database asks for it. Knows error codes, no table.
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../core/app-error.ts';
import { announceCommit } from './commit-news.ts';
import type { Db } from './database.ts';
import { commitTogether } from './group-commit.ts';
import { isPostgres } from './locks.ts';

/** Another writer was in the way; the same work done again will come through, or see what the other wrote. */
const passing = new Set([
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
  'SQLITE_BUSY_RECOVERY',
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
  '40001', // serialization_failure
  '40P01', // deadlock_detected
  '0A000', // a plan made before another process migrated; the next run plans anew
  '23505', // unique_violation
  '23503', // foreign_key_violation: what was referred to has just been removed
]);

const attempts = 12;

/**
 * Runs `work` in one transaction and commits it. `work` awaits nothing but queries on the handle it is given, and may
 * run more than once: a clash with another writer (a lock, a deadlock, a unique key taken a moment ago) rolls it back
 * and starts it anew, so that it decides on what is there now.
 * @throws AppError `database.busy` when it was in the way every time; its cause is the last clash, for the log: one that
 *   never passes is a defect
 */
export async function inTransaction<Result>(db: Db, work: (trx: Db) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      const result = await (isPostgres(db) ? db.transaction().execute(work) : commitTogether(db, work));
      announceCommit(db);
      return result;
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (attempt === attempts) throw new AppError('database.busy', {}, { cause: error });
      await delay(Math.min(2 ** attempt, 400));
    }
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && passing.has(String(error.code));
}
