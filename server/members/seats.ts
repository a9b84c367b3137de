// Seats: who takes one, how many are free, and how somebody is told to wait. Who gets a free one is not decided here.
import type { MemberStatus } from '../../shared/member.ts';
import type { ChangeContext } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { orgInForce } from '../orgs/org-in-force.ts';
import { lockOrg } from '../orgs/org-store.ts';
import { settingsOf } from '../orgs/settings-of.ts';
import { advanceMember } from './advance-member.ts';
import type { NewMember } from './member-store.ts';
import { countSeats } from './seat-store.ts';

/** Whether somebody of this status takes a seat. */
export function takesSeat(status: MemberStatus): boolean {
  return status === 'invited' || status === 'active';
}

/**
 * How many seats are free: infinitely many without a limit, fewer than none when the limit was lowered. Where there is
 * a limit, nobody else takes or counts seats until the transaction ends.
 * @throws AppError `org.not_found`
 */
export async function freeSeats(context: ChangeContext): Promise<number> {
  const { settings } = await orgInForce(context);
  if (settings.seatLimit === null) return Number.POSITIVE_INFINITY;
  const org = await lockOrg(context.trx, context.orgId);
  const limit = org ? settingsOf(org).seatLimit : null;
  return limit === null ? Number.POSITIVE_INFINITY : limit - (await countSeats(context.trx, context.orgId));
}

/** Has a locked member wait for a free seat; until then they have no way in. */
export async function waitForSeat<Row extends NewMember>(context: ChangeContext, member: Row): Promise<Row> {
  const after = await advanceMember(context, member, 'wait');
  await recordChange(
    context,
    { kind: 'member', id: member.id },
    { status: [member.status, after.status], waitingSince: [null, after.waiting_since] },
    { type: 'member.waiting', data: {} },
  );
  return after;
}
