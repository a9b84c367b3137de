// Opens the directory's database, whichever it is. Knows addresses, no table and no migration.
import type { Database } from './database.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

/** Where the database is: a PostgreSQL address, or the file of an SQLite database. */
export type DatabaseAddress = { readonly url: string } | { readonly file: string };

/** Opens the database, making the SQLite file when there is none. Migrating is the caller's next step. */
export function openDatabase(address: DatabaseAddress): Database {
  return 'url' in address ? openPostgres(address.url) : openSqlite(address.file);
}
