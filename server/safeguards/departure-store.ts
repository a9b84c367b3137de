// What connections took away lately, as rows: add, count within a window, gather into a hold. Decides nothing.
import { type Selectable, sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { isPostgres } from '../db/locks.ts';
import type { DepartureTable } from '../db/people-tables.ts';
import { prepare } from '../db/prepared.ts';

export type DepartureRow = Selectable<DepartureTable>;
export type DepartureKind = DepartureRow['kind'];

interface OfConnection {
  readonly org: string;
  readonly connection: string;
}

const lock = prepare<OfConnection, { name: string }>((db, p) =>
  db
    .selectFrom('connections')
    .select('name')
    .where('org_id', '=', p('org'))
    .where('id', '=', p('connection'))
    .$call((query) => (isPostgres(db) ? query.forNoKeyUpdate() : query)),
);

/**
 * The connection, whose departures nobody else notes or counts until the transaction ends. A statement of its own: only
 * the ones after it see what the transaction that held the lock has committed.
 */
export function lockDepartures(
  trx: Db,
  orgId: string,
  connectionId: string,
): Promise<{ readonly name: string } | undefined> {
  return lock.first(trx, { org: orgId, connection: connectionId });
}

const latest = prepare<OfConnection, Pick<DepartureRow, 'at' | 'count_in' | 'hold_id'>>((db, p) =>
  db
    .selectFrom('departures')
    .select(['at', 'count_in', 'hold_id'])
    .where('org_id', '=', p('org'))
    .where('connection_id', '=', p('connection'))
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(sql.lit(1)),
);

export function latestDeparture(
  trx: Db,
  orgId: string,
  connectionId: string,
): Promise<Pick<DepartureRow, 'at' | 'count_in' | 'hold_id'> | undefined> {
  return latest.first(trx, { org: orgId, connection: connectionId });
}

const others = prepare<OfConnection & { since: number; subject: string }, { people: number; gone: number }>(
  (db, p) =>
    db
      .selectFrom('departures')
      .select((select) => [
        select.fn.count<number>('subject_id').distinct().as('people'),
        select.fn
          .count<number>(
            select.case().when('kind', 'in', ['deactivated', 'removed']).then(select.ref('subject_id')).end(),
          )
          .distinct()
          .as('gone'),
      ])
      .where('org_id', '=', p('org'))
      .where('connection_id', '=', p('connection'))
      .where('at', '>', p('since'))
      .where('hold_id', 'is', null)
      .where('kind', '<>', 'group_removed')
      .where('subject_id', '<>', p('subject')),
);

/** How many people besides `subject` the connection took something from after `since`, and how many it sent away. */
export async function countDeparted(
  trx: Db,
  orgId: string,
  window: { readonly connectionId: string; readonly since: number; readonly besides: string },
): Promise<{ readonly people: number; readonly gone: number }> {
  const { connectionId, since, besides } = window;
  const row = await others.first(trx, { org: orgId, connection: connectionId, since, subject: besides });
  return { people: Number(row?.people ?? 0), gone: Number(row?.gone ?? 0) };
}

const activeTotal = prepare<{ org: string }, { n: number | null }>((db, p) =>
  db
    .selectFrom('member_tally')
    .select((select) => select.fn.sum<number | null>('n').as('n'))
    .where('org_id', '=', p('org'))
    .where('status', '<>', 'deactivated'),
);

/** How many people the directory says are active, whether they have joined or not. Adds up the tally, counts no rows. */
export async function countActive(trx: Db, orgId: string): Promise<number> {
  return Number((await activeTotal.first(trx, { org: orgId }))?.n ?? 0);
}

const insert = prepare<Omit<DepartureRow, 'seq'>, unknown>((db, p) =>
  db.insertInto('departures').values({
    org_id: p('org_id'),
    connection_id: p('connection_id'),
    kind: p('kind'),
    subject_id: p('subject_id'),
    at: p('at'),
    was: p('was'),
    hold_id: p('hold_id'),
    count_in: p('count_in'),
  }),
);

export async function insertDeparture(trx: Db, departure: Omit<DepartureRow, 'seq'>): Promise<void> {
  await insert.run(trx, departure);
}

/** Puts what the connection took away after `since` into a hold. */
export async function gatherDepartures(
  trx: Db,
  orgId: string,
  into: { readonly connectionId: string; readonly since: number; readonly holdId: string },
): Promise<void> {
  await trx
    .updateTable('departures')
    .set({ hold_id: into.holdId })
    .where('org_id', '=', orgId)
    .where('connection_id', '=', into.connectionId)
    .where('at', '>', into.since)
    .where('hold_id', 'is', null)
    .execute();
}

/** A run of a hold's departures, the latest first, between two sequence numbers (neither included). */
export function heldDepartures(
  db: Db,
  orgId: string,
  holdId: string,
  range: { readonly after: number; readonly before: number; readonly limit: number },
): Promise<readonly DepartureRow[]> {
  return db
    .selectFrom('departures')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('hold_id', '=', holdId)
    .where('seq', '>', range.after)
    .where('seq', '<', range.before)
    .orderBy('seq', 'desc')
    .limit(range.limit)
    .execute();
}

/** How many people and groups each of these holds has. */
export async function countHeld(
  db: Db,
  orgId: string,
  holdIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly people: number; readonly groups: number }>> {
  if (holdIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('departures')
    .select((select) => [
      'hold_id',
      select.fn
        .count<number>(select.case().when('kind', '<>', 'group_removed').then(select.ref('subject_id')).end())
        .distinct()
        .as('people'),
      select.fn
        .count<number>(select.case().when('kind', '=', 'group_removed').then(select.ref('subject_id')).end())
        .distinct()
        .as('groups'),
    ])
    .where('org_id', '=', orgId)
    .where('hold_id', 'in', holdIds)
    .groupBy('hold_id')
    .execute();
  return new Map(
    rows.map((row) => [row.hold_id ?? '', { people: Number(row.people), groups: Number(row.groups) }]),
  );
}
