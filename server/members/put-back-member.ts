// Puts a removed member back as they were, under the same id. Knows the tombstone, not who asked.
import type { ChangeContext } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import { findTombstone, takeTombstone } from '../db/tombstone-store.ts';
import { memberAttributes } from './change-member.ts';
import { memberIdentity, memberName } from './member-identity.ts';
import { termsOf } from './member-search.ts';
import { insertEmails, lockMember, lockMembersLike, type MemberRow, replaceTerms } from './member-store.ts';
import { type RemovedMember, reinsertMember, rejoinGroups } from './removed-member-store.ts';

/**
 * Puts somebody back with role, status, settings and the groups that are still there; sessions and invitations stay
 * ended. Refused before anything is written.
 * @throws AppError `member.not_found`, `member.not_removed`, `member.erased`, `member.identity_taken`
 */
export async function putBackMember(context: ChangeContext, id: string): Promise<MemberRow> {
  const { trx, orgId, now } = context;
  const present = await lockMember(trx, orgId, id);
  if (present) throw new AppError('member.not_removed', { name: memberName(memberAttributes(present)) });
  const { member, groups } = await removedMember(context, id);
  await refuseTaken(context, member);

  await takeTombstone(trx, orgId, id, 'User');
  const back = await reinsertMember(trx, { ...member, version: member.version + 1, updated_at: now });
  const { allEmails } = memberIdentity(memberAttributes(member));
  await insertEmails(trx, orgId, id, allEmails);
  await replaceTerms(trx, orgId, id, [], termsOf(back.search_text));
  const rejoined = await rejoinGroups(trx, { orgId, id }, groups, now);
  await recordChange(
    context,
    { kind: 'member', id },
    { userName: [null, back.user_name], role: [null, back.role], status: [null, back.status] },
    { type: 'member.put_back', data: { status: back.status, ...(rejoined > 0 && { groups: rejoined }) } },
  );
  return back;
}

async function removedMember({ trx, orgId }: ChangeContext, id: string): Promise<RemovedMember> {
  const tombstone = await findTombstone(trx, orgId, id);
  if (tombstone?.kind !== 'User') throw new AppError('member.not_found', { id });
  if (tombstone.document === null) throw new AppError('member.erased', { id });
  return JSON.parse(tombstone.document) as RemovedMember;
}

/** Somebody else may have the name or the address by now. */
async function refuseTaken(context: ChangeContext, member: RemovedMember['member']): Promise<void> {
  const like = await lockMembersLike(context.trx, context.orgId, {
    userNameNorm: member.user_name_norm,
    emailNorm: member.email_norm,
    externalId: null,
    connectionId: '',
  });
  const [other] = like;
  if (!other) return;
  const sameName = other.user_name_norm === member.user_name_norm;
  throw new AppError('member.identity_taken', {
    name: memberName(memberAttributes(member)),
    holder: memberName(memberAttributes(other)),
    what: sameName ? `user name "${member.user_name}"` : `e-mail address "${member.email}"`,
  });
}
