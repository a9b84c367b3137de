// What an admin does to somebody's access: block, unblock, deactivate, reactivate. The lifecycle table decides.
import type { ChangeContext } from '../audit/change-context.ts';
import { type ChangeEvent, recordChange } from '../audit/record-change.ts';
import { endAccess } from '../auth/access-store.ts';
import { AppError } from '../core/app-error.ts';
import type { AccessEnded } from '../events/event-log.ts';
import { memberAttributes } from './change-member.ts';
import { protectLastOwner } from './last-owner.ts';
import { factColumns, factsOf } from './member-facts.ts';
import { memberName } from './member-identity.ts';
import { advance, type LifecycleEvent, memberStatus } from './member-lifecycle.ts';
import { type MemberRow, type NewMember, updateMember } from './member-store.ts';

/**
 * Lets a lifecycle event happen to a locked member and writes the row; telling the history is the caller's.
 * @throws AppError `member.wrong_status`
 */
export async function advanceMember<Row extends NewMember>(
  context: ChangeContext,
  member: Row,
  event: LifecycleEvent,
  besides: Partial<Pick<NewMember, 'blocked_reason'>> = {},
): Promise<Row> {
  const result = advance(factsOf(member), event, context.now);
  if ('refused' in result) {
    const name = memberName(memberAttributes(member));
    throw new AppError('member.wrong_status', { name, refusal: result.refused });
  }
  const after = {
    ...member,
    ...besides,
    ...factColumns(result.facts),
    version: member.version + 1,
    updated_at: context.now,
  };
  await updateMember(context.trx, after);
  return after;
}

/**
 * Locks somebody out until they are unblocked; every way in ends with it.
 * @throws AppError `member.wrong_status`, `member.last_owner`
 */
export async function blockMember(
  context: ChangeContext,
  member: MemberRow,
  reason: string | null,
): Promise<MemberRow> {
  await protectLastOwner(context, member, memberAttributes(member));
  const after = await advanceMember(context, member, 'block', { blocked_reason: reason });
  const ended = await endAccess(context.trx, context.orgId, member.id, context.now);
  await tell(context, member, after, { type: 'member.blocked', data: { ...ended, reason } });
  return after;
}

/** @throws AppError `member.wrong_status` */
export async function unblockMember(context: ChangeContext, member: MemberRow): Promise<MemberRow> {
  const after = await advanceMember(context, member, 'unblock', { blocked_reason: null });
  await tell(context, member, after, { type: 'member.unblocked', data: { status: after.status } });
  return after;
}

/**
 * What an identity provider's `active: false` does, by hand, for somebody whom none manages.
 * @throws AppError `member.wrong_status`, `member.last_owner`
 */
export async function deactivateMember(context: ChangeContext, member: MemberRow): Promise<MemberRow> {
  await protectLastOwner(context, member, memberAttributes(member));
  const after = await advanceMember(context, member, 'deactivate');
  const ended: AccessEnded = await endAccess(context.trx, context.orgId, member.id, context.now);
  await tell(context, member, after, { type: 'member.deactivated', data: ended });
  return after;
}

/** @throws AppError `member.wrong_status` */
export async function reactivateMember(context: ChangeContext, member: MemberRow): Promise<MemberRow> {
  const after = await advanceMember(context, member, 'reactivate');
  await tell(context, member, after, { type: 'member.reactivated', data: { status: after.status } });
  return after;
}

function tell(
  context: ChangeContext,
  before: MemberRow,
  after: MemberRow,
  event: ChangeEvent,
): Promise<void> {
  const status = [memberStatus(factsOf(before)), memberStatus(factsOf(after))] as const;
  const reason = [before.blocked_reason, after.blocked_reason] as const;
  const changes = reason[0] === reason[1] ? { status } : { status, reason };
  return recordChange(context, { kind: 'member', id: before.id }, changes, event);
}
