// Time for simulated identity providers: it moves only when told, from one thing due to the next. Knows no provider.

/** Whatever waits for a time: it says when, and `tick` carries out what is due by then. */
export interface Ticking {
  /** Unix milliseconds; null while nothing is planned. */
  nextDueAt(): number | null;
  tick(): Promise<void>;
}

/** Moves the clock on by `ms`, stopping wherever something of `waiting` is due, so that each request has its own time. */
export async function advance(
  clock: { now: number },
  waiting: readonly Ticking[],
  ms: number,
): Promise<void> {
  const until = clock.now + ms;
  for (;;) {
    const due = waiting.map((one) => ({ one, at: one.nextDueAt() ?? Number.POSITIVE_INFINITY }));
    const first = due.reduce((least, each) => (each.at < least.at ? each : least), {
      one: undefined as Ticking | undefined,
      at: Number.POSITIVE_INFINITY,
    });
    if (first.one === undefined || first.at > until) break;
    clock.now = Math.max(clock.now, first.at);
    await first.one.tick();
  }
  clock.now = until;
}

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
