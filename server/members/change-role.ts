// Gives a member another role. Knows the history, not who may ask.
import type { MemberRole } from '../../shared/member.ts';
import { appendAudit } from '../audit/audit-log.ts';
import { appendEvent } from '../events/event-log.ts';
import type { ChangeContext } from './change-context.ts';
import { type MemberRow, updateMember } from './member-store.ts';

/** Gives a locked member the role; one that they have already changes nothing. */
export async function changeRole(context: ChangeContext, member: MemberRow, role: MemberRole): Promise<void> {
  if (member.role === role) return;
  const { trx, orgId, now: at, actor, requestId } = context;
  const { seq: _seq, ...row } = member;
  await updateMember(trx, { ...row, role, version: row.version + 1, updated_at: at });
  const subject = { kind: 'member', id: member.id } as const;
  const data = { from: member.role, to: role };
  await appendEvent(trx, orgId, { type: 'member.role_changed', at, actor, subject, data });
  const changes = { role: [member.role, role] } as const;
  await appendAudit(trx, orgId, { at, actor, action: 'member.role_changed', subject, changes, requestId });
}
