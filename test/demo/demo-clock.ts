// The demo's one time, for the server, the identity providers and the pages alike: it goes as fast as somebody wants it to.
// Knows timers and whoever waits for them, no server.
import { setTimeout as delay } from 'node:timers/promises';
import { nodeTimers, type Timers } from '../../server/core/scheduler.ts';
import { advance, second, type Ticking } from '../idp/simulated-time.ts';

/** How many seconds go by in one. */
export const speeds = [0, 1, 60, 600] as const;
export type Speed = (typeof speeds)[number];

export interface DemoClock {
  /** Unix milliseconds. */
  now: number;
  /** For the server: whatever waits longer than a moment waits in the demo's time. */
  readonly timers: Timers;
  speed(): Speed;
  setSpeed(speed: Speed): void;
  /** Lets time go by from now on, for these. */
  run(waiting: readonly Ticking[]): void;
  /** Lets so much time go by as fast as it can, in milliseconds. */
  skip(ms: number): Promise<void>;
  /** Does something between two moments, so that it meets no request half-way. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
  stop(): Promise<void>;
}

/** How often time moves on, in milliseconds of real time. */
const beat = 100;
/** A machine that was asleep does not catch up. */
const longestBeat = second;
/** What waits no longer than this gathers work or spares the processor: that is real time. */
const moment = 5 * second;
/** A long skip goes by in steps, so that the server's timers get their turn. */
const stride = 20 * 60 * second;

export function openDemoClock(now: number, first: Speed): DemoClock {
  const alarms = openAlarms(() => clock.now);
  let speed = first;
  let running: Promise<void> = Promise.resolve();
  let waiting: readonly Ticking[] = [alarms];
  let tail: Promise<unknown> = Promise.resolve();
  const stopping = new AbortController();

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const turn = tail.then(work);
    tail = turn.catch(() => {});
    return turn;
  };
  const pass = async (): Promise<void> => {
    let before = performance.now();
    while (!stopping.signal.aborted) {
      await delay(beat, undefined, { signal: stopping.signal }).catch(() => {});
      const real = performance.now();
      const passed = Math.min(real - before, longestBeat) * speed;
      before = real;
      await inTurn(() => advance(clock, waiting, passed));
    }
  };
  const clock: DemoClock = {
    now,
    timers: alarms.timers,
    speed: () => speed,
    setSpeed: (next) => {
      speed = next;
    },
    run: (others) => {
      waiting = [alarms, ...others];
      running = pass();
    },
    skip: (ms) =>
      inTurn(async () => {
        for (let left = ms; left > 0 && !stopping.signal.aborted; left -= stride) {
          await advance(clock, waiting, Math.min(left, stride));
          await delay(1);
        }
      }),
    inTurn,
    stop: async () => {
      stopping.abort();
      await running;
      await tail;
    },
  };
  return clock;
}

/** Timers that ring when the demo's time has come. */
function openAlarms(now: () => number): Ticking & { readonly timers: Timers } {
  const planned = new Set<{ readonly at: number; readonly ring: () => void }>();
  const nextDueAt = () => {
    const earliest = Math.min(...[...planned].map(({ at }) => at));
    return Number.isFinite(earliest) ? earliest : null;
  };
  return {
    timers: {
      after: (ms, ring) => {
        if (ms <= moment) return nodeTimers.after(ms, ring);
        const alarm = { at: now() + ms, ring };
        planned.add(alarm);
        return () => void planned.delete(alarm);
      },
    },
    nextDueAt,
    tick: async () => {
      for (const alarm of [...planned].filter(({ at }) => at <= now())) {
        planned.delete(alarm);
        alarm.ring();
      }
    },
  };
}
