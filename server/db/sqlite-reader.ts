// The reader thread's program: one read-only SQLite connection that answers queries in turn. Knows no table.
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { addFunctions } from './sqlite-functions.ts';
import type { ScanAnswer } from './sqlite-scans.ts';

const sqlite = new Sqlite((workerData as { file: string }).file, { readonly: true, timeout: 5000 });
addFunctions(sqlite);

parentPort?.on('message', ({ id, sql, parameters }: { id: number; sql: string; parameters: unknown[] }) => {
  parentPort?.postMessage(answer(id, sql, parameters));
});

function answer(id: number, sql: string, parameters: unknown[]): ScanAnswer {
  try {
    return { id, rows: sqlite.prepare(sql).all(parameters) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
