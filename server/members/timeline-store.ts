// The events about one subject, and those about groups that name a member: the newest first, page by page. Reads by index
// only.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';
import { rowCount } from '../db/row-count.ts';
import type { EventTable, MemberEventTable } from '../db/tables.ts';

export type EventRow = Selectable<EventTable>;

/** An event about a group as it concerns one member. Without its data: that names everybody else, too. */
export type MembershipRow = Omit<EventRow, 'data'> & Pick<MemberEventTable, 'joined'>;

/** A stretch of a history, back from the sequence number `before` (not included). */
export interface Stretch {
  readonly before?: number | undefined;
  readonly limit: number;
}

interface StretchOf {
  readonly org: string;
  readonly id: string;
  readonly before: number;
  readonly limit: number;
}

const latest = prepare<StretchOf, EventRow>((db, p) =>
  db
    .selectFrom('events')
    .selectAll()
    .where('org_id', '=', p('org'))
    .where('subject_id', '=', p('id'))
    .where('seq', '<', p('before'))
    .orderBy('seq', 'desc')
    .limit(rowCount(p('limit'))),
);

const latestMoves = prepare<StretchOf, MembershipRow>((db, p) =>
  db
    .selectFrom('member_events as m')
    .innerJoin('events as e', 'e.seq', 'm.seq')
    .select(['e.seq', 'e.org_id', 'e.type', 'e.at', 'e.actor_kind', 'e.actor_id', 'e.subject_kind'])
    .select(['e.subject_id', 'm.joined'])
    .where('m.org_id', '=', p('org'))
    .where('m.member_id', '=', p('id'))
    .where('m.seq', '<', p('before'))
    .orderBy('m.seq', 'desc')
    .limit(rowCount(p('limit'))),
);

/** The latest events about a subject. */
export function eventsAbout(
  db: Db,
  orgId: string,
  subjectId: string,
  { before = Number.MAX_SAFE_INTEGER, limit }: Stretch,
): Promise<readonly EventRow[]> {
  return latest.all(db, { org: orgId, id: subjectId, before, limit });
}

/** The latest events that put a member into a group or took them out of it. */
export function membershipsOf(
  db: Db,
  orgId: string,
  memberId: string,
  { before = Number.MAX_SAFE_INTEGER, limit }: Stretch,
): Promise<readonly MembershipRow[]> {
  return latestMoves.all(db, { org: orgId, id: memberId, before, limit });
}
