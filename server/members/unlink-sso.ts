// Takes back with which account of an identity provider somebody signs in: for whoever was given a new one there. What
// rests on the old one ends with it.
import type { MemberRole } from '../../shared/member.ts';
import { type AskedInOrg, type ChangeContext, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { mayChange } from '../auth/access-policy.ts';
import { endSessionOf } from '../auth/own-sessions.ts';
import { deleteIdentity, findIdentityOf, type SsoIdentityRow } from '../auth/sso-identity-store.ts';
import { endCodesOfSso, sessionsOfSso } from '../auth/sso-session-store.ts';
import { AppError } from '../core/app-error.ts';
import { lockMember } from './member-store.ts';

/**
 * Unlinks somebody from their account at one issuer; an owner only as an owner. Whoever signs in next with their verified
 * address, or with the id that provisioning sends, is linked anew. Nothing changes for somebody who is not linked.
 * @throws AppError `member.not_found`, `member.owners_only`
 */
export function unlinkSso(
  deps: ChangeDeps,
  asked: AskedInOrg & { readonly actingRole: MemberRole },
  { memberId, issuer }: { readonly memberId: string; readonly issuer: string },
): Promise<void> {
  return inChange(deps, asked, async (context) => {
    const { trx, orgId } = context;
    const member = await lockMember(trx, orgId, memberId);
    if (member === undefined) throw new AppError('member.not_found', { id: memberId });
    if (!mayChange({ role: asked.actingRole }, member.role)) throw new AppError('member.owners_only', {});
    const identity = await findIdentityOf(trx, orgId, memberId, issuer);
    if (identity !== undefined) await unlink(context, identity);
  });
}

async function unlink(context: ChangeContext, identity: SsoIdentityRow): Promise<void> {
  const { trx, orgId } = context;
  const { issuer, subject, member_id: id } = identity;
  await deleteIdentity(trx, identity);
  await recordChange(
    context,
    { kind: 'member', id },
    { 'single sign-on': [subject, null] },
    { type: 'member.identity_unlinked', data: { issuer } },
  );
  const theirs = { issuer, subject, sid: null };
  await endCodesOfSso(trx, orgId, theirs);
  for (const session of await sessionsOfSso(trx, orgId, theirs))
    await endSessionOf(context, session.member_id, session.id);
}
