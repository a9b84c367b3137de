// Which SQL statements this process runs, on either database. Knows the two drivers, no query.
import SqliteDatabase from 'better-sqlite3';
import pg from 'pg';
import { onTestFinished, vi } from 'vitest';

/** From now on, and until the test ends, notes the text of every statement; each call gives those since the last. */
export function watchStatements(): () => readonly string[] {
  let seen: string[] = [];
  const sqlite = new SqliteDatabase(':memory:');
  const statement = Object.getPrototypeOf(sqlite.prepare('select 1')) as Record<'all' | 'run' | 'get', Run>;
  sqlite.close();
  for (const name of ['all', 'run', 'get'] as const) {
    const original = statement[name];
    const spy = vi.spyOn(statement, name).mockImplementation(function (this: { source: string }, ...args) {
      seen.push(this.source);
      return original.apply(this, args);
    });
    onTestFinished(() => spy.mockRestore());
  }
  // Not the connections' own method: each has wrapped it when it was made.
  const query = pg.Query.prototype as unknown as { submit: Run };
  const submit = query.submit;
  const spy = vi.spyOn(query, 'submit').mockImplementation(function (this: { text: string }, ...args) {
    seen.push(this.text);
    return submit.apply(this, args);
  });
  onTestFinished(() => spy.mockRestore());
  return () => {
    const told = seen;
    seen = [];
    return told;
  };
}

type Run = (...args: unknown[]) => unknown;
