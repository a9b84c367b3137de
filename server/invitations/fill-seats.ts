// Gives free seats to those who have been waiting longest. Knows the order of the queue, not why a seat became free.
import { type AskedInOrg, type ChangeContext, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { advanceMember } from '../members/advance-member.ts';
import type { NewMember } from '../members/member-store.ts';
import { listOrgsWithWaiting, lockLongestWaiting } from '../members/seat-store.ts';
import { freeSeats } from '../members/seats.ts';
import { isAddressee, issueInvitation } from './issue-invitation.ts';

/** So many people a transaction, that nobody else waits for it for long. */
const slice = 50;

/**
 * Seats up to 50 of those who wait, the longest-waiting first: whoever had joined is back at once, the others get an
 * invitation. Gives those who were seated, as they are now.
 */
export async function fillSeats(context: ChangeContext): Promise<readonly NewMember[]> {
  const free = await freeSeats(context);
  if (free <= 0) return [];
  const seated: NewMember[] = [];
  for (const member of await lockLongestWaiting(context.trx, context.orgId, Math.min(free, slice)))
    seated.push(await seatMember(context, member));
  return seated;
}

/** Seats everybody who fits, in as many transactions as it takes; says how many. */
export async function fillAllSeats(deps: ChangeDeps, asked: AskedInOrg): Promise<number> {
  for (let total = 0; ; ) {
    const seated = await inChange(deps, asked, fillSeats);
    total += seated.length;
    if (seated.length < slice) return total;
  }
}

/** The recurring job: seats that a stopped process left free are filled. */
export async function fillSeatsEverywhere(deps: ChangeDeps): Promise<void> {
  const actor = { kind: 'server', id: 'seats' } as const;
  for (const orgId of await listOrgsWithWaiting(deps.db))
    await fillAllSeats(deps, { orgId, actor, requestId: 'seats' });
}

async function seatMember(context: ChangeContext, member: NewMember): Promise<NewMember> {
  const back = await advanceMember(context, member, 'seat');
  const invitable = isAddressee(back) && back.status !== 'active';
  const seated =
    invitable && back.status === 'not_invited' ? await advanceMember(context, back, 'invite') : back;
  await recordChange(
    context,
    { kind: 'member', id: member.id },
    { status: [member.status, seated.status], waitingSince: [member.waiting_since, null] },
    { type: 'member.seated', data: { status: seated.status } },
  );
  if (invitable && isAddressee(seated))
    await issueInvitation(context, seated, { automatic: true, from: member.status });
  return seated;
}
