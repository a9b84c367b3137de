// Reads the history back, in order: of one org, or of all of them as they are committed. Knows SQL, no reader.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';
import { rowCount } from '../db/row-count.ts';
import { tableWriters } from '../db/table-writers.ts';
import type { EventTable } from '../db/tables.ts';
import type { Actor, EventType, Subject } from './event-log.ts';

/** An event as it stands in the history. */
export interface StoredEvent {
  /** Its place in the history, unique among all orgs. */
  readonly seq: number;
  readonly orgId: string;
  readonly type: EventType;
  /** Unix milliseconds. */
  readonly at: number;
  readonly actor: Actor;
  readonly subject: Subject;
  /** What the type carries: `EventData`. */
  readonly data: unknown;
}

export type EventRow = Selectable<EventTable>;

export function eventOf(row: EventRow): StoredEvent {
  return {
    seq: row.seq,
    orgId: row.org_id,
    type: row.type as EventType,
    at: row.at,
    actor: { kind: row.actor_kind as Actor['kind'], id: row.actor_id },
    subject: { kind: row.subject_kind as Subject['kind'], id: row.subject_id },
    data: JSON.parse(row.data) as unknown,
  };
}

const newest = prepare<Record<never, never>, { seq: number | null }>((db) =>
  db.selectFrom('events').select((select) => select.fn.max<number | null>('seq').as('seq')),
);

/** The highest sequence number that can be seen; lower ones may still be on their way. 0 when there is none. */
export async function newestSeq(db: Db): Promise<number> {
  return (await newest.first(db, {}))?.seq ?? 0;
}

const following = prepare<{ after: number; limit: number }, EventRow>((db, p) =>
  db
    .selectFrom('events')
    .selectAll()
    .where('seq', '>', p('after'))
    .orderBy('seq')
    .limit(rowCount(p('limit'))),
);

/** What can be seen of all orgs' events after a sequence number, in order. */
export function eventsAfter(db: Db, after: number, limit: number): Promise<readonly EventRow[]> {
  return following.all(db, { after, limit });
}

const ofOrg = prepare<{ org: string; after: number; upTo: number; limit: number }, EventRow>((db, p) =>
  db
    .selectFrom('events')
    .selectAll()
    .where('org_id', '=', p('org'))
    .where('seq', '>', p('after'))
    .where('seq', '<=', p('upTo'))
    .orderBy('seq')
    .limit(rowCount(p('limit'))),
);

/** An org's events after one sequence number up to another, in order. */
export async function orgEvents(
  db: Db,
  orgId: string,
  range: { readonly after: number; readonly upTo: number; readonly limit: number },
): Promise<readonly StoredEvent[]> {
  return (await ofOrg.all(db, { org: orgId, ...range })).map(eventOf);
}

/**
 * The transactions on PostgreSQL that have written events and are not over. One holds its lock on the table from before
 * its first event takes a number until after its commit can be seen by everybody.
 */
export function eventWriters(db: Db): Promise<readonly string[]> {
  return tableWriters(db, 'events');
}
