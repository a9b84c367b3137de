// Counts what a connection takes away and holds it when it is too much at once: the safeguard against a mass removal by
// mistake. Access ends all the same; what is held is whatever could not be taken back. Knows no lifecycle.
import type { ChangeContext } from '../audit/change-context.ts';
import { orgInForce } from '../orgs/org-in-force.ts';
import {
  countActive,
  countDeparted,
  type DepartureKind,
  insertDeparture,
  latestDeparture,
  lockDepartures,
} from './departure-store.ts';
import { findOpenHold } from './hold-store.ts';
import { openHold } from './open-hold.ts';

/** Something that is about to be taken away. */
export interface Departure {
  readonly kind: DepartureKind;
  /** The member, or the group. */
  readonly subjectId: string;
  /** Whether the directory still has the person as active; of a group, false. */
  readonly active: boolean;
  /** What it takes to undo it where the subject itself will not tell. */
  readonly was?: unknown;
}

/** The window that departures are counted in, in milliseconds. */
export const departureWindow = 60 * 60 * 1000;

/** However far off the threshold is, departures are counted again after so many. */
const countAgainAfter = 100;

/**
 * Notes that a connection takes something away, in the transaction and before the rows change; opens a hold when that
 * makes it too much. What a person of the org does is not counted.
 */
export async function noteDeparture(context: ChangeContext, departure: Departure): Promise<void> {
  const { trx, orgId, connectionId, now } = context;
  if (connectionId === null) return;
  const connection = await lockDepartures(trx, orgId, connectionId);
  if (!connection) return;
  const hold = await findOpenHold(trx, orgId, connectionId);
  const verdict = hold ? { countIn: 0 } : await judge(context, connectionId, departure);
  await insertDeparture(trx, {
    org_id: orgId,
    connection_id: connectionId,
    kind: departure.kind,
    subject_id: departure.subjectId,
    at: now,
    was: departure.was === undefined ? null : JSON.stringify(departure.was),
    hold_id: hold?.id ?? null,
    count_in: verdict.countIn,
  });
  if ('tooMany' in verdict) {
    await openHold(context, {
      connection: { id: connectionId, name: connection.name },
      since: now - departureWindow,
      leaving: departure.subjectId,
      ...verdict.tooMany,
    });
  }
}

type Verdict =
  | { readonly countIn: number }
  | { readonly countIn: 0; readonly tooMany: { readonly people: number; readonly percent: number } };

/**
 * Whether this departure is the one too many, or for how many more it need not be asked. Half the way to the threshold
 * goes uncounted at most, because people also come and go by other ways meanwhile.
 */
async function judge(context: ChangeContext, connectionId: string, departure: Departure): Promise<Verdict> {
  const { trx, orgId, now } = context;
  const since = now - departureWindow;
  const latest = await latestDeparture(trx, orgId, connectionId);
  const left = latest && latest.hold_id === null && latest.at > since ? latest.count_in : 0;
  if (departure.kind === 'group_removed') return { countIn: left };
  if (left > 0) return { countIn: left - 1 };

  const { removalThreshold: threshold } = (await orgInForce(context)).settings;
  if (threshold === null) return { countIn: 0 };
  const others = await countDeparted(trx, orgId, { connectionId, since, besides: departure.subjectId });
  const people = others.people + 1;
  // Those who were active when the window began: the rows of this person have not changed yet.
  const active = (await countActive(trx, orgId)) + others.gone + (departure.active ? 0 : 1);
  if (people > threshold.people && people * 100 > threshold.percent * active)
    return { countIn: 0, tooMany: { people, percent: (people / active) * 100 } };
  const allowed = Math.max(threshold.people, (threshold.percent / 100) * active);
  return { countIn: Math.max(0, Math.min(countAgainAfter, Math.floor((allowed - people) / 2))) };
}
