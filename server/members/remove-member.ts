// Takes one member out of the directory for good. Knows what goes with them, not who asked.
import { appendAudit } from '../audit/audit-log.ts';
import { endSessions } from '../auth/session-store.ts';
import { addTombstone } from '../db/tombstone-store.ts';
import { appendEvent } from '../events/event-log.ts';
import type { ChangeContext } from './change-context.ts';
import { memberAttributes } from './change-member.ts';
import { protectLastOwner } from './last-owner.ts';
import { deleteMember, type MemberRow } from './member-store.ts';

/**
 * Removes a locked member for good: sessions end, memberships go, the name is free again, a tombstone stays.
 * @throws AppError `member.last_owner`
 */
export async function removeMember(context: ChangeContext, member: MemberRow): Promise<void> {
  await protectLastOwner(context, member, memberAttributes(member));
  const sessionsEnded = await endSessions(context.trx, context.orgId, member.id);
  await deleteMember(context.trx, context.orgId, member.id);
  await addTombstone(context.trx, {
    org_id: context.orgId,
    id: member.id,
    kind: 'User',
    connection_id: member.connection_id,
    removed_at: context.now,
  });
  const subject = { kind: 'member', id: member.id } as const;
  const { now: at, actor } = context;
  await appendEvent(context.trx, context.orgId, {
    type: 'member.removed',
    at,
    actor,
    subject,
    data: { sessionsEnded },
  });
  await appendAudit(context.trx, context.orgId, {
    at,
    actor,
    action: 'member.removed',
    subject,
    changes: { userName: [member.user_name, null] },
    requestId: context.requestId,
  });
}
