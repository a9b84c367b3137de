// What a connection sent over the last day and the last weeks, in spans of time, and what it was put up with for. Changes
// nothing; knows no words.
import type { SyncHistory, SyncSpan } from '../../shared/sync-history.ts';
import { findOrg } from '../orgs/org-store.ts';
import { settingsOf } from '../orgs/settings-of.ts';
import { halfHoursSince, type TalliedHalfHour } from '../provisioning/provisioning-tally-store.ts';
import { tolerancesSince } from '../provisioning/tolerance-tally-store.ts';
import { callerOf, type DiagnosisDeps } from './finding-evidence.ts';
import { connectionOf } from './read-checklist.ts';
import { syncTolerance } from './sync-tolerance.ts';

const halfHourMs = 30 * 60_000;
const day = 48 * halfHourMs;
const mostDays = 30;

/** @throws AppError `connection.not_found` */
export async function readSyncHistory(
  deps: DiagnosisDeps,
  orgId: string,
  { connectionId, timeZone }: { readonly connectionId: string; readonly timeZone: string },
): Promise<SyncHistory> {
  const { db } = deps.database;
  const connection = await connectionOf(db, orgId, connectionId);
  const now = deps.now();
  const days = daysUntil(now, timeZone, await daysKept(deps, orgId));
  const from = Math.min(days[0]?.from ?? now, now - day);
  const tallied = await halfHoursSince(db, orgId, connectionId, from);
  const noted = await tolerancesSince(db, orgId, connectionId, { from, recent: now - day });
  return {
    connectionId,
    hours: filled(halfHoursUntil(now), tallied),
    days: filled(days, tallied),
    tolerances: noted.map((one) => syncTolerance(one, connection.kind, callerOf(connection))),
  };
}

/** No more days than records, and what is counted of them, are kept. */
async function daysKept({ database }: DiagnosisDeps, orgId: string): Promise<number> {
  const org = await findOrg(database.db, orgId);
  const kept = settingsOf({ settings: org?.settings ?? '{}' }).retention.provisioningRecordDays;
  return Math.min(mostDays, kept);
}

type Stretch = Pick<SyncSpan, 'from' | 'until'>;

function halfHoursUntil(now: number): readonly Stretch[] {
  const end = now - (now % halfHourMs) + halfHourMs;
  return Array.from({ length: 48 }, (_, index) => {
    const from = end - (48 - index) * halfHourMs;
    return { from, until: from + halfHourMs };
  });
}

/** Days as a calendar has them, to the half hour: where the clocks change, one has 23 or 25 hours. */
function daysUntil(now: number, timeZone: string, count: number): readonly Stretch[] {
  const dateOf = new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short' });
  const days: Stretch[] = [];
  let until = now - (now % halfHourMs) + halfHourMs;
  let date = dateOf.format(now);
  for (let at = until - halfHourMs; days.length < count; at -= halfHourMs) {
    const before = dateOf.format(at - halfHourMs);
    if (before === date) continue;
    days.unshift({ from: at, until });
    until = at;
    date = before;
  }
  return days;
}

/** The spans with what falls into each; both are in order. */
function filled(stretches: readonly Stretch[], tallied: readonly TalliedHalfHour[]): readonly SyncSpan[] {
  let next = 0;
  return stretches.map(({ from, until }) => {
    const span = { writes: 0, errors: 0, tolerated: 0 };
    for (let one = tallied[next]; one !== undefined && one.at < until; one = tallied[++next]) {
      if (one.at < from) continue;
      span.writes += one.writes;
      span.errors += one.errors;
      span.tolerated += one.tolerated;
    }
    return { from, until, ...span };
  });
}
