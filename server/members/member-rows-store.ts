// Reads the members' list from a row by its number on, from whichever end is nearer. Knows how many rows there are; how
// a list is walked, member-list-store does.
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { runCompiled } from '../db/prepared.ts';
import { conditionsOf } from './member-filter-sql.ts';
import { keysOfPart, type MemberKey, type Stretch, sortings } from './member-list-store.ts';

/** The keys from row `at` on, counted from 0, of a list with `total` rows. */
export async function memberKeysAt(
  reader: Db,
  orgId: string,
  stretch: Stretch,
  { at, total }: { readonly at: number; readonly total: number },
): Promise<readonly MemberKey[]> {
  const keys: MemberKey[] = [];
  let start = 0;
  for (const { withValue, rows } of await partsOf(reader, orgId, stretch, total)) {
    const from = Math.max(0, at - start);
    const count = Math.min(stretch.limit - keys.length, rows - from);
    start += rows;
    if (count <= 0) continue;
    const behind = rows - from - count;
    const fromEnd = behind < from;
    const towards = fromEnd ? { ...stretch, backward: !stretch.backward } : stretch;
    const part = { withValue, skip: fromEnd ? behind : from };
    const found = await runCompiled(
      reader,
      keysOfPart(reader, orgId, towards, part, count).compile(reader),
      {},
    );
    keys.push(...(fromEnd ? found.toReversed() : found));
  }
  return keys;
}

/** Those with a value come first; how many have none is counted, as few have none. */
async function partsOf(reader: Db, orgId: string, { filter, sort }: Stretch, total: number) {
  const { column, nullable } = sortings[sort];
  if (nullable === undefined) return [{ withValue: column !== undefined, rows: total }];
  const query = sql<{ n: number }>`select count(*) as n from members as r
    where ${conditionsOf(reader, orgId, filter)} and ${sql.ref(`r.${column}`)} is null`;
  const without = Number((await runCompiled(reader, query.compile(reader), {}))[0]?.n ?? 0);
  return [
    { withValue: true, rows: total - without },
    { withValue: false, rows: without },
  ];
}
