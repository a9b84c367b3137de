// Whether Entra keeps its rhythm: a cycle about every 40 minutes, and once it has put provisioning into quarantine, tries
// further and further apart. Pure; it sees when there were requests, not what they were.
// See learn.microsoft.com: application provisioning in quarantine status.
import type { LastTimes, TallyStretch } from '../provisioning/provisioning-tally-store.ts';

const minute = 60_000;
const hour = 60 * minute;

/** How often Entra calls, in milliseconds. */
export const entraCycleMs = 40 * minute;

/** For how long the rhythm has to be known to say whether it is kept, in milliseconds. */
export const rhythmWindowMs = 8 * 24 * hour;

/** Requests further apart belong to two cycles. */
const pause = 15 * minute;
/** A cycle that takes its time begins the next one later, by so many milliseconds at most. */
const longestGap = 60 * minute;
/** A directory in which nothing changes may be left out of a cycle or two; longer than so many milliseconds is a silence. */
export const entraSilenceMs = 2 * hour;
/** After the first failure of a quarantine Entra tries again so many hours later, and then once a day. */
const retryHours = [6, 12, 24] as const;

export interface EntraRhythm {
  readonly state: 'kept' | 'silent' | 'quarantine';
  /** When the next cycle is due, in Unix milliseconds; it may be over. */
  readonly nextAt: number | null;
}

/** What of the tally tells of a rhythm. */
export type Contact = Pick<TallyStretch, 'stretch' | 'last_at' | 'requests' | 'errors'>;

/** Requests that belong together. Times are Unix milliseconds. */
export interface Cycle {
  /** When the five minutes of the first request begin. */
  readonly startedAt: number;
  readonly lastAt: number;
  readonly requests: number;
  readonly errors: number;
}

/** Reads the rhythm out of the stretches of `rhythmWindowMs`, the oldest first; times are Unix milliseconds. */
export function entraRhythm(stretches: readonly Contact[], last: LastTimes, now: number): EntraRhythm {
  const { contactAt, acceptedAt, writeAt } = last;
  // Before anything was provisioned, calls are an admin's who sets it up: they keep no rhythm.
  if (contactAt === null || writeAt === null) return { state: 'kept', nextAt: null };
  const cycles = cyclesOf(stretches);
  const failing = cycles.filter(({ lastAt, errors }) => errors > 0 && lastAt > (acceptedAt ?? 0));
  const [firstFailure] = failing;
  const wasSteady = isSteady(cycles.filter((cycle) => cycle.startedAt <= (firstFailure?.startedAt ?? now)));
  const quiet = now - contactAt;
  if (firstFailure && (triesApart(failing) || (wasSteady && quiet >= 5 * hour)))
    return { state: 'quarantine', nextAt: nextTry(firstFailure.startedAt, contactAt) };
  const isSilent = quiet > entraSilenceMs && (wasSteady || quiet > rhythmWindowMs);
  return { state: isSilent ? 'silent' : 'kept', nextAt: contactAt + entraCycleMs };
}

/** The cycles in the stretches given, the oldest first. */
export function cyclesOf(stretches: readonly Contact[]): readonly Cycle[] {
  const cycles: Cycle[] = [];
  for (const { stretch, last_at: lastAt, requests, errors } of stretches) {
    const cycle = cycles.at(-1);
    if (cycle && stretch - cycle.lastAt <= pause) {
      const { startedAt } = cycle;
      const sums = { requests: cycle.requests + requests, errors: cycle.errors + errors };
      cycles.splice(-1, 1, { startedAt, lastAt, ...sums });
    } else cycles.push({ startedAt: stretch, lastAt, requests, errors });
  }
  return cycles;
}

/**
 * Whether three cycles came as far apart as they should, the third of them lately: what an admin tries out in between or
 * afterwards breaks no rhythm.
 */
function isSteady(cycles: readonly Cycle[]): boolean {
  const starts = cycles.map(({ startedAt }) => startedAt);
  const newest = starts.at(-1) ?? 0;
  const oneCycleBefore = (at: number) =>
    starts.filter((start) => at - start >= 25 * minute && at - start <= longestGap);
  return starts
    .filter((start) => newest - start <= longestGap)
    .some((third) => oneCycleBefore(third).some((second) => oneCycleBefore(second).length > 0));
}

/** Whether any two tries that failed are as far apart as tries in quarantine are. */
function triesApart(failing: readonly Cycle[]): boolean {
  return gapsOf(failing.map(({ startedAt }) => startedAt)).some((gap) =>
    retryHours.some((hours) => Math.abs(gap / (hours * hour) - 1) <= 0.15),
  );
}

function gapsOf(times: readonly number[]): readonly number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? time));
}

function nextTry(firstFailure: number, lastTry: number): number {
  const early = retryHours.map((hours) => firstFailure + hours * hour).find((at) => at > lastTry + hour);
  if (early !== undefined) return early;
  const days = Math.floor((lastTry + hour - firstFailure) / (24 * hour)) + 1;
  return firstFailure + days * 24 * hour;
}
