// A member's timeline: what happened to them and in which groups they came and went, the newest first, in sentences with
// names.
import type { TimelineQuery } from '../../shared/member-list.ts';
import type { Database, Db } from '../db/database.ts';
import type { Actor } from '../events/event-log.ts';
import { actorNames } from './actor-store.ts';
import { type EventSentence, eventSentence, type ToldEvent } from './event-sentence.ts';
import { groupNames } from './group-name-store.ts';
import { membershipSentence } from './membership-sentence.ts';
import {
  type EventRow,
  eventsAbout,
  type MembershipRow,
  membershipsOf,
  type Stretch,
} from './timeline-store.ts';

/** One thing that happened to somebody. */
export interface TimelineEntry extends EventSentence {
  /** Its number in the history of all. */
  readonly seq: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly type: ToldEvent['type'];
  readonly actor: NamedActor;
}

/** A stretch of a timeline; `next` is what `before` has to be for the following one. */
export interface Timeline {
  readonly entries: readonly TimelineEntry[];
  readonly next: number | null;
}

type NamedActor = Actor & { readonly name: string };

/** A stretch of somebody's timeline, also of somebody who was removed. */
export async function memberTimeline(
  { database: { db } }: { readonly database: Database },
  orgId: string,
  { memberId, before, limit }: TimelineQuery,
): Promise<Timeline> {
  const rows = await latestOf(db, orgId, memberId, { before, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const tell = await tellerOf(db, orgId, memberId, shown);
  return { entries: shown.map(tell), next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null };
}

type TimelineRow = EventRow | MembershipRow;

/** The latest of both: what is told of the member, and what is told of groups that they came into or left. */
async function latestOf(
  db: Db,
  orgId: string,
  memberId: string,
  stretch: Stretch,
): Promise<readonly TimelineRow[]> {
  const about = await eventsAbout(db, orgId, memberId, stretch);
  const memberships = await membershipsOf(db, orgId, memberId, stretch);
  return [...about, ...memberships].sort((a, b) => b.seq - a.seq).slice(0, stretch.limit);
}

/** Looks up the names in some rows of a timeline, and puts each into its words. */
async function tellerOf(
  db: Db,
  orgId: string,
  memberId: string,
  rows: readonly TimelineRow[],
): Promise<(row: TimelineRow) => TimelineEntry> {
  const nameOf = await actorNames(db, orgId, rows.map(actorOf));
  const groupIds = rows.filter((row) => 'joined' in row).map((row) => row.subject_id);
  const groups = await groupNames(db, orgId, groupIds);
  return (row) => {
    const actor = namedActor(row, nameOf);
    const sentence =
      'joined' in row
        ? membershipSentence({
            joined: row.joined === 1,
            group: groups.get(row.subject_id),
            groupRemoved: row.type === 'group.removed',
            actor,
            oneself: row.actor_kind === 'member' && row.actor_id === memberId,
          })
        : eventSentence(toldEvent(row, actor));
    return { seq: row.seq, at: row.at, type: row.type as ToldEvent['type'], actor, ...sentence };
  };
}

/** An event with its actor by name, ready to be put into a sentence. */
export type DatedEvent = ToldEvent & {
  readonly seq: number;
  readonly at: number;
  readonly actor: NamedActor;
};

/** Reads events out of their rows and finds their actors' names. */
export async function tellEvents(
  db: Db,
  orgId: string,
  rows: readonly EventRow[],
): Promise<readonly DatedEvent[]> {
  const nameOf = await actorNames(db, orgId, rows.map(actorOf));
  return rows.map((row) => toldEvent(row, namedActor(row, nameOf)));
}

function toldEvent(row: EventRow, actor: NamedActor): DatedEvent {
  return {
    seq: row.seq,
    at: row.at,
    type: row.type,
    data: JSON.parse(row.data) as unknown,
    actor,
    oneself: row.actor_kind === 'member' && row.actor_id === row.subject_id,
  } as DatedEvent;
}

function namedActor(row: TimelineRow, nameOf: (actor: Actor) => string): NamedActor {
  const actor = actorOf(row);
  return { ...actor, name: nameOf(actor) };
}

function actorOf({ actor_kind, actor_id }: TimelineRow): Actor {
  return { kind: actor_kind, id: actor_id } as Actor;
}
