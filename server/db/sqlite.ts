// SQLite as Rollcall runs it: pragmas, case folding, one writer and a reader of its own for scans. See docs/storage.md.
import Sqlite from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Database } from './database.ts';
import { runDirectly } from './prepared.ts';
import { addFunctions } from './sqlite-functions.ts';
import { ScanDialect } from './sqlite-scans.ts';
import type { Tables } from './tables.ts';

/** How many milliseconds a statement waits, blocking, for another process's write; then the transaction is tried again. */
const busyTimeout = 50;

/** Opens (or makes) the database file in WAL mode, each commit on the disk before it is acknowledged. */
export function openSqlite(file: string): Database {
  const sqlite = new Sqlite(file, { timeout: 5000 });
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('cache_size = -32768');
  sqlite.pragma('temp_store = MEMORY');
  sqlite.pragma('wal_autocheckpoint = 4000');
  sqlite.pragma(`busy_timeout = ${busyTimeout}`);
  addFunctions(sqlite);
  const prepared = statementCache(sqlite);
  const cached = { prepare: prepared, close: () => sqlite.close() } as unknown as SqliteDatabase;
  const db = new Kysely<Tables>({ dialect: new ImmediateSqliteDialect({ database: cached }) });
  runDirectly(db, {
    get inTransaction() {
      return sqlite.inTransaction;
    },
    all: (sql, parameters) => prepared(sql).all(parameters),
    run: (sql, parameters) => prepared(sql).run(parameters).changes,
  });
  const scans = new Kysely<Tables>({ dialect: new ScanDialect(file) });
  return {
    dialect: 'sqlite',
    db,
    scans,
    close: async () => {
      await scans.destroy();
      await db.destroy();
    },
  };
}

/** Preparing a statement costs more than running it, so each SQL text is prepared once and kept while it is in use. */
function statementCache(sqlite: Sqlite.Database): (sql: string) => Sqlite.Statement<unknown[]> {
  const statements = new LRUCache<string, Sqlite.Statement<unknown[]>>({ max: 500 });
  return (sql) => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = sqlite.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
}

/** A transaction takes the write lock when it begins: one that reads first and writes later can never be refused midway. */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** SQLite rolls back changes of the schema too, so a migration is all or nothing and alone with the database. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;
  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }
  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#config);
  }
  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter();
  }
}
