// What provisioning records prove about a set-up, gathered record by record in their order. Pure; it knows requests, no
// step and no table. What it keeps is small and outlives the records.
import { isByHand } from './by-hand.ts';

/**
 * What requests can show. `arrived`: somebody came, made or taken over by whatever request; `created`: by POST;
 * `cycle`: calls came back in Entra's rhythm.
 */
export type WireProof =
  | 'reached'
  | 'arrived'
  | 'created'
  | 'updated'
  | 'deactivated'
  | 'reactivated'
  | 'group'
  | 'members'
  | 'cycle';

/** The first request that showed something, and how many did; times are Unix milliseconds. */
export interface Seen {
  readonly at: number;
  /** "GET /Users"; null where the directory itself shows it and no record does any more. */
  readonly call: string | null;
  readonly recordSeq: number | null;
  readonly count: number;
}

export interface WireEvidence {
  readonly seen: Readonly<Partial<Record<WireProof, Seen>>>;
  /** The last run of calls that came close together; null before the first call. */
  readonly run: { readonly startedAt: number; readonly lastAt: number } | null;
}

export const noEvidence: WireEvidence = { seen: {}, run: null };

/** What of a provisioning record tells anything here. */
export interface TellingRecord {
  readonly seq: number;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly outcome: string;
  readonly client: string;
  readonly changed: readonly string[];
}

/** The evidence with one more record; the same object back where it tells nothing new. */
export function withRecord(evidence: WireEvidence, record: TellingRecord): WireEvidence {
  if (record.status >= 400 || isByHand(record.client)) return evidence;
  const path = resourcePath(record.path);
  if (path === undefined) return evidence;
  const call = `${record.method} ${path}`;
  const run = nextRun(evidence.run, record.at);
  const shown = [
    ...shownBy(record, path),
    ...(evidence.seen.cycle === undefined && isCycle(evidence.run, run) ? (['cycle'] as const) : []),
  ];
  const seen = { ...evidence.seen };
  for (const proof of shown) {
    const first = seen[proof] ?? { at: record.at, call, recordSeq: record.seq, count: 0 };
    seen[proof] = { ...first, count: first.count + 1 };
  }
  return { seen, run };
}

/** "/scim/v2/Users/{id}" → "/Users/{id}"; nothing for what is no user and no group, such as discovery. */
function resourcePath(path: string): string | undefined {
  const [, kind, id] = /^\/*scim\/+v2\/+(users|groups)(\/+\{id\})?\/*$/i.exec(path) ?? [];
  if (kind === undefined) return undefined;
  return `/${kind.toLowerCase() === 'users' ? 'Users' : 'Groups'}${id === undefined ? '' : '/{id}'}`;
}

function shownBy({ method, outcome, changed }: TellingRecord, path: string): readonly WireProof[] {
  const shown: WireProof[] = ['reached'];
  const creates = method === 'POST';
  if (path.startsWith('/Users')) {
    if (['created', 'adopted', 'restored'].includes(outcome)) shown.push('arrived');
    if (creates && shown.includes('arrived')) shown.push('created');
    if (!creates && outcome === 'updated') shown.push('updated');
    if (outcome === 'deactivated') shown.push('deactivated');
    if (outcome === 'reactivated' || outcome === 'restored') shown.push('reactivated');
  } else {
    if (creates && ['created', 'adopted'].includes(outcome)) shown.push('group');
    if (changed.includes('members')) shown.push('members');
  }
  return shown;
}

const minute = 60_000;
/** Calls further apart than this belong to two runs. */
const pause = 10 * minute;
const rhythm = 40 * minute;
const tolerance = 4 * minute;
/** A cycle that finds nothing may stay away: so many in a row are believed. */
const mostCyclesApart = 3;

function nextRun(run: WireEvidence['run'], at: number): NonNullable<WireEvidence['run']> {
  if (run === null || at - run.lastAt > pause) return { startedAt: at, lastAt: at };
  return { startedAt: run.startedAt, lastAt: Math.max(run.lastAt, at) };
}

/** Whether a run began where the rhythm, counted from the run before, would have it. */
function isCycle(before: WireEvidence['run'], run: NonNullable<WireEvidence['run']>): boolean {
  if (before === null || run.startedAt === before.startedAt) return false;
  const apart = run.startedAt - before.startedAt;
  const cycles = Math.round(apart / rhythm);
  return cycles >= 1 && cycles <= mostCyclesApart && Math.abs(apart - cycles * rhythm) <= tolerance;
}

/** What the directory shows of a connection whose records are gone. */
export interface Arrived {
  readonly people: { readonly count: number; readonly firstAt: number } | null;
  readonly groups: { readonly count: number; readonly firstAt: number; readonly withMembers: boolean } | null;
}

/** The evidence with what the directory shows where no record did. */
export function withArrivals({ seen, run }: WireEvidence, { people, groups }: Arrived): WireEvidence {
  const shown = (of: { readonly count: number; readonly firstAt: number }): Seen => ({
    at: of.firstAt,
    call: null,
    recordSeq: null,
    count: of.count,
  });
  const first = people ?? groups;
  return {
    run,
    seen: {
      ...(first && { reached: shown(first) }),
      ...(people && { arrived: shown(people) }),
      ...(groups && { group: shown(groups) }),
      ...(groups?.withMembers && { members: shown(groups) }),
      ...seen,
    },
  };
}
