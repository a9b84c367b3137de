// Takes one member out of the directory for good. Knows what goes with them, not who asked.

import type { ChangeContext } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { endAccess } from '../auth/access-store.ts';
import { addTombstone } from '../db/tombstone-store.ts';
import { memberAttributes } from './change-member.ts';
import { protectLastOwner } from './last-owner.ts';
import { termsOf } from './member-search.ts';
import { deleteMember, type MemberRow, replaceTerms } from './member-store.ts';

/**
 * Removes a locked member for good: sessions end, memberships go, the name is free again, a tombstone stays.
 * @throws AppError `member.last_owner`
 */
export async function removeMember(context: ChangeContext, member: MemberRow): Promise<void> {
  await protectLastOwner(context, member, memberAttributes(member));
  const ended = await endAccess(context.trx, context.orgId, member.id, context.now);
  await replaceTerms(context.trx, context.orgId, member.id, termsOf(member.search_text), []);
  await deleteMember(context.trx, context.orgId, member.id);
  await addTombstone(context.trx, {
    org_id: context.orgId,
    id: member.id,
    kind: 'User',
    connection_id: member.connection_id,
    removed_at: context.now,
    document: null,
  });
  await recordChange(
    context,
    { kind: 'member', id: member.id },
    { userName: [member.user_name, null] },
    { type: 'member.removed', data: ended },
  );
}
