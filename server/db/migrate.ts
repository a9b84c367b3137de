// Brings a database to the newest schema. Knows which migrations there are, not what is in them.
import { setTimeout as delay } from 'node:timers/promises';
import { type Kysely, type Migration, type MigrationResultSet, Migrator } from 'kysely';
import type { Db } from './database.ts';
import * as directory from './migrations/0001-directory.ts';
import * as people from './migrations/0002-people.ts';
import * as setup from './migrations/0003-setup.ts';
import * as syncDays from './migrations/0004-sync-days.ts';
import * as singleSignOn from './migrations/0005-single-sign-on.ts';
import * as oauthClients from './migrations/0006-oauth-clients.ts';
import * as webhooks from './migrations/0007-webhooks.ts';
import * as customAttributes from './migrations/0008-custom-attributes.ts';

/** Every migration by its number and name, in order; none is ever changed after its release. */
const migrations: Record<string, Migration> = {
  '0001-directory': { up: (db: Kysely<unknown>) => directory.up(db) },
  '0002-people': { up: (db: Kysely<unknown>) => people.up(db) },
  '0003-setup': { up: (db: Kysely<unknown>) => setup.up(db) },
  '0004-sync-days': { up: (db: Kysely<unknown>) => syncDays.up(db) },
  '0005-single-sign-on': { up: (db: Kysely<unknown>) => singleSignOn.up(db) },
  '0006-oauth-clients': { up: (db: Kysely<unknown>) => oauthClients.up(db) },
  '0007-webhooks': { up: (db: Kysely<unknown>) => webhooks.up(db) },
  '0008-custom-attributes': { up: (db: Kysely<unknown>) => customAttributes.up(db) },
};

/**
 * Applies what is missing, in order, each in a transaction; safe when several processes start at once.
 * @returns the names of those applied now
 * @throws Error naming the migration that failed; the database is then as it was before that migration
 */
export async function migrate(db: Db, upTo?: string): Promise<readonly string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results = [] } = await untilAlone(() =>
    upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo),
  );
  const failed = results.find((result) => result.status === 'Error');
  if (error !== undefined) {
    throw new Error(`Migration ${failed?.migrationName ?? ''} failed: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return results.filter((result) => result.status === 'Success').map((result) => result.migrationName);
}

/** PostgreSQL waits by itself while another process migrates; SQLite refuses, and is asked again for about a minute. */
async function untilAlone(work: () => Promise<MigrationResultSet>): Promise<MigrationResultSet> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await work();
    if (!isBusy(outcome.error) || attempt === 600) return outcome;
    await delay(50);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}

/** The migrations that this version has and the database has not. */
export async function pendingMigrations(db: Db): Promise<readonly string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const all = await migrator.getMigrations();
  return all.filter((migration) => migration.executedAt === undefined).map((migration) => migration.name);
}
