// Opens the directory for one command, beside a server that may be running on it. Knows no command.
import type { Config } from '../config.ts';
import type { Database, Db } from '../db/database.ts';
import { migrate, pendingMigrations } from '../db/migrate.ts';
import { openDatabase } from '../db/open-database.ts';
import { databaseAddress } from '../deps.ts';

/** Runs `work` on the newest schema and closes the database, whatever became of it. */
export async function withDirectory<Result>(
  config: Config,
  work: (db: Db, database: Database) => Promise<Result>,
): Promise<Result> {
  const database = openDatabase(databaseAddress(config));
  try {
    // Migrating takes the write lock even when there is nothing to do, and a busy server has it all the time.
    if ((await pendingMigrations(database.db)).length > 0) await migrate(database.db);
    return await work(database.db, database);
  } finally {
    await database.close();
  }
}
