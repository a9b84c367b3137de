// Takes one member out of the directory, so that they can be put back. Knows what goes with them, not who asked.
import type { ChangeContext } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { endAccess } from '../auth/access-store.ts';
import { addTombstone } from '../db/tombstone-store.ts';
import { noteDeparture } from '../safeguards/note-departure.ts';
import { memberAttributes } from './change-member.ts';
import { protectLastOwner } from './last-owner.ts';
import { termsOf } from './member-search.ts';
import { deleteMember, type MemberRow, replaceTerms } from './member-store.ts';
import type { RemovedMember } from './removed-member-store.ts';

/**
 * Removes a locked member who has just left `groups`: sessions end, the name is free again, and a tombstone keeps what
 * brings them back until it is erased.
 * @throws AppError `member.last_owner`
 */
export async function removeMember(
  context: ChangeContext,
  member: MemberRow,
  groups: readonly string[],
): Promise<void> {
  await protectLastOwner(context, member, memberAttributes(member));
  await noteDeparture(context, { kind: 'removed', subjectId: member.id, active: member.active === 1 });
  const ended = await endAccess(context.trx, context.orgId, member.id, context.now);
  await replaceTerms(context.trx, context.orgId, member.id, termsOf(member.search_text), []);
  await deleteMember(context.trx, context.orgId, member.id);
  const { seq: _seq, ...row } = member;
  const document: RemovedMember = { member: row, groups };
  await addTombstone(context.trx, {
    org_id: context.orgId,
    id: member.id,
    kind: 'User',
    connection_id: member.connection_id,
    removed_at: context.now,
    document: JSON.stringify(document),
  });
  await recordChange(
    context,
    { kind: 'member', id: member.id },
    { userName: [member.user_name, null] },
    { type: 'member.removed', data: { ...ended, ...(groups.length > 0 && { groups: groups.length }) } },
  );
}
