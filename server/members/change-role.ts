// Gives a member another role. Knows the history, not who may ask.
import { type MemberRole, memberRoles } from '../../shared/member.ts';
import type { ChangeContext } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { noteDeparture } from '../safeguards/note-departure.ts';
import { type MemberRow, updateMember } from './member-store.ts';
import { closeWayByMail } from './way-by-mail.ts';

/** Who gives a role: a hand, or the groups, by the name of the one that decided; by none where no group gives a role. */
export type RoleOrigin = 'hand' | { readonly group: string | undefined };

/**
 * Gives a locked member the role, by hand or as their groups say; one that they have already changes nothing. By hand
 * it stays, whatever the groups say later. Who was an owner loses what only owners may come in by.
 */
export async function changeRole(
  context: ChangeContext,
  member: MemberRow,
  role: MemberRole,
  by: RoleOrigin,
): Promise<MemberRow> {
  const byHand = by === 'hand' ? 1 : 0;
  const group = by === 'hand' ? undefined : by.group;
  if (member.role === role && member.role_by_hand === byHand) return member;
  if (memberRoles.indexOf(role) > memberRoles.indexOf(member.role))
    await noteDeparture(context, {
      kind: 'role_lost',
      subjectId: member.id,
      active: member.active === 1,
      was: { role: member.role },
    });
  const after = {
    ...member,
    role,
    role_by_hand: byHand,
    version: member.version + 1,
    updated_at: context.now,
  };
  await updateMember(context.trx, after);
  await recordChange(
    context,
    { kind: 'member', id: member.id },
    { role: [member.role, role] },
    {
      type: 'member.role_changed',
      data: { from: member.role, to: role, ...(group !== undefined && { group }) },
    },
  );
  if (member.role === 'owner' && role !== 'owner') await closeWayByMail(context, member.id);
  return after;
}
