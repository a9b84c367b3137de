// Group commit for SQLite: writes that wait at the same moment share one commit, and so one wait for the disk. Each is
// all or nothing by itself. Knows transactions, no table.
import { CompiledQuery } from 'kysely';
import type { Db } from './database.ts';

interface Job {
  readonly work: (trx: Db) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** So many at once, that one commit's work holds nobody up for long. */
const together = 64;

/** The jobs that wait for this turn of the event loop to end, by database. */
const waiting = new WeakMap<object, Job[]>();

/**
 * Runs `work` in a transaction that it may share with others asked for in the same turn of the event loop, one after
 * the other; what it throws undoes its own writes only. The promise settles after the commit.
 */
export function commitTogether<Result>(db: Db, work: (trx: Db) => Promise<Result>): Promise<Result> {
  return new Promise<Result>((resolve, reject) => {
    const job: Job = { work, resolve: resolve as Job['resolve'], reject };
    const database = db.getExecutor().adapter;
    const jobs = waiting.get(database);
    if (jobs !== undefined && jobs.length < together) {
      jobs.push(job);
      return;
    }
    const fresh = [job];
    waiting.set(database, fresh);
    setImmediate(() => {
      if (waiting.get(database) === fresh) waiting.delete(database);
      void runTogether(db, fresh);
    });
  });
}

async function runTogether(db: Db, jobs: readonly Job[]): Promise<void> {
  try {
    const settlements = await db.transaction().execute(async (trx) => {
      const settlements: (() => void)[] = [];
      for (const job of jobs) settlements.push(await (jobs.length === 1 ? runAlone : runApart)(trx, job));
      return settlements;
    });
    for (const settle of settlements) settle();
  } catch (error) {
    // The commit itself failed, or the only job did: nothing of this was written.
    for (const { reject } of jobs) reject(error);
  }
}

async function runAlone(trx: Db, { work, resolve }: Job): Promise<() => void> {
  const value = await work(trx);
  return () => resolve(value);
}

const savepoint = CompiledQuery.raw('savepoint job');
const release = CompiledQuery.raw('release job');
const rollBack = CompiledQuery.raw('rollback to job');

/** Runs one of several jobs so that its failure leaves what the others wrote. */
async function runApart(trx: Db, { work, resolve, reject }: Job): Promise<() => void> {
  await trx.executeQuery(savepoint);
  try {
    const value = await work(trx);
    await trx.executeQuery(release);
    return () => resolve(value);
  } catch (error) {
    await trx.executeQuery(rollBack);
    await trx.executeQuery(release);
    return () => reject(error);
  }
}
