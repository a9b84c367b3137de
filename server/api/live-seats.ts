// How many live streams one session may hold at a time. Knows sessions by their ids, in this process; no stream's content.

/** A stream's place among those of its session. */
export interface LiveSeat {
  /** Ends when a newer stream needed the place. */
  readonly lost: AbortSignal;
  leave(): void;
}

export interface LiveSeats {
  take(sessionId: string): LiveSeat;
}

/**
 * Gives each session so many places; one stream more takes the place of the oldest, because that one is most likely
 * left over from a connection that broke without a word.
 */
export function createLiveSeats(most: number): LiveSeats {
  const taken = new Map<string, Set<AbortController>>();
  return {
    take(sessionId) {
      const seats = taken.get(sessionId) ?? new Set<AbortController>();
      taken.set(sessionId, seats);
      const [oldest] = seats;
      if (oldest && seats.size >= most) {
        seats.delete(oldest);
        oldest.abort();
      }
      const own = new AbortController();
      seats.add(own);
      return {
        lost: own.signal,
        leave() {
          seats.delete(own);
          if (seats.size === 0 && taken.get(sessionId) === seats) taken.delete(sessionId);
        },
      };
    },
  };
}
