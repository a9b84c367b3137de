// Gives a member another role. Knows the history, not who may ask.
import type { MemberRole } from '../../shared/member.ts';
import type { ChangeContext } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { type MemberRow, updateMember } from './member-store.ts';

/**
 * Gives a locked member the role, by hand or as their groups say; one that they have already changes nothing. By hand
 * it stays, whatever the groups say later.
 */
export async function changeRole(
  context: ChangeContext,
  member: MemberRow,
  role: MemberRole,
  by: 'hand' | 'groups',
): Promise<void> {
  const byHand = by === 'hand' ? 1 : 0;
  if (member.role === role && member.role_by_hand === byHand) return;
  const { seq: _seq, ...row } = member;
  await updateMember(context.trx, {
    ...row,
    role,
    role_by_hand: byHand,
    version: row.version + 1,
    updated_at: context.now,
  });
  await recordChange(
    context,
    { kind: 'member', id: member.id },
    { role: [member.role, role] },
    { type: 'member.role_changed', data: { from: member.role, to: role } },
  );
}
