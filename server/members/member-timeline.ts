// A member's timeline: what happened to them, the newest first, in sentences with names. Memberships are not in it: an
// event about a group names its members, and no index leads from a person to it.
import type { Database, Db } from '../db/database.ts';
import type { Actor } from '../events/event-log.ts';
import { actorNames } from './actor-store.ts';
import { type EventSentence, eventSentence, type ToldEvent } from './event-sentence.ts';
import { type EventRow, eventsAbout } from './timeline-store.ts';

/** One thing that happened to somebody. */
export interface TimelineEntry extends EventSentence {
  /** Its number in the history of all. */
  readonly seq: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly type: ToldEvent['type'];
  readonly actor: Actor & { readonly name: string };
}

/** A stretch of a timeline; `next` is what `before` has to be for the following one. */
export interface Timeline {
  readonly entries: readonly TimelineEntry[];
  readonly next: number | null;
}

/** A stretch of somebody's timeline, also of somebody who was removed. */
export async function memberTimeline(
  { database }: { readonly database: Database },
  orgId: string,
  query: { readonly memberId: string; readonly before?: number | undefined; readonly limit: number },
): Promise<Timeline> {
  const { memberId, before, limit } = query;
  const rows = await eventsAbout(database.db, orgId, memberId, { before, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const told = await tellEvents(database.db, orgId, shown);
  return {
    entries: told.map(({ seq, at, type, actor, ...event }) => ({
      seq,
      at,
      type,
      actor,
      ...eventSentence({ type, actor, ...event } as ToldEvent),
    })),
    next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
  };
}

/** An event with its actor by name, ready to be put into a sentence. */
export type DatedEvent = ToldEvent & {
  readonly seq: number;
  readonly at: number;
  readonly actor: Actor & { readonly name: string };
};

/** Reads events out of their rows and finds their actors' names. */
export async function tellEvents(
  db: Db,
  orgId: string,
  rows: readonly EventRow[],
): Promise<readonly DatedEvent[]> {
  const actors = rows.map((row) => ({ kind: row.actor_kind, id: row.actor_id }) as Actor);
  const nameOf = await actorNames(db, orgId, actors);
  return rows.map((row, n) => {
    const actor = actors[n] as Actor;
    return {
      seq: row.seq,
      at: row.at,
      type: row.type,
      data: JSON.parse(row.data) as unknown,
      actor: { ...actor, name: nameOf(actor) },
      oneself: row.actor_kind === 'member' && row.actor_id === row.subject_id,
    } as DatedEvent;
  });
}
