// The one door: every write to members and groups comes in here and leaves as one transaction with its history.
import type { Db } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Actor } from '../events/event-log.ts';
import {
  addGroup,
  type GroupOutcome,
  groupAttributes,
  groupForChange,
  removeGroup,
  rewriteGroup,
} from '../groups/change-group.ts';
import type { MembershipStep } from '../groups/change-memberships.ts';
import { leaveAllGroups } from '../groups/membership-store.ts';
import { addMember, type Standing } from '../members/add-member.ts';
import type { ChangeContext } from '../members/change-context.ts';
import {
  type MemberOutcome,
  memberAttributes,
  memberForChange,
  refuseClash,
  rewriteMember,
} from '../members/change-member.ts';
import { memberIdentity } from '../members/member-identity.ts';
import { lockMembersLike } from '../members/member-store.ts';
import { removeMember } from '../members/remove-member.ts';
import type { Attributes } from '../scim/protocol/attribute.ts';
import { provisionMember } from './provision-member.ts';

/** Where a change comes from: its tenant, who acts, through which connection (null: none), in which request. */
export interface ChangeSource {
  readonly orgId: string;
  readonly actor: Actor;
  readonly connectionId: string | null;
  readonly requestId: string;
}

/** New attributes from old ones: pure, since it may run again; the same reference back means "nothing to do". */
export type Edit = (current: Attributes) => Attributes;

interface Targeted {
  readonly id: string;
  /** Whether the version found is the one that the caller based the change on (`If-Match`). */
  readonly isExpected: (version: number) => boolean;
}

/** Everything that can be asked of the directory. Attributes are validated SCIM attributes. */
export type DirectoryChange =
  | { readonly kind: 'provision-member'; readonly attributes: Attributes }
  | { readonly kind: 'add-member-by-hand'; readonly attributes: Attributes; readonly standing: Standing }
  | ({ readonly kind: 'edit-member'; readonly edit: Edit } & Targeted)
  | ({ readonly kind: 'remove-member' } & Targeted)
  | { readonly kind: 'add-group'; readonly attributes: Attributes; readonly memberIds: readonly string[] }
  | ({
      readonly kind: 'edit-group';
      readonly edit: Edit;
      readonly steps: readonly MembershipStep[];
    } & Targeted)
  | ({ readonly kind: 'remove-group' } & Targeted);

/** What each kind of change answers. */
export type DirectoryOutcome<Kind extends DirectoryChange['kind']> = Kind extends
  | 'provision-member'
  | 'add-member-by-hand'
  | 'edit-member'
  ? MemberOutcome
  : Kind extends 'add-group' | 'edit-group'
    ? GroupOutcome
    : undefined;

/**
 * Carries out one change: lifecycle, rows, audit and event in one transaction, all or nothing. An edit may run more
 * than once when another writer is in the way.
 * @throws AppError `member.*`, `group.*`, `resource.changed`, `database.busy`; whatever the edit throws
 */
export function applyDirectoryChange<Change extends DirectoryChange>(
  deps: { readonly db: Db; readonly now: () => number },
  source: ChangeSource,
  change: Change,
): Promise<DirectoryOutcome<Change['kind']>> {
  return inTransaction(deps.db, async (trx) => {
    const context: ChangeContext = { ...source, trx, now: deps.now() };
    return (await carryOut(context, change)) as DirectoryOutcome<Change['kind']>;
  });
}

async function carryOut(
  context: ChangeContext,
  change: DirectoryChange,
): Promise<MemberOutcome | GroupOutcome | undefined> {
  switch (change.kind) {
    case 'provision-member':
      return provisionMember(context, change.attributes);
    case 'add-member-by-hand': {
      const identity = memberIdentity(change.attributes);
      refuseClash(
        await lockMembersLike(context.trx, context.orgId, { ...identity, connectionId: '' }),
        identity,
      );
      const member = await addMember(context, change.attributes, change.standing);
      return { member, outcome: 'created', changed: Object.keys(change.attributes) };
    }
    case 'edit-member': {
      const member = await memberForChange(context, change.id, change.isExpected);
      const current = memberAttributes(member);
      return rewriteMember(context, member, change.edit(current));
    }
    case 'remove-member': {
      const member = await memberForChange(context, change.id, change.isExpected);
      await removeMember(context, member);
      await leaveAllGroups(context.trx, context.orgId, member.id, context.now);
      return undefined;
    }
    case 'add-group':
      return addGroup(context, change.attributes, change.memberIds);
    case 'edit-group': {
      const group = await groupForChange(context, change.id, change.isExpected);
      return rewriteGroup(context, group, change.edit(groupAttributes(group)), change.steps);
    }
    case 'remove-group':
      await removeGroup(context, await groupForChange(context, change.id, change.isExpected));
      return undefined;
  }
}
