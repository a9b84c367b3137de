// Makes somebody a member who may act: by their invitation, the sign-up link, or by signing in. Knows the lifecycle,
// not how they proved who they are.
import type { ChangeContext } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { endInvitation } from '../auth/access-store.ts';
import type { EventData } from '../events/event-log.ts';
import { advanceMember } from './advance-member.ts';
import type { NewMember } from './member-store.ts';
import { freeSeats, waitForSeat } from './seats.ts';

/**
 * Lets a locked member join, and gives them back as they then are: active, or waiting when every seat is taken. A
 * pending invitation counts as accepted.
 * @throws AppError `member.wrong_status`
 */
export async function joinMember<Row extends NewMember>(
  context: ChangeContext,
  member: Row,
  by: EventData['member.joined']['by'],
): Promise<Row> {
  if (member.status === 'not_invited') {
    if (member.waiting_since !== null) return member;
    if ((await freeSeats(context)) < 1) return waitForSeat(context, member);
  }
  const joined = await advanceMember(context, member, by === 'invitation' ? 'accept' : 'join');
  await endInvitation(context.trx, context.orgId, member.id, context.now);
  await recordChange(
    context,
    { kind: 'member', id: member.id },
    { status: [member.status, joined.status] },
    { type: 'member.joined', data: { by } },
  );
  return joined;
}
