// When Entra works: a cycle every forty minutes, objects that failed set aside and tried again, and quarantine. Knows
// times and failures; what one piece of work sends, it does not.
import { day, hour, minute, type Ticking } from './simulated-time.ts';
import { Trouble } from './wire.ts';

export const cycleLength = 40 * minute;

export type QuarantineReason = 'credentials' | 'unreachable' | 'not-scim' | 'too-many-failures';

/** Where the job stands. `since` is when it first failed, in Unix milliseconds. */
export interface Quarantine {
  readonly reason: QuarantineReason;
  readonly since: number;
}

export interface Escrow {
  readonly message: string;
  readonly tries: number;
  /** When the object is tried again, with the next cycle after that. */
  readonly at: number;
  /** A manager or a member who is missing: not counted towards quarantine. */
  readonly ofReference: boolean;
}

/** When a job in quarantine is tried next: 6, 12 and 24 hours after the first failure, then daily; null after 28 days. */
export function nextTryInQuarantine(since: number, now: number): number | null {
  const daily = Array.from({ length: 28 }, (_, index) => (index + 1) * day);
  const next = [6 * hour, 12 * hour, ...daily].find((after) => since + after > now);
  return next === undefined ? null : since + next;
}

/** Whether so many objects fail that the whole job is suspected. */
export function isTooMany(failed: number, failedReferences: number, all: number): boolean {
  if (failed + failedReferences >= 60_000) return true;
  return failed >= 5_000 && (failed > 40_000 || failed / all > 0.4);
}

export interface EntraJob extends Ticking {
  /** Unix milliseconds of the cycles that were run. */
  readonly cycles: readonly number[];
  /** Marks work for the next cycle. */
  touch(...keys: readonly string[]): void;
  /** "Restart provisioning", and what follows from a change of mappings: everything anew, at once. */
  restart(everything: readonly string[]): void;
  quarantine(): Quarantine | null;
  /** Failed objects, by their keys. */
  escrows(): ReadonlyMap<string, Escrow>;
  /** Four weeks in quarantine switch the job off. */
  isDisabled(): boolean;
}

interface Options {
  now(): number;
  isOn(): boolean;
  /** How many objects are in scope. */
  size(): number;
  /** Which work comes first in a cycle. */
  readonly order: readonly string[];
  work(key: string): Promise<void>;
}

export function openEntraJob({ now, isOn, size, order, work }: Options): EntraJob {
  const cycles: number[] = [];
  const touched = new Set<string>();
  const escrows = new Map<string, Escrow>();
  let quarantine: Quarantine | null = null;
  let nextAt: number | null = now();

  const enterQuarantine = (reason: QuarantineReason, at: number) => {
    quarantine = { reason, since: quarantine?.since ?? at };
    nextAt = nextTryInQuarantine(quarantine.since, at);
  };
  const setAside = (key: string, { message, status }: Trouble) => {
    const tries = (escrows.get(key)?.tries ?? 0) + 1;
    const gap = Math.min(cycleLength * 2 ** (tries - 1), day);
    escrows.set(key, { message, tries, at: now() + gap, ofReference: status === null });
  };
  /** False when the server as a whole was in the way; what was not done stays marked. */
  const carryOut = async (key: string): Promise<Trouble | undefined> => {
    touched.delete(key);
    try {
      await work(key);
      escrows.delete(key);
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      if (error.ofTheServer) {
        touched.add(key);
        return error;
      }
      setAside(key, error);
    }
    return undefined;
  };
  const runCycle = async () => {
    const startedAt = now();
    cycles.push(startedAt);
    const due = [...escrows].filter(([, { at }]) => quarantine !== null || at <= startedAt);
    const keys = inOrder([...touched, ...due.map(([key]) => key).filter((key) => !touched.has(key))], order);
    for (const key of keys) {
      const trouble = await carryOut(key);
      if (trouble !== undefined) return enterQuarantine(reasonOf(trouble), startedAt);
    }
    const references = [...escrows.values()].filter(({ ofReference }) => ofReference).length;
    if (isTooMany(escrows.size - references, references, size())) {
      return enterQuarantine('too-many-failures', startedAt);
    }
    quarantine = null;
    nextAt = startedAt + cycleLength;
  };

  return {
    cycles,
    touch: (...keys) => {
      for (const key of keys) touched.add(key);
    },
    restart: (everything) => {
      for (const key of everything) touched.add(key);
      escrows.clear();
      quarantine = null;
      nextAt = now();
    },
    quarantine: () => quarantine,
    escrows: () => escrows,
    isDisabled: () => nextAt === null,
    nextDueAt: () => (isOn() ? nextAt : null),
    tick: async () => {
      while (isOn() && nextAt !== null && nextAt <= now()) await runCycle();
    },
  };
}

function reasonOf({ status }: Trouble): QuarantineReason {
  if (status === 0) return 'unreachable';
  return status === 401 || status === 403 ? 'credentials' : 'not-scim';
}

/** Keys by their first word, in the order of a cycle. */
function inOrder(keys: readonly string[], order: readonly string[]): readonly string[] {
  return order.flatMap((word) => keys.filter((key) => key.startsWith(`${word} `)));
}
