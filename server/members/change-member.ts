// New attributes for one existing member: adoption, returning, leaving, plain updates. Knows the lifecycle, not who asked.
import type { MemberStatus } from '../../shared/member.ts';
import { type ChangeContext, isManagedElsewhere } from '../audit/change-context.ts';
import { type ChangeEvent, recordChange } from '../audit/record-change.ts';
import { endAccess } from '../auth/access-store.ts';
import { AppError } from '../core/app-error.ts';
import type { AccessEnded } from '../events/event-log.ts';
import { noteDeparture } from '../safeguards/note-departure.ts';
import type { Attributes } from '../scim/protocol/attribute.ts';
import { attributeChanges } from './attribute-changes.ts';
import { protectLastOwner } from './last-owner.ts';
import { factColumns, factsOf } from './member-facts.ts';
import { identityColumns, memberIdentity } from './member-identity.ts';
import { advance, type MemberFacts } from './member-lifecycle.ts';
import { searchWords, termsOf } from './member-search.ts';
import {
  lockMember,
  lockMembersLike,
  type MemberRow,
  type NewMember,
  replaceEmails,
  replaceTerms,
  updateMember,
} from './member-store.ts';

/** A person before and after a change (nobody, where they were or are not in the directory) and the paths that changed. */
export interface MemberMove {
  readonly before: MemberRow | undefined;
  readonly after: NewMember | undefined;
  readonly outcome:
    | 'created'
    | 'adopted'
    | 'restored'
    | 'updated'
    | 'blocked'
    | 'unblocked'
    | 'deactivated'
    | 'reactivated'
    | 'removed'
    | 'put back'
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
  isExpected: (version: number) => boolean = () => true,
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
): Promise<MemberMove> {
  const before = memberAttributes(member);
  const adopting = context.connectionId !== null && member.connection_id === null;
  const changes = attributeChanges(before, after);
  const changed = Object.keys(changes);
  if (changed.length === 0 && !adopting)
    return { before: member, after: member, outcome: 'unchanged', changed };

  const leaving = member.active === 1 && after.active === false;
  const returning = member.active === 0 && after.active === true;
  if (leaving) {
    await protectLastOwner(context, member, before);
    await noteDeparture(context, { kind: 'deactivated', subjectId: member.id, active: true });
  }
  const facts = leaving
    ? step(member, 'deactivate', context)
    : returning
      ? step(member, 'reactivate', context)
      : factsOf(member);
  const identity = memberIdentity(after);
  await refuseTaken(context, member, identity);

  const { active: _active, ...stored } = after;
  const words = searchWords(after, identity.email);
  const { seq: _seq, ...row } = member;
  const written: NewMember = {
    ...row,
    connection_id: context.connectionId ?? member.connection_id,
    ...identityColumns(identity),
    ...factColumns(facts),
    attributes: JSON.stringify(stored),
    search_text: words.text,
    version: member.version + 1,
    updated_at: context.now,
  };
  await updateMember(context.trx, written);
  if (changes.emails !== undefined)
    await replaceEmails(context.trx, context.orgId, member.id, identity.allEmails);
  if (words.text !== member.search_text)
    await replaceTerms(context.trx, context.orgId, member.id, termsOf(member.search_text), words.terms);
  const ended = leaving ? await endAccess(context.trx, context.orgId, member.id, context.now) : undefined;

  const arrived = adopting ? 'adopted' : returning ? arrival : undefined;
  const moved = leaving ? 'deactivated' : returning ? 'reactivated' : undefined;
  const outcome = arrived ?? moved ?? 'updated';
  const updated = changed.filter((path) => path !== 'active');
  await recordChange(
    context,
    { kind: 'member', id: member.id },
    adopting ? { ...changes, connection: [null, context.connectionId] } : changes,
    ...storyOf(written.status, { arrived, moved, updated, ended }),
  );
  return { before: member, after: written, outcome, changed };
}

/** The events of one rewrite: how the member came, whether access ended or began again, what was merely updated. */
function storyOf(
  status: MemberStatus,
  story: {
    readonly arrived: 'adopted' | 'restored' | undefined;
    readonly moved: 'deactivated' | 'reactivated' | undefined;
    readonly updated: readonly string[];
    readonly ended: AccessEnded | undefined;
  },
): [ChangeEvent, ...ChangeEvent[]] {
  const { arrived, moved, updated: changed, ended } = story;
  const left: ChangeEvent | undefined = ended && { type: 'member.deactivated', data: ended };
  if (arrived) {
    const came: ChangeEvent = { type: `member.${arrived}`, data: { status, changed } };
    return left ? [came, left] : [came];
  }
  const updated: ChangeEvent = { type: 'member.updated', data: { changed } };
  if (moved === undefined) return [updated];
  const turned: ChangeEvent = left ?? { type: 'member.reactivated', data: { status } };
  return changed.length > 0 ? [turned, updated] : [turned];
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
