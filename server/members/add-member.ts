// Adds a person to the directory: as the identity provider sends them, or by the operator's hand.
import type { MemberRole } from '../../shared/member.ts';
import { appendAudit } from '../audit/audit-log.ts';
import { newId } from '../core/secrets.ts';
import { appendEvent } from '../events/event-log.ts';
import type { Attributes } from '../scim/protocol/attribute.ts';
import type { ChangeContext } from './change-context.ts';
import { identityColumns, memberIdentity } from './member-identity.ts';
import { memberStatus } from './member-lifecycle.ts';
import { insertEmails, insertMember, type NewMember } from './member-store.ts';

/** What the org decided about somebody before they were added; nothing, for a person whom the directory sends. */
export interface Standing {
  readonly role: MemberRole;
  readonly invitedAt: number | null;
  readonly joinedAt: number | null;
}

const newcomer: Standing = { role: 'member', invitedAt: null, joinedAt: null };

/** Adds a member with these validated attributes. That nobody has the name or address already is the caller's to know. */
export async function addMember(
  context: ChangeContext,
  attributes: Attributes,
  standing: Standing = newcomer,
): Promise<NewMember> {
  const { active: sent, ...stored } = attributes;
  const active = sent !== false;
  const identity = memberIdentity(attributes);
  const { role, invitedAt, joinedAt } = standing;
  const status = memberStatus({ active, invitedAt, joinedAt, blockedAt: null });
  const member: NewMember = {
    org_id: context.orgId,
    id: newId(),
    connection_id: context.connectionId,
    ...identityColumns(identity),
    role,
    active: active ? 1 : 0,
    invited_at: invitedAt,
    joined_at: joinedAt,
    blocked_at: null,
    status,
    attributes: JSON.stringify(stored),
    version: 1,
    created_at: context.now,
    updated_at: context.now,
  };
  await insertMember(context.trx, member);
  await insertEmails(context.trx, context.orgId, member.id, identity.allEmails);
  const subject = { kind: 'member', id: member.id } as const;
  const { now: at, actor } = context;
  await appendEvent(context.trx, context.orgId, {
    type: 'member.added',
    at,
    actor,
    subject,
    data: { status },
  });
  await appendAudit(context.trx, context.orgId, {
    at,
    actor,
    action: 'member.added',
    subject,
    changes: { userName: [null, identity.userName], role: [null, role], active: [null, active] },
    requestId: context.requestId,
  });
  return member;
}
