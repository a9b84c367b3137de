// The way in by mail where an org requires single sign-on: closed, but for owners, whose use of it is told to the others.
import type { ChangeContext } from '../audit/change-context.ts';
import { endSessionOf } from '../auth/own-sessions.ts';
import { endCodesOfOtherWays, sessionsOfOtherWays } from '../auth/sso-session-store.ts';
import { lockSso, requiresSso } from '../auth/sso-store.ts';
import { enqueueMail } from '../delivery/outbox.ts';
import { adminsToTell } from '../orgs/admin-store.ts';
import { orgInForce } from '../orgs/org-in-force.ts';
import { memberAttributes } from './change-member.ts';
import { memberName } from './member-identity.ts';
import type { MemberRow } from './member-store.ts';

/** `open` where single sign-on is not required; `closed`; or `emergency`: an owner's way when nobody else has one. */
export type WayByMail = 'open' | 'closed' | 'emergency';

/** What a locked member's way in by mail is worth. */
export async function wayByMail(
  { trx, orgId }: Pick<ChangeContext, 'trx' | 'orgId'>,
  { role }: Pick<MemberRow, 'role'>,
): Promise<WayByMail> {
  if (!(await requiresSso(trx, orgId))) return 'open';
  return role === 'owner' ? 'emergency' : 'closed';
}

/**
 * Ends what a locked member who is no owner any more came in by past single sign-on: the way is not theirs now. The settings
 * are locked, so that whoever makes single sign-on the only way in at this very moment meets the new role.
 */
export async function closeWayByMail(context: ChangeContext, memberId: string): Promise<void> {
  const { trx, orgId } = context;
  const sso = await lockSso(trx, orgId);
  if (sso?.required !== 1) return;
  await endCodesOfOtherWays(trx, orgId, memberId, sso.issuer);
  for (const { id } of await sessionsOfOtherWays(trx, orgId, memberId, sso.issuer))
    await endSessionOf(context, memberId, id);
}

/** Tells everybody else who runs the org that an owner came past single sign-on. */
export async function announceEmergency(
  context: ChangeContext,
  owner: MemberRow,
  device: string,
): Promise<void> {
  const { trx, orgId, now: at } = context;
  const { name: orgName } = await orgInForce(context);
  const data = { orgName, ownerName: memberName(memberAttributes(owner)), device, at };
  for (const { id, email } of await adminsToTell(trx, orgId)) {
    if (email === null || id === owner.id) continue;
    await enqueueMail(context, { orgId, memberId: id, address: email }, { kind: 'emergency-sign-in', data });
  }
}
