// The latest events of one org, kept while somebody follows it, and the seats of those who do. Knows no database.
import type { StoredEvent } from './event-store.ts';

/** One follower's place among those who wait. */
export interface Seat {
  /** Resolves with the next news, or with the follower's signal. */
  news(): Promise<void>;
  leave(): void;
}

export interface EventTail {
  /** Says that everything after this sequence number will be pushed; only the first word counts. */
  begin(position: number): void;
  push(event: StoredEvent): void;
  /** The events after a sequence number, or undefined when they reach further back than is kept. */
  after(seq: number): readonly StoredEvent[] | undefined;
  join(signal: AbortSignal | undefined): Seat;
  /** Wakes those who wait. */
  tellNews(): void;
}

/** What is kept at most: so many events, and so many of what they tell of. Whoever is further behind reads the database. */
const mostEvents = 2000;
const mostMentions = 50_000;

/** `abandoned` is called when the last follower has left. */
export function createEventTail(abandoned: () => void): EventTail {
  const events: StoredEvent[] = [];
  const waiting = new Set<() => void>();
  let from: number | undefined;
  let mentions = 0;
  let seats = 0;

  const dropOldest = (): void => {
    // Half at once: dropping one at a time would move all the others every time.
    for (const event of events.splice(0, Math.ceil(events.length / 2))) {
      mentions -= weight(event);
      from = event.seq;
    }
  };

  return {
    begin(position) {
      from ??= position;
    },
    push(event) {
      events.push(event);
      mentions += weight(event);
      if (events.length > mostEvents || mentions > mostMentions) dropOldest();
    },
    after(seq) {
      if (from === undefined || seq < from) return undefined;
      return events.slice(events.findLastIndex((event) => event.seq <= seq) + 1);
    },
    join(signal) {
      seats += 1;
      let wake = () => {};
      const aborted = () => wake();
      signal?.addEventListener('abort', aborted);
      return {
        news: () =>
          new Promise((resolve) => {
            wake = () => {
              waiting.delete(wake);
              resolve();
            };
            waiting.add(wake);
            if (signal?.aborted === true) wake();
          }),
        leave() {
          signal?.removeEventListener('abort', aborted);
          waiting.delete(wake);
          seats -= 1;
          if (seats === 0) abandoned();
        },
      };
    },
    tellNews() {
      for (const wake of [...waiting]) wake();
    },
  };
}

/** How much an event holds: one that tells of ten thousand memberships weighs as many. */
function weight({ data }: StoredEvent): number {
  const lists = Object.values(data as Record<string, unknown>).filter(Array.isArray);
  return 1 + lists.reduce((sum, list) => sum + list.length, 0);
}
