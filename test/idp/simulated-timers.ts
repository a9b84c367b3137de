// Timers on simulated time, for one part of a server that sleeps and wakes by itself. Knows no part; it takes for granted
// that the part sets its next alarm once its work is done.
import type { Timers } from '../../server/core/scheduler.ts';
import type { Ticking } from './simulated-time.ts';

/** Timers for somebody who has one alarm at a time; a tick rings it and ends when the next one is set. */
export function simulatedTimers(clock: { readonly now: number }): Timers & Ticking {
  let alarm: { readonly at: number; readonly ring: () => void } | undefined;
  let awake: (() => void) | undefined;
  return {
    after(ms, ring) {
      const mine = { at: clock.now + Math.ceil(Math.max(0, ms)), ring };
      alarm = mine;
      awake?.();
      return () => {
        if (alarm === mine) alarm = undefined;
      };
    },
    nextDueAt: () => alarm?.at ?? null,
    async tick() {
      const due = alarm;
      if (due === undefined || due.at > clock.now) return;
      alarm = undefined;
      const asleep = new Promise<void>((resolve) => {
        awake = resolve;
      });
      due.ring();
      await asleep;
      awake = undefined;
    },
  };
}
