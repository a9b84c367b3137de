// How soon a change in an identity provider shows here, measured by what it sent. No identity provider says when a change
// was made: of Entra the rhythm is known, of the others what a change takes from its arrival on. Pure.
import type { ConnectionKind } from '../../shared/provisioning.ts';
import type { ChangeTime, SyncState } from '../../shared/sync-status.ts';
import type { TallyStretch } from '../provisioning/provisioning-tally-store.ts';
import { type Cycle, cyclesOf, entraSilenceMs } from './entra-rhythm.ts';
import { activityFrom } from './sync-activity.ts';
import { arrivalWords, cycleWords, noChangeTime, spanWords } from './sync-sentences.ts';

const day = 24 * 60 * 60_000;
/** Cycles are rare, and a week has all kinds of days. */
const cycleWindowMs = 7 * day;
/** Fewer say too little. */
const fewestCycles = 6;
const fewestChanges = 10;
/** Nobody tells shorter times apart. */
const finest = 100;

interface Asked {
  readonly kind: ConnectionKind;
  /** Who calls. */
  readonly caller: string;
  readonly state: SyncState;
  /** The oldest first. */
  readonly tally: readonly TallyStretch[];
  readonly now: number;
}

/** How soon changes show, over the last week for Entra and the last day for others. */
export function syncChangeTime(asked: Asked): ChangeTime {
  const { caller, state, kind } = asked;
  if (state !== 'healthy' && state !== 'attention') return unknown(noChangeTime.idle(caller));
  return kind === 'entra' ? byCycles(asked) : byArrival(asked);
}

/**
 * A change that is made just after a cycle has begun has to wait for the next one: from the start of a cycle to the end
 * of the next is the longest it takes. A cycle starts within the five minutes that it is counted in, so this may be
 * up to five minutes too long, and is never too short.
 */
function byCycles({ caller, tally, now }: Asked): ChangeTime {
  const cycles = cyclesOf(tally.filter(({ stretch }) => stretch >= now - cycleWindowMs));
  if (cycles.at(-1) !== undefined && !isAccepted(cycles.at(-1))) return unknown(noChangeTime.refused(caller));
  const pairs = pairsOf(cycles.filter(isAccepted));
  const kept = pairs.filter(([before, next]) => next.startedAt - before.lastAt <= entraSilenceMs);
  const times = kept.map(([before, next]) => next.lastAt - before.startedAt).sort((a, b) => a - b);
  const [withinMs, usuallyMs] = [times.at(-1), times[Math.floor(times.length / 2)]];
  if (times.length < fewestCycles - 1 || withinMs === undefined || usuallyMs === undefined)
    return unknown(noChangeTime.fewCycles(caller, fewestCycles));
  const measured = now - (cycles[0]?.startedAt ?? now);
  return {
    withinMs,
    usuallyMs,
    sentence: cycleWords.sentence(spanWords(withinMs), spanWords(Math.min(measured, cycleWindowMs))),
    detail: cycleWords.detail(caller, spanWords(usuallyMs), times.length + 1, pairs.length - kept.length),
  };
}

function byArrival({ caller, tally, now }: Asked): ChangeTime {
  const lately = tally.filter(({ stretch }) => stretch >= activityFrom(now));
  const writes = lately.reduce((sum, stretch) => sum + stretch.writes, 0);
  if (writes < fewestChanges) return unknown(noChangeTime.fewChanges(writes, fewestChanges));
  const withinMs = Math.max(...lately.map(({ slowest_write_us: slowest }) => slowest)) / 1000;
  const usuallyMs = lately.reduce((sum, { write_us: took }) => sum + took, 0) / 1000 / writes;
  return {
    withinMs,
    usuallyMs,
    sentence: arrivalWords.sentence(spanWords(Math.max(finest, withinMs))),
    detail: arrivalWords.detail(caller, spanWords(usuallyMs), writes),
  };
}

function unknown(detail: string): ChangeTime {
  return { withinMs: null, usuallyMs: null, sentence: noChangeTime.sentence, detail };
}

/** Whether anything of a cycle was let in. */
function isAccepted(cycle: Cycle | undefined): boolean {
  return cycle !== undefined && cycle.requests > cycle.errors;
}

function pairsOf(cycles: readonly Cycle[]): readonly (readonly [Cycle, Cycle])[] {
  return cycles.slice(1).map((next, index) => [cycles[index] ?? next, next] as const);
}
