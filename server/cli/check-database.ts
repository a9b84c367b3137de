// Looks at the database: whether it answers, whether its schema is the newest, whether its clock agrees. Changes nothing.
import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import type { Db } from '../db/database.ts';
import { databaseClock, databaseVersion, newestEventAt } from '../db/diagnosis-store.ts';
import { pendingMigrations } from '../db/migrate.ts';
import { openDatabase } from '../db/open-database.ts';
import { databaseAddress } from '../deps.ts';
import { type Check, ok, problem, warning } from './check.ts';
import { databaseName, explainDatabaseFailure } from './database-failure.ts';
import { countOf, momentOf } from './wording.ts';

/** How far two clocks may be apart, in milliseconds; NTP keeps them within a few. */
const tolerance = 5000;

/** `now` gives Unix milliseconds. */
export async function checkDatabase(config: Config, now: () => number): Promise<readonly Check[]> {
  if (isYetToBeMade(config)) {
    return [
      warning('database', `There is no database in ${config.dataDir} yet.`, 'The first start makes it.'),
    ];
  }
  try {
    const database = openDatabase(databaseAddress(config));
    try {
      return await lookInside(database.db, config, now);
    } finally {
      await database.close();
    }
  } catch (error) {
    return [unusable(error, config)];
  }
}

/** Looked up before anything is opened: opening makes the folder and the file. */
function isYetToBeMade(config: Config): boolean {
  if (config.databaseUrl !== undefined) return false;
  if (!existsSync(config.dataDir)) return true;
  const address = databaseAddress(config);
  return 'file' in address && !existsSync(address.file);
}

async function lookInside(db: Db, config: Config, now: () => number): Promise<readonly Check[]> {
  const version = await databaseVersion(db);
  const pending = await pendingMigrations(db);
  const reached = ok('database', `${databaseName(config)} answers (${version}).`);
  if (pending.length > 0) {
    const missing = `${countOf(pending.length, 'migration is', 'migrations are')} missing: ${pending.join(', ')}.`;
    return [reached, problem('migrations', missing, 'Restart the server: it applies them before it serves.')];
  }
  return [reached, ok('migrations', 'The schema is the newest.'), await checkClock(db, now)];
}

async function checkClock(db: Db, now: () => number): Promise<Check> {
  const before = now();
  const theirs = await databaseClock(db);
  const ours = (before + now()) / 2;
  if (theirs !== undefined) return compareClocks(ours, theirs);
  const newest = await newestEventAt(db);
  if (newest === undefined || newest <= ours + tolerance) return ok('clock', `It is ${momentOf(ours)}.`);
  return problem(
    'clock',
    `This computer's clock says ${momentOf(ours)}, but the history has an entry of ${momentOf(newest)}.`,
    setTheClock,
  );
}

function compareClocks(ours: number, theirs: number): Check {
  const seconds = Math.round(Math.abs(ours - theirs) / 1000);
  if (Math.abs(ours - theirs) <= tolerance) return ok('clock', "It agrees with the database's clock.");
  const message = `This computer's clock is ${countOf(seconds, 'second', 'seconds')} ${ours < theirs ? 'behind' : 'ahead of'} the database's.`;
  return problem('clock', message, setTheClock);
}

const setTheClock =
  'Let NTP set the clock ("timedatectl set-ntp true"): tokens expire and history is dated by it.';

function unusable(error: unknown, config: Config): Check {
  const failure = explainDatabaseFailure(error, config);
  if (failure === undefined) {
    const message = `${databaseName(config)} cannot be used: ${error instanceof Error ? error.message : String(error)}`;
    return problem('database', message, 'Look at its own log for the cause.');
  }
  return problem('database', failure.message, failure.mend);
}
