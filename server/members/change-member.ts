// New attributes for one existing member: adoption, returning, leaving, plain updates. Knows the lifecycle, not who asked.
import { appendAudit } from '../audit/audit-log.ts';
import { endSessions } from '../auth/session-store.ts';
import { AppError } from '../core/app-error.ts';
import { appendEvent, type Subject } from '../events/event-log.ts';
import type { Attributes } from '../scim/protocol/attribute.ts';
import { attributeChanges } from './attribute-changes.ts';
import { type ChangeContext, isManagedElsewhere } from './change-context.ts';
import { protectLastOwner } from './last-owner.ts';
import { identityColumns, memberIdentity } from './member-identity.ts';
import { advance, type MemberFacts, memberStatus } from './member-lifecycle.ts';
import {
  lockMember,
  lockMembersLike,
  type MemberRow,
  type NewMember,
  replaceEmails,
  updateMember,
} from './member-store.ts';

/** What became of a member, and which attribute paths changed. */
export interface MemberOutcome {
  readonly member: NewMember;
  readonly outcome:
    | 'created'
    | 'adopted'
    | 'restored'
    | 'updated'
    | 'deactivated'
    | 'reactivated'
    | 'unchanged';
  readonly changed: readonly string[];
}

/** A member's attributes as the directory knows them: the stored document and the `active` fact. */
export function memberAttributes(member: Pick<MemberRow, 'attributes' | 'active'>): Attributes {
  return { ...(JSON.parse(member.attributes) as Attributes), active: member.active === 1 };
}

/**
 * The member of this id, locked for the change.
 * @throws AppError `member.not_found` (also when another connection manages them), `resource.changed`
 */
export async function memberForChange(
  context: ChangeContext,
  id: string,
  isExpected: (version: number) => boolean,
): Promise<MemberRow> {
  const member = await lockMember(context.trx, context.orgId, id);
  if (!member || isManagedElsewhere(context, member)) throw new AppError('member.not_found', { id });
  if (!isExpected(member.version)) throw new AppError('resource.changed', { id });
  return member;
}

/**
 * Gives a locked member new attributes. A connection that writes to a member whom nobody manages adopts them. Leaving
 * ends every session in the same transaction. Writing what is there already changes nothing.
 * @throws AppError `member.user_name_taken`, `member.email_taken`, `member.last_owner`
 */
export async function rewriteMember(
  context: ChangeContext,
  member: MemberRow,
  after: Attributes,
  arrival?: 'restored',
): Promise<MemberOutcome> {
  const before = memberAttributes(member);
  const adopting = context.connectionId !== null && member.connection_id === null;
  const changes = attributeChanges(before, after);
  const changed = Object.keys(changes);
  if (changed.length === 0 && !adopting) return { member, outcome: 'unchanged', changed };

  const leaving = member.active === 1 && after.active === false;
  const returning = member.active === 0 && after.active === true;
  if (leaving) await protectLastOwner(context, member, before);
  const facts = leaving
    ? step(member, 'deactivate', context)
    : returning
      ? step(member, 'reactivate', context)
      : factsOf(member);
  const identity = memberIdentity(after);
  await refuseTaken(context, member, identity);

  const { active: _active, ...stored } = after;
  const written: NewMember = {
    org_id: member.org_id,
    id: member.id,
    connection_id: context.connectionId ?? member.connection_id,
    ...identityColumns(identity),
    role: member.role,
    active: facts.active ? 1 : 0,
    invited_at: facts.invitedAt,
    joined_at: facts.joinedAt,
    blocked_at: facts.blockedAt,
    status: memberStatus(facts),
    attributes: JSON.stringify(stored),
    version: member.version + 1,
    created_at: member.created_at,
    updated_at: context.now,
  };
  await updateMember(context.trx, written);
  if (changes.emails !== undefined)
    await replaceEmails(context.trx, context.orgId, member.id, identity.allEmails);
  const sessionsEnded = leaving ? await endSessions(context.trx, context.orgId, member.id) : 0;

  const arrived = adopting ? 'adopted' : returning ? arrival : undefined;
  const moved = leaving ? 'deactivated' : returning ? 'reactivated' : undefined;
  const outcome = arrived ?? moved ?? 'updated';
  const updated = changed.filter((path) => path !== 'active');
  await tellStory(context, written, { arrived, moved, updated, sessionsEnded });
  await appendAudit(context.trx, context.orgId, {
    at: context.now,
    actor: context.actor,
    action: `member.${outcome}`,
    subject: subjectOf(member.id),
    changes: adopting ? { ...changes, connection: [null, context.connectionId] } : changes,
    requestId: context.requestId,
  });
  return { member: written, outcome, changed };
}

/** The history of one rewrite: how the member came, whether access ended or began again, what was merely updated. */
async function tellStory(
  context: ChangeContext,
  { id, status }: NewMember,
  story: {
    readonly arrived: 'adopted' | 'restored' | undefined;
    readonly moved: 'deactivated' | 'reactivated' | undefined;
    readonly updated: readonly string[];
    readonly sessionsEnded: number;
  },
): Promise<void> {
  const { trx, orgId } = context;
  const base = { at: context.now, actor: context.actor, subject: subjectOf(id) };
  const { arrived, moved, updated: changed, sessionsEnded } = story;
  if (arrived)
    await appendEvent(trx, orgId, { ...base, type: `member.${arrived}`, data: { status, changed } });
  if (moved === 'deactivated') {
    await appendEvent(trx, orgId, { ...base, type: 'member.deactivated', data: { sessionsEnded } });
  }
  if (moved === 'reactivated' && !arrived) {
    await appendEvent(trx, orgId, { ...base, type: 'member.reactivated', data: { status } });
  }
  if (changed.length > 0 && !arrived) {
    await appendEvent(trx, orgId, { ...base, type: 'member.updated', data: { changed } });
  }
}

function subjectOf(id: string): Subject {
  return { kind: 'member', id };
}

function factsOf(member: MemberRow): MemberFacts {
  return {
    active: member.active === 1,
    invitedAt: member.invited_at,
    joinedAt: member.joined_at,
    blockedAt: member.blocked_at,
  };
}

function step(member: MemberRow, event: 'deactivate' | 'reactivate', context: ChangeContext): MemberFacts {
  const facts = factsOf(member);
  const result = advance(facts, event, context.now);
  return 'facts' in result ? result.facts : facts;
}

async function refuseTaken(
  context: ChangeContext,
  member: MemberRow,
  identity: ReturnType<typeof memberIdentity>,
): Promise<void> {
  const sameName = identity.userNameNorm === member.user_name_norm;
  const sameEmail = identity.emailNorm === member.email_norm;
  if (sameName && sameEmail) return;
  const others = await lockMembersLike(context.trx, context.orgId, {
    userNameNorm: identity.userNameNorm,
    emailNorm: identity.emailNorm,
    externalId: null,
    connectionId: context.connectionId ?? '',
  });
  refuseClash(
    others.filter((other) => other.id !== member.id),
    identity,
  );
}

/**
 * Refuses an identity that one of `others` has already.
 * @throws AppError `member.user_name_taken`, `member.email_taken`
 */
export function refuseClash(others: readonly MemberRow[], identity: ReturnType<typeof memberIdentity>): void {
  if (others.some((other) => other.user_name_norm === identity.userNameNorm)) {
    throw new AppError('member.user_name_taken', { userName: identity.userName });
  }
  if (identity.email !== null && others.some((other) => other.email_norm === identity.emailNorm)) {
    throw new AppError('member.email_taken', { email: identity.email });
  }
}
