// The live history for whoever follows along: each event once and in order, from any point on. Pull, not push: a
// subscriber is a place in the history, and a slow one costs no memory. Knows orgs, no transport and no right.
import type { Database } from '../db/database.ts';
import { createEventReader, type ReaderLog } from './event-reader.ts';
import { eventOf, newestSeq, orgEvents, type StoredEvent } from './event-store.ts';
import { createEventTail, type EventTail } from './event-tail.ts';

export interface SubscribeOptions {
  /** The sequence number to go on after; from now on when left out. */
  readonly after?: number;
  /** Ends the subscription. */
  readonly signal?: AbortSignal;
}

export interface EventStream {
  /** An org's events, without end; ends with the signal or the stream. @throws what the database says */
  subscribe(orgId: string, options?: SubscribeOptions): AsyncGenerator<StoredEvent, void, undefined>;
  /** The sequence number to subscribe after, to miss nothing that is not yet in what is read from now on. */
  latest(orgId: string): Promise<number>;
  /** Ends every subscription and stops reading. */
  close(): Promise<void>;
}

/** Events read from the database at a time by somebody who is behind. */
const page = 200;

/** The stream of one process; it reads while anybody follows. */
export function createEventStream({
  database,
  log,
}: {
  readonly database: Database;
  readonly log: ReaderLog;
}): EventStream {
  const { db } = database;
  const tails = new Map<string, EventTail>();
  let followers = 0;
  /** Starting and stopping the reader, one after the other. */
  let control: Promise<void> = Promise.resolve();
  let closed = false;

  const reader = createEventReader(database, log, (rows, from) => {
    for (const tail of tails.values()) tail.begin(from);
    const told = new Set<EventTail>();
    for (const row of rows) {
      const tail = tails.get(row.org_id);
      if (!tail) continue;
      tail.push(eventOf(row));
      told.add(tail);
    }
    for (const tail of told) tail.tellNews();
  });

  const inTurn = (step: () => Promise<void>): Promise<void> => {
    const done = control.then(step);
    control = done.catch(() => {});
    return done;
  };
  /** Counts one more follower; the first one sets the reader going. */
  const enter = async (): Promise<void> => {
    followers += 1;
    try {
      await inTurn(async () => {
        if (!closed) await reader.start();
      });
    } catch (error) {
      leave();
      throw error;
    }
  };
  const leave = (): void => {
    followers -= 1;
    void inTurn(async () => {
      if (followers === 0) await reader.stop();
    });
  };

  const tailOf = (orgId: string): EventTail => {
    const tail = tails.get(orgId) ?? createEventTail(() => tails.delete(orgId));
    tails.set(orgId, tail);
    return tail;
  };

  /** Where to begin: a place that this history has never reached (it was restored from a backup) counts as "now". */
  const placeToBegin = async (after: number | undefined): Promise<number> => {
    if (after === undefined) return reader.position;
    return after <= reader.position || after <= (await newestSeq(db)) ? after : reader.position;
  };

  async function* subscribe(orgId: string, { after, signal }: SubscribeOptions = {}) {
    const isOver = () => closed || signal?.aborted === true;
    await enter();
    const tail = tailOf(orgId);
    const seat = tail.join(signal);
    try {
      tail.begin(reader.position);
      let cursor = await placeToBegin(after);
      while (!isOver()) {
        const upTo = reader.position;
        const recent = tail.after(cursor);
        const events = recent ?? (await orgEvents(db, orgId, { after: cursor, upTo, limit: page }));
        for (const event of events) {
          if (isOver()) return;
          cursor = event.seq;
          yield event;
        }
        if (recent?.length === 0) await seat.news();
        if (recent === undefined && events.length < page) cursor = Math.max(cursor, upTo);
      }
    } finally {
      seat.leave();
      leave();
    }
  }

  return {
    subscribe,
    async latest() {
      await enter();
      try {
        return reader.position;
      } finally {
        leave();
      }
    },
    async close() {
      closed = true;
      for (const tail of tails.values()) tail.tellNews();
      await inTurn(() => reader.stop());
    },
  };
}
