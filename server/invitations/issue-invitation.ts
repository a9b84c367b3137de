// Writes one invitation with its mail and its history, once it is decided that there shall be one. Decides nothing.
import type { ChangeContext } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { hashToken, newId, newToken } from '../core/secrets.ts';
import { enqueueMail } from '../delivery/outbox.ts';
import { memberAttributes } from '../members/change-member.ts';
import { memberName } from '../members/member-identity.ts';
import { findMember, type NewMember } from '../members/member-store.ts';
import { orgInForce } from '../orgs/org-in-force.ts';
import { addInvitation, type InvitationRow, renewInvitation } from './invitation-store.ts';
import { personName } from './person-name.ts';

/** A member whom a mail can reach. */
export type Addressee = NewMember & { readonly email: string };

export function isAddressee(member: NewMember): member is Addressee {
  return member.email !== null;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Gives a member of the status `invited` their pending invitation, whose mail leaves after the commit. */
export async function issueInvitation(
  context: ChangeContext,
  member: Addressee,
  { automatic, from }: { readonly automatic: boolean; readonly from: string },
): Promise<void> {
  const id = newId();
  const { hash, expiresAt } = await sendLink(context, member);
  await addInvitation(context.trx, {
    org_id: context.orgId,
    id,
    member_id: member.id,
    hash,
    by_kind: context.actor.kind,
    by_id: context.actor.id,
    created_at: context.now,
    expires_at: expiresAt,
    sent_at: context.now,
    sent_count: 1,
    ended_at: null,
    ended: null,
  });
  await recordChange(
    context,
    { kind: 'member', id: member.id },
    { status: [from, member.status], invitedTo: [null, member.email] },
    { type: 'member.invited', data: { invitationId: id, automatic } },
  );
}

/** Sends a pending invitation again, to the member's address of today; only its new link opens it from now on. */
export async function reissueInvitation(
  context: ChangeContext,
  member: Addressee,
  { id, sent_count, expires_at }: InvitationRow,
): Promise<void> {
  const { hash, expiresAt } = await sendLink(context, member);
  await renewInvitation(context.trx, context.orgId, id, {
    hash,
    expires_at: expiresAt,
    sent_at: context.now,
    sent_count: sent_count + 1,
  });
  await recordChange(
    context,
    { kind: 'member', id: member.id },
    { expiresAt: [expires_at, expiresAt], invitedTo: [null, member.email] },
    { type: 'member.invitation_resent', data: { invitationId: id } },
  );
}

async function sendLink(
  context: ChangeContext,
  member: Addressee,
): Promise<{ readonly hash: string; readonly expiresAt: number }> {
  const { name: orgName, settings } = await orgInForce(context);
  const token = newToken();
  const expiresAt = context.now + settings.invitationDays * dayMs;
  const inviterName = await inviterNameOf(context);
  const recipientName = personName(memberAttributes(member), member.email);
  await enqueueMail(
    context,
    { orgId: context.orgId, memberId: member.id, address: member.email },
    { kind: 'invitation', data: { orgName, inviterName, recipientName, token, expiresAt } },
  );
  return { hash: hashToken(token), expiresAt };
}

const inviters = new WeakMap<ChangeContext, Promise<string | null>>();

/** The name of the person who invites; null when it is not a person. Looked up once for all whom a change invites. */
export function inviterNameOf(context: ChangeContext): Promise<string | null> {
  const name = inviters.get(context) ?? lookUpName(context);
  inviters.set(context, name);
  return name;
}

async function lookUpName({ trx, orgId, actor }: ChangeContext): Promise<string | null> {
  if (actor.kind !== 'member') return null;
  const member = await findMember(trx, orgId, actor.id);
  return member ? memberName(memberAttributes(member)) : null;
}
