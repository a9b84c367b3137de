// Adds a person to the directory: as the identity provider sends them, or by the operator's hand.
import type { MemberRole } from '../../shared/member.ts';
import type { ChangeContext } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { newId } from '../core/secrets.ts';
import type { Attributes } from '../scim/protocol/attribute.ts';
import { factColumns } from './member-facts.ts';
import { identityColumns, memberIdentity } from './member-identity.ts';
import { searchWords } from './member-search.ts';
import { insertEmails, insertMember, type NewMember, replaceTerms } from './member-store.ts';

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
  const facts = factColumns({ active, invitedAt, joinedAt, blockedAt: null, waitingSince: null });
  const words = searchWords(attributes, identity.email);
  const member: NewMember = {
    org_id: context.orgId,
    id: newId(),
    connection_id: context.connectionId,
    ...identityColumns(identity),
    role,
    role_by_hand: role === 'member' ? 0 : 1,
    ...facts,
    blocked_reason: null,
    attributes: JSON.stringify(stored),
    search_text: words.text,
    version: 1,
    created_at: context.now,
    updated_at: context.now,
  };
  await insertMember(context.trx, member);
  await insertEmails(context.trx, context.orgId, member.id, identity.allEmails);
  await replaceTerms(context.trx, context.orgId, member.id, [], words.terms);
  await recordChange(
    context,
    { kind: 'member', id: member.id },
    { userName: [null, identity.userName], role: [null, role], active: [null, active] },
    { type: 'member.added', data: { status: member.status } },
  );
  return member;
}
