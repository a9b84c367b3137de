// The way in by an invitation's link: what the link is worth now, and taking it. Knows tokens and lifecycle, no page.
import { type ChangeDeps, inChange, type Origin } from '../audit/change-context.ts';
import { hashToken } from '../core/secrets.ts';
import type { Db } from '../db/database.ts';
import { memberAttributes, rewriteMember } from '../members/change-member.ts';
import { joinMember } from '../members/join-member.ts';
import { memberName } from '../members/member-identity.ts';
import { findMember, lockMember, type MemberRow } from '../members/member-store.ts';
import { wayByMail } from '../members/way-by-mail.ts';
import { findOrg } from '../orgs/org-store.ts';
import { findInvitationByHash, type InvitationRow } from './invitation-store.ts';
import { personName } from './person-name.ts';

/** What a link is worth: `open`, or why it opens nothing. */
export type InvitationState =
  | 'open'
  | 'unknown'
  | 'expired'
  | 'revoked'
  | 'replaced'
  | 'joined'
  | 'blocked'
  | 'deactivated'
  | 'removed'
  /** The org lets people in by its identity provider alone: that is where the invitation is taken. */
  | 'sso_required';

/** What somebody with a link may know before they take it; nothing but the org's name when it opens nothing. */
export type FoundInvitation =
  | {
      readonly state: 'open';
      readonly orgName: string;
      /** Who invites, when it is a person. */
      readonly inviterName: string | null;
      readonly email: string | null;
      readonly name: string;
      /** Whether the name is an identity provider's to change. */
      readonly isManaged: boolean;
    }
  | {
      readonly state: Exclude<InvitationState, 'open'>;
      readonly orgName?: string;
      readonly orgSlug?: string;
    };

/** Looks at an invitation by its link's token and changes nothing: programs that check mails follow links too. */
export async function lookUpInvitation(
  { db, now }: Pick<ChangeDeps, 'db' | 'now'>,
  token: string,
): Promise<FoundInvitation> {
  const invitation = await findInvitationByHash(db, hashToken(token));
  if (!invitation) return { state: 'unknown' };
  const member = await findMember(db, invitation.org_id, invitation.member_id);
  const org = await findOrg(db, invitation.org_id);
  if (!org) return { state: 'unknown' };
  const state = stateOf(invitation, member, now());
  if (state !== 'open') return { state, orgName: org.name };
  if (!member) return { state: 'removed', orgName: org.name };
  if ((await wayByMail({ trx: db, orgId: org.id }, member)) === 'closed')
    return { state: 'sso_required', orgName: org.name, orgSlug: org.slug };
  return {
    state,
    orgName: org.name,
    inviterName: await inviterName(db, invitation),
    email: member.email,
    name: personName(memberAttributes(member), member.email ?? member.user_name),
    isManaged: member.connection_id !== null,
  };
}

/** What became of taking an invitation. */
export type Accepted =
  | { readonly state: 'accepted'; readonly orgId: string; readonly memberId: string }
  | { readonly state: Exclude<InvitationState, 'open'> };

/**
 * Takes an invitation by its link's token: the member is active from now on, under the name that they give unless an
 * identity provider gives it.
 * @throws AppError `database.busy`
 */
export async function acceptInvitation(
  deps: ChangeDeps,
  { token, name, ...origin }: Origin & { readonly token: string; readonly name: string },
): Promise<Accepted> {
  const hash = hashToken(token);
  const found = await findInvitationByHash(deps.db, hash);
  if (!found) return { state: 'unknown' };
  const { org_id: orgId, member_id: memberId } = found;
  const actor = { kind: 'member', id: memberId } as const;
  return inChange(deps, { ...origin, orgId, actor }, async (context) => {
    const { trx, now } = context;
    const member = await lockMember(trx, orgId, memberId);
    const invitation = await findInvitationByHash(trx, hash);
    if (!invitation) return { state: 'unknown' };
    const state = stateOf(invitation, member, now);
    if (!member) return { state: 'removed' };
    if (state !== 'open') return { state };
    if ((await wayByMail(context, member)) === 'closed') return { state: 'sso_required' };
    const before = memberAttributes(member);
    const renamed = member.connection_id === null && name !== '' && name !== before.displayName;
    const named = renamed && (await rewriteMember(context, member, { ...before, displayName: name })).after;
    await joinMember(context, named || member, 'invitation');
    return { state: 'accepted', orgId, memberId };
  });
}

/** An invitation that has ended is explained by what its member is now, which tells more than how it ended. */
function stateOf(invitation: InvitationRow, member: MemberRow | undefined, now: number): InvitationState {
  if (!member) return 'removed';
  const isPending = invitation.ended_at === null;
  switch (member.status) {
    case 'active':
      return 'joined';
    case 'blocked':
    case 'deactivated':
      return member.status;
    case 'invited':
      if (!isPending) return 'replaced';
      return invitation.expires_at <= now ? 'expired' : 'open';
    case 'not_invited':
      return invitation.ended === 'expired' ? 'expired' : 'revoked';
  }
}

async function inviterName(db: Db, invitation: InvitationRow): Promise<string | null> {
  if (invitation.by_kind !== 'member') return null;
  const inviter = await findMember(db, invitation.org_id, invitation.by_id);
  return inviter ? memberName(memberAttributes(inviter)) : null;
}
