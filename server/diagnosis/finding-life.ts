// How a finding lives: it opens, lasts, goes quiet, clears, comes back, and stays away when it was put aside. Pure; it
// knows what a rule saw and the time, no rule and no row's table.
import type { FindingState } from '../../shared/finding.ts';
import type { Actor } from '../events/event-log.ts';
import type { Observation } from './diagnostic-rule.ts';

const minute = 60_000;
/** Whatever is seen again within this time never went away. */
export const calmMs = 10 * minute;
/** Whatever comes back within this time is the same finding. */
export const rememberedMs = 24 * 60 * minute;

/** That somebody wants to hear no more of it: for a time, or until there is evidence that they did not know. */
export interface PutAside {
  readonly by: Actor;
  readonly at: number;
  /** Null for a dismissal. */
  readonly until: number | null;
  readonly reason: string | null;
  /** What was known: see `evidenceMarks`. */
  readonly marks: readonly string[];
}

/** A finding as it is kept. Times are Unix milliseconds. */
export interface FindingLife {
  readonly seen: Observation;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly openedAt: number;
  readonly returns: number;
  readonly quietSince: number | null;
  readonly clearedAt: number | null;
  readonly putAside: PutAside | null;
}

/** What a look makes of a finding; without `life`, it is forgotten. `told`: what is news about it. */
export interface Turn {
  readonly life?: FindingLife;
  readonly told?: 'opened' | 'opened again' | 'cleared';
}

/** The next turn of a finding, by what its rule sees at this moment (Unix ms). */
export function nextTurn(before: FindingLife | undefined, seen: Observation | undefined, now: number): Turn {
  if (seen === undefined) return before === undefined ? {} : quieter(before, now);
  const same = before !== undefined && now - (before.clearedAt ?? now) <= rememberedMs ? before : undefined;
  if (same === undefined) return { life: opened(seen, now), told: 'opened' };
  const dismissed = same.putAside !== null && same.putAside.until === null;
  const isNews = dismissed && hasNewMarks(same.putAside?.marks ?? [], seen);
  const isBack = same.clearedAt !== null || isNews;
  return {
    life: {
      seen,
      firstSeenAt: Math.min(same.firstSeenAt, seen.firstSeenAt),
      lastSeenAt: Math.max(same.lastSeenAt, seen.lastSeenAt),
      openedAt: isBack ? now : same.openedAt,
      returns: same.returns + (same.quietSince === null ? 0 : 1),
      quietSince: null,
      clearedAt: null,
      putAside: isNews ? null : same.putAside,
    },
    ...(isBack && { told: 'opened again' as const }),
  };
}

function opened(seen: Observation, now: number): FindingLife {
  return {
    seen,
    firstSeenAt: seen.firstSeenAt,
    lastSeenAt: seen.lastSeenAt,
    openedAt: now,
    returns: 0,
    quietSince: null,
    clearedAt: null,
    putAside: null,
  };
}

function quieter(before: FindingLife, now: number): Turn {
  const { quietSince, clearedAt } = before;
  if (clearedAt !== null) return now - clearedAt > rememberedMs ? {} : { life: before };
  if (quietSince === null) return { life: { ...before, quietSince: now } };
  if (now - quietSince < calmMs) return { life: before };
  return { life: { ...before, clearedAt: now }, told: 'cleared' };
}

/** By what evidence is told apart: the people touched; where there are none, what the rule says it is. */
export function evidenceMarks({ people, mark }: Observation): readonly string[] {
  return people.length > 0 ? people : [mark ?? ''];
}

function hasNewMarks(known: readonly string[], seen: Observation): boolean {
  const before = new Set(known);
  return evidenceMarks(seen).some((one) => !before.has(one));
}

/**
 * How a finding stands. Whoever mends a fault sees it gone at once; one that has come back before counts as there until
 * it has been quiet for a while.
 */
export function stateOfFinding(
  { quietSince, returns, clearedAt, putAside }: FindingLife,
  now: number,
): FindingState {
  if (clearedAt !== null || (quietSince !== null && returns === 0)) return 'cleared';
  if (quietSince !== null && now - quietSince >= calmMs) return 'cleared';
  if (putAside === null) return 'open';
  if (putAside.until === null) return 'dismissed';
  return putAside.until > now ? 'snoozed' : 'open';
}

/** When time alone changes something about it; null for never. */
export function nextTurnAt({ quietSince, clearedAt }: FindingLife): number | null {
  if (clearedAt !== null) return clearedAt + rememberedMs + 1;
  return quietSince === null ? null : quietSince + calmMs;
}
