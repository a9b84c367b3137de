// What happens to a pending invitation besides being accepted: sent again, revoked, expired. Knows no list.
import type { MemberRole } from '../../shared/member.ts';
import { type AskedInOrg, type ChangeContext, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { mayChange } from '../auth/access-policy.ts';
import { AppError } from '../core/app-error.ts';
import { advanceMember } from '../members/advance-member.ts';
import { memberAttributes, memberForChange } from '../members/change-member.ts';
import { memberName } from '../members/member-identity.ts';
import { memberLifecycle } from '../members/member-lifecycle.ts';
import { lockMember, type MemberRow } from '../members/member-store.ts';
import { endInvitation, listExpired, lockPendingInvitation } from './invitation-store.ts';
import { isAddressee, issueInvitation, reissueInvitation } from './issue-invitation.ts';
import { settleMember } from './settle-member.ts';

/**
 * Sends a member's invitation once more, with a new link and a new end; links of earlier mails open nothing then.
 * @throws AppError `member.not_found`, `member.wrong_status`, `member.no_address`, `database.busy`
 */
export function resendInvitation(deps: ChangeDeps, asked: AskedInOrg, memberId: string): Promise<void> {
  return inChange(deps, asked, async (context) => {
    const member = await memberForChange(context, memberId);
    const name = memberName(memberAttributes(member));
    const refusal = memberLifecycle.revoke.refusedWhen[member.status];
    if (refusal !== undefined) throw new AppError('member.wrong_status', { name, refusal });
    if (!isAddressee(member)) throw new AppError('member.no_address', { name });
    const pending = await lockPendingInvitation(context.trx, context.orgId, memberId);
    if (pending) await reissueInvitation(context, member, pending);
    else await issueInvitation(context, member, { automatic: false, from: member.status });
  });
}

/**
 * Takes a member's invitation back; the seat that it held is free again. `actingRole` is the role of the person who asks,
 * if a person does.
 * @throws AppError `member.not_found`, `member.wrong_status`, `member.owners_only`, `database.busy`
 */
export function revokeInvitation(
  deps: ChangeDeps,
  asked: AskedInOrg & { readonly actingRole?: MemberRole },
  memberId: string,
): Promise<void> {
  return inChange(deps, asked, async (context) => {
    const member = await memberForChange(context, memberId);
    if (asked.actingRole !== undefined && !mayChange({ role: asked.actingRole }, member.role))
      throw new AppError('member.owners_only', {});
    await takeBack(context, member, 'revoked');
  });
}

/** So many expired invitations a transaction. */
const slice = 50;

/** The recurring job: whoever did not accept in time is not invited any more, and the seat is free again. */
export async function expireInvitations(deps: ChangeDeps): Promise<void> {
  for (;;) {
    const due = await listExpired(deps.db, deps.now(), slice);
    for (const orgId of new Set(due.map(({ org_id }) => org_id))) {
      const actor = { kind: 'server', id: 'expiry' } as const;
      await inChange(deps, { orgId, actor, requestId: 'expiry' }, async (context) => {
        for (const { org_id, member_id } of due) if (org_id === orgId) await expire(context, member_id);
      });
    }
    if (due.length < slice) return;
  }
}

async function expire(context: ChangeContext, memberId: string): Promise<void> {
  const { trx, orgId, now } = context;
  const member = await lockMember(trx, orgId, memberId);
  const pending = await lockPendingInvitation(trx, orgId, memberId);
  if (!pending || pending.expires_at > now) return;
  if (member?.status === 'invited') await takeBack(context, member, 'expired');
  else await endInvitation(trx, pending, 'expired', now);
}

async function takeBack(
  context: ChangeContext,
  member: MemberRow,
  ended: 'revoked' | 'expired',
): Promise<void> {
  const after = await advanceMember(context, member, 'revoke');
  const pending = await lockPendingInvitation(context.trx, context.orgId, member.id);
  if (pending) await endInvitation(context.trx, pending, ended, context.now);
  await recordChange(
    context,
    { kind: 'member', id: member.id },
    { status: [member.status, after.status] },
    pending && ended === 'expired'
      ? { type: 'member.invitation_expired', data: { invitationId: pending.id } }
      : { type: 'member.invitation_revoked', data: { invitationId: pending?.id ?? null } },
  );
  await settleMember(context, member, after);
}
