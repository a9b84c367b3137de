// What follows from a change of a member for seats and invitations, in the change's own transaction: who has to wait,
// who is invited by itself, who gets the seat that became free. Knows nothing of what the change was.
import type { ChangeContext } from '../audit/change-context.ts';
import { advanceMember } from '../members/advance-member.ts';
import type { MemberRow, NewMember } from '../members/member-store.ts';
import { freeSeats, takesSeat, waitForSeat } from '../members/seats.ts';
import { orgInForce } from '../orgs/org-in-force.ts';
import { fillSeats } from './fill-seats.ts';
import { mayBeInvitedAt } from './invitable-address.ts';
import { lockPendingInvitation } from './invitation-store.ts';
import { isAddressee, issueInvitation, reissueInvitation } from './issue-invitation.ts';

/**
 * Settles one changed member, as they were before (undefined: not in the directory) and are now (undefined: gone), and
 * gives them back as they then are. A change that moves nobody's seat asks the database nothing.
 * @throws AppError `org.not_found`
 */
export async function settleMember(
  context: ChangeContext,
  before: MemberRow | undefined,
  after: NewMember | undefined,
): Promise<NewMember | undefined> {
  const had = before !== undefined && takesSeat(before.status);
  if (after === undefined) {
    if (had) await fillSeats(context);
    return undefined;
  }
  if (takesSeat(after.status)) return had ? keepInvited(context, before, after) : seatOrWait(context, after);
  if (had) await fillSeats(context);
  if (after.status !== 'not_invited') return after;
  if (after.waiting_since !== null) {
    const seated = await fillSeats(context);
    return seated.find(({ id }) => id === after.id) ?? after;
  }
  return arrives(context, before, after) ? inviteArrival(context, after) : after;
}

/** Somebody who takes a seat that they did not have: put back, unblocked, reactivated, or added as invited. */
async function seatOrWait(context: ChangeContext, member: NewMember): Promise<NewMember> {
  // They are counted already.
  if ((await freeSeats(context)) < 0) return waitForSeat(context, member);
  if (member.status !== 'invited' || !isAddressee(member)) return member;
  const pending = await lockPendingInvitation(context.trx, context.orgId, member.id);
  if (!pending) await issueInvitation(context, member, { automatic: true, from: member.status });
  return member;
}

/** An invitation belongs to an address: when that changes, the link in the old mailbox opens nothing any more. */
async function keepInvited(context: ChangeContext, before: MemberRow, member: NewMember): Promise<NewMember> {
  if (member.status !== 'invited' || member.email_norm === before.email_norm || !isAddressee(member))
    return member;
  const pending = await lockPendingInvitation(context.trx, context.orgId, member.id);
  if (pending) await reissueInvitation(context, member, pending);
  return member;
}

/** Whether a connection has just brought this person: new, adopted, returned, or within reach of mail at last. */
function arrives({ connectionId }: ChangeContext, before: MemberRow | undefined, after: NewMember): boolean {
  if (connectionId === null || after.email === null) return false;
  return (
    before === undefined || before.connection_id === null || before.active === 0 || before.email === null
  );
}

async function inviteArrival(context: ChangeContext, member: NewMember): Promise<NewMember> {
  const { settings } = await orgInForce(context);
  if (!settings.automaticInvites || !isAddressee(member)) return member;
  if (!(await mayBeInvitedAt(context, member.email))) return member;
  if ((await freeSeats(context)) < 1) return waitForSeat(context, member);
  const invited = await advanceMember(context, member, 'invite');
  await issueInvitation(context, invited, { automatic: true, from: member.status });
  return invited;
}
