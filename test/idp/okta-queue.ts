// What an Okta app still has to send, and what stands under Tasks because the server refused it. Knows when something is
// tried again, not what it is.
import { minute, type Ticking } from './simulated-time.ts';
import { Trouble } from './wire.ts';

/** An entry under Dashboard > Tasks. `status` is the server's, null for a reason of Okta's own. */
export interface OktaTask {
  readonly key: string;
  readonly text: string;
  readonly status: number | null;
}

export interface OktaQueue extends Ticking {
  /** Plans work for `at`, or earlier if it is planned already. */
  plan(key: string, at: number): void;
  tasks(): readonly OktaTask[];
  /** "Retry selected": a task goes back into the queue at once, all of them without a key. */
  retry(key?: string): void;
  /** Takes work off, planned or failed. */
  drop(key: string): void;
}

interface Planned {
  readonly at: number;
  readonly failures: number;
}

/** Opens an empty queue. What fails for good becomes a task; what may pass is tried again by itself. */
export function openOktaQueue(now: () => number, work: (key: string) => Promise<void>): OktaQueue {
  const planned = new Map<string, Planned>();
  const tasks = new Map<string, OktaTask>();
  const plan = (key: string, at: number) => {
    const { at: already = at, failures = 0 } = planned.get(key) ?? {};
    planned.set(key, { at: Math.min(at, already), failures });
  };
  const carryOut = async (key: string, failures: number) => {
    try {
      await work(key);
      tasks.delete(key);
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      if (mayPass(error.status)) {
        planned.set(key, { at: now() + (error.retryAfterMs ?? backOff(failures)), failures: failures + 1 });
      } else tasks.set(key, { key, text: error.message, status: error.status });
    }
  };
  return {
    plan,
    tasks: () => [...tasks.values()],
    retry: (key) => {
      for (const task of key === undefined ? [...tasks.keys()] : [key]) plan(task, now());
    },
    drop: (key) => {
      planned.delete(key);
      tasks.delete(key);
    },
    nextDueAt: () => first(planned)?.[1].at ?? null,
    tick: async () => {
      for (let next = first(planned); next !== undefined && next[1].at <= now(); next = first(planned)) {
        planned.delete(next[0]);
        await carryOut(next[0], next[1].failures);
      }
    },
  };
}

/** Only what the server may get over by itself is tried again without an admin. */
const mayPass = (status: number | null): boolean =>
  status !== null && (status === 0 || status === 429 || status >= 500);

/** Okta publishes no schedule; this one doubles from a minute up to an hour. */
const backOff = (failures: number): number => Math.min(minute * 2 ** failures, 60 * minute);

function first(planned: ReadonlyMap<string, Planned>): [string, Planned] | undefined {
  let least: [string, Planned] | undefined;
  for (const entry of planned) if (least === undefined || entry[1].at < least[1].at) least = entry;
  return least;
}
