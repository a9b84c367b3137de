// The one door: every write to members and groups comes in here and leaves as one transaction with its history.

import type { MemberRole } from '../../shared/member.ts';
import type { AskedInOrg, ChangeContext, ChangeDeps } from '../audit/change-context.ts';
import { AppError } from '../core/app-error.ts';
import { inTransaction } from '../db/transaction.ts';
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
import { blockMember, deactivateMember, reactivateMember, unblockMember } from '../members/advance-member.ts';
import {
  type MemberOutcome,
  memberAttributes,
  memberForChange,
  refuseClash,
  rewriteMember,
} from '../members/change-member.ts';
import { changeRole } from '../members/change-role.ts';
import { protectLastOwner } from '../members/last-owner.ts';
import { memberIdentity, memberName } from '../members/member-identity.ts';
import { lockMembersLike, type MemberRow } from '../members/member-store.ts';
import { removeMember } from '../members/remove-member.ts';
import type { Attributes } from '../scim/protocol/attribute.ts';
import { findConnection } from './connection-store.ts';
import { provisionMember } from './provision-member.ts';

/** Where a change comes from: its tenant, who acts, in which request, and through which connection (null: none). */
export interface ChangeSource extends AskedInOrg {
  readonly connectionId: string | null;
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
  | { readonly kind: 'block-member'; readonly id: string; readonly reason: string | null }
  | { readonly kind: 'unblock-member' | 'deactivate-member' | 'reactivate-member'; readonly id: string }
  | { readonly kind: 'change-role'; readonly id: string; readonly role: MemberRole }
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
  deps: ChangeDeps,
  source: ChangeSource,
  change: Change,
): Promise<DirectoryOutcome<Change['kind']>> {
  return inTransaction(deps.db, async (trx) => {
    const context: ChangeContext = { ...source, trx, secret: deps.secret, now: deps.now() };
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
    case 'block-member':
      await blockMember(context, await memberForChange(context, change.id), change.reason);
      return undefined;
    case 'unblock-member':
      await unblockMember(context, await memberForChange(context, change.id));
      return undefined;
    case 'deactivate-member':
      await deactivateMember(context, await unmanagedMember(context, change.id));
      return undefined;
    case 'reactivate-member':
      await reactivateMember(context, await unmanagedMember(context, change.id));
      return undefined;
    case 'change-role': {
      const member = await memberForChange(context, change.id);
      if (change.role !== 'owner') await protectLastOwner(context, member, memberAttributes(member));
      await changeRole(context, member, change.role, 'hand');
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

/**
 * The member of this id, locked, whom no identity provider manages: what the directory says of the others is not for a
 * person to change.
 * @throws AppError `member.not_found`, `member.managed`
 */
async function unmanagedMember(context: ChangeContext, id: string): Promise<MemberRow> {
  const member = await memberForChange(context, id);
  if (member.connection_id === null) return member;
  const connection = await findConnection(context.trx, member.connection_id);
  const name = memberName(memberAttributes(member));
  throw new AppError('member.managed', { name, connection: connection?.name ?? 'its identity provider' });
}
