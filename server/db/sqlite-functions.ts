// The functions that Rollcall adds to SQLite, so that SQL and JavaScript fold case by the same code.
import type { Database } from 'better-sqlite3';
import { foldCase } from '../scim/protocol/case-fold.ts';

/** Gives a connection the functions that the filters call. */
export function addFunctions(sqlite: Database): void {
  sqlite.function('fold_case', { deterministic: true }, (text: unknown) =>
    typeof text === 'string' ? foldCase(text) : text,
  );
}
