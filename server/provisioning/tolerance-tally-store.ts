// Which departures from the standard a connection's requests had, by the hour, as rows: counted when records are written.
// Knows SQL and how a departure is noted, not what it means.
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { isPostgres } from '../db/locks.ts';
import { prepare } from '../db/prepared.ts';
import type { ToleranceTallyTable } from '../db/setup-tables.ts';

/** How long a stretch of the tally is, in milliseconds. */
export const toleranceStretchMs = 3_600_000;

/** What is counted of a request; `quirks` as noted: `unknown-attribute:nickName`. `at` in Unix milliseconds. */
export interface ToleratedRequest {
  readonly orgId: string;
  readonly connectionId: string;
  readonly at: number;
  readonly quirks: readonly string[];
}

/** Adds records that are being written; in the order of the key, so that two processes never deadlock. */
export async function tallyTolerances(trx: Db, records: readonly ToleratedRequest[]): Promise<void> {
  const rows = new Map<string, ToleranceTallyTable>();
  for (const record of records)
    for (const [quirk, path] of notedIn(record)) {
      const { orgId, connectionId, at } = record;
      const stretch = at - (at % toleranceStretchMs);
      const key = `${orgId} ${connectionId} ${stretch} ${quirk}`;
      const before = rows.get(key);
      rows.set(key, {
        org_id: orgId,
        connection_id: connectionId,
        stretch,
        quirk,
        requests: (before?.requests ?? 0) + 1,
        last_at: Math.max(before?.last_at ?? 0, at),
        path: path ?? before?.path ?? null,
      });
    }
  const inOrder = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [, row] of inOrder) await addUp.run(trx, row);
}

/** Each departure once, however many attributes it was about, with the last of them. */
function notedIn({ quirks }: ToleratedRequest): ReadonlyMap<string, string | null> {
  const noted = new Map<string, string | null>();
  for (const quirk of quirks) {
    const [name = '', ...path] = quirk.replaceAll('\0', '\uFFFD').split(':');
    noted.set(name, path.length === 0 ? (noted.get(name) ?? null) : path.join(':'));
  }
  return noted;
}

const addUp = prepare<ToleranceTallyTable, unknown>((db, p) => {
  const later = sql.raw(isPostgres(db) ? 'greatest' : 'max');
  return db
    .insertInto('tolerance_tally')
    .values({
      org_id: p('org_id'),
      connection_id: p('connection_id'),
      stretch: p('stretch'),
      quirk: p('quirk'),
      requests: p('requests'),
      last_at: p('last_at'),
      path: p('path'),
    })
    .onConflict((conflict) =>
      conflict.columns(['org_id', 'connection_id', 'stretch', 'quirk']).doUpdateSet({
        requests: sql<number>`tolerance_tally.requests + excluded.requests`,
        last_at: sql<number>`${later}(tolerance_tally.last_at, excluded.last_at)`,
        path: sql<string | null>`coalesce(excluded.path, tolerance_tally.path)`,
      }),
    );
});

/** A departure over a while. Times are Unix milliseconds. */
export interface ToleratedSince {
  readonly quirk: string;
  readonly requests: number;
  /** Those of them from `recent` on. */
  readonly recent: number;
  readonly lastAt: number;
  readonly path: string | null;
}

/** What a connection was put up with from one time on, and of that from a later time on, the most frequent first. */
export async function tolerancesSince(
  db: Db,
  orgId: string,
  connectionId: string,
  { from, recent }: { readonly from: number; readonly recent: number },
): Promise<readonly ToleratedSince[]> {
  const rows = await db
    .selectFrom('tolerance_tally as t')
    .select((select) => [
      't.quirk',
      select.cast<number>(select.fn.sum('t.requests'), 'bigint').as('requests'),
      select
        .cast<number>(
          select.fn.sum(
            select.case().when('t.stretch', '>=', recent).then(select.ref('t.requests')).else(0).end(),
          ),
          'bigint',
        )
        .as('recent'),
      select.fn.max('t.last_at').as('last_at'),
      select
        .selectFrom('tolerance_tally as l')
        .select('l.path')
        .whereRef('l.org_id', '=', 't.org_id')
        .whereRef('l.connection_id', '=', 't.connection_id')
        .whereRef('l.quirk', '=', 't.quirk')
        .where('l.path', 'is not', null)
        .orderBy('l.stretch', 'desc')
        .limit(1)
        .as('path'),
    ])
    .where('t.org_id', '=', orgId)
    .where('t.connection_id', '=', connectionId)
    .where('t.stretch', '>=', from)
    .groupBy(['t.org_id', 't.connection_id', 't.quirk'])
    .orderBy('requests', 'desc')
    .orderBy('t.quirk')
    .execute();
  return rows.map(({ last_at: lastAt, ...row }) => ({ ...row, lastAt }));
}

/** Deletes the stretches that ended before a time. */
export async function purgeTolerances(
  db: Db,
  orgId: string,
  connectionId: string,
  before: number,
): Promise<void> {
  await db
    .deleteFrom('tolerance_tally')
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .where('stretch', '<', before - toleranceStretchMs)
    .execute();
}
