// A Kysely dialect whose queries run on another thread, read-only. Knows messages, no SQL: a scan never stalls the server.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
} from 'kysely';

/** What the reader thread answers to a query. */
export type ScanAnswer =
  | { readonly id: number; readonly rows: readonly unknown[] }
  | { readonly id: number; readonly error: string };

/** Reads one SQLite file through a thread that starts with the first query. */
export class ScanDialect extends SqliteDialect {
  readonly #file: string;
  constructor(file: string) {
    super({
      database: () => Promise.reject(new Error('scans run on the reader thread')),
    } as SqliteDialectConfig);
    this.#file = file;
  }
  override createDriver(): Driver {
    return new ScanDriver(this.#file);
  }
  override createAdapter(): SqliteAdapter {
    return new SqliteAdapter();
  }
}

class ScanDriver implements Driver {
  readonly #file: string;
  #worker: Worker | undefined;
  #next = 0;
  readonly #waiting = new Map<
    number,
    { resolve(rows: readonly unknown[]): void; reject(error: Error): void }
  >();

  constructor(file: string) {
    this.#file = file;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return {
      executeQuery: async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => ({
        rows: (await this.#ask(query)) as Row[],
      }),
      streamQuery: () => {
        throw new Error('a scan is read whole');
      },
    };
  }

  #ask(query: CompiledQuery): Promise<readonly unknown[]> {
    const worker = this.#start();
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, sql: query.sql, parameters: query.parameters });
    });
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = startReader(this.#file);
    worker.unref();
    worker.on('message', (answer: ScanAnswer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ('error' in answer) waiting?.reject(new Error(answer.error));
      else waiting?.resolve(answer.rows);
    });
    worker.on('error', (error) => this.#fail(error as Error));
    worker.on('exit', () => this.#fail(new Error('the reader thread stopped')));
    this.#worker = worker;
    return worker;
  }

  #fail(error: Error): void {
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  async beginTransaction(): Promise<void> {
    throw new Error('scans only read');
  }
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {
    await this.#worker?.terminate();
  }
}

/** The thread's program is built beside the server's bundle; while developing, its source is bundled once. */
function startReader(file: string): Worker {
  const workerData = { file };
  const built = new URL('./sqlite-reader.js', import.meta.url);
  if (existsSync(fileURLToPath(built))) return new Worker(built, { workerData });
  bundled ??= bundleReader();
  return new Worker(bundled, { eval: true, workerData });
}

let bundled: string | undefined;

/** A loader for TypeScript of its own would cost each thread four times as much as the thread itself. */
function bundleReader(): string {
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('./sqlite-reader.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['better-sqlite3'],
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
