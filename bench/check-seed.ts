// Whether seeded rows are what the server itself would have written: the ground that every other figure stands on.
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import Sqlite from 'better-sqlite3';
import type { Directory } from './directory.ts';
import { ask } from './load.ts';
import { person } from './people.ts';
import { rowsOf } from './seed.ts';
import type { Subject } from './subject.ts';

/** The column that says whose row it is, by table. */
const owner = {
  members: 'id',
  member_emails: 'member_id',
  member_terms: 'member_id',
  events: 'subject_id',
  audit: 'subject_id',
} as const;

/** What no two rows share. */
const unique = new Set([
  'seq',
  'id',
  'member_id',
  'subject_id',
  'request_id',
  'at',
  'created_at',
  'updated_at',
]);

/**
 * Has the server create the next person and compares what it wrote with what the seed would have written.
 * @throws Error that shows both, when they differ in more than ids and times
 */
export async function checkSeed(server: Subject, directory: Directory): Promise<void> {
  const number = directory.members + 1;
  const { id } = JSON.parse((await ask(server, 'POST', '/Users', person(number))).text()) as { id: string };
  const seeded = rowsOf(directory, number);
  const sqlite = new Sqlite(join(directory.dataDir, 'rollcall.db'), { readonly: true });
  for (const [table, column] of Object.entries(owner)) {
    const written = inOrder(sqlite.prepare(`select * from ${table} where ${column} = ?`).all(id));
    const expected = inOrder([seeded[table as keyof typeof owner]].flat());
    if (!isDeepStrictEqual(written, expected)) {
      throw new Error(
        `The seed of ${table} is not the server's:\n${JSON.stringify({ expected, written }, null, 2)}`,
      );
    }
  }
  sqlite.close();
}

/** What rows have in common, in an order of their own; a column without a value may be left out. */
function inOrder(rows: readonly unknown[]): readonly object[] {
  const kept = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row as object)
        .filter(([column, value]) => !unique.has(column) && value !== null)
        .sort(),
    ),
  );
  return kept.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
