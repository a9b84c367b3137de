// What each change of a person does to their row: who they were before, who they are after. Knows no seat, no safeguard.
import type { MemberRole } from '../../shared/member.ts';
import type { ChangeContext } from '../audit/change-context.ts';
import { mayChange } from '../auth/access-policy.ts';
import { AppError } from '../core/app-error.ts';
import { leaveAllGroups } from '../groups/membership-store.ts';
import { applyRoleMappings, roleByGroups } from '../groups/role-mapping.ts';
import { addMember, type Standing } from '../members/add-member.ts';
import { blockMember, deactivateMember, reactivateMember, unblockMember } from '../members/advance-member.ts';
import {
  type MemberMove,
  memberAttributes,
  memberForChange,
  refuseClash,
  rewriteMember,
} from '../members/change-member.ts';
import { changeRole } from '../members/change-role.ts';
import { protectLastOwner } from '../members/last-owner.ts';
import { memberIdentity, memberName } from '../members/member-identity.ts';
import { lockMembersLike, type MemberRow, type NewMember } from '../members/member-store.ts';
import { putBackMember } from '../members/put-back-member.ts';
import { removeMember } from '../members/remove-member.ts';
import type { Attributes } from '../scim/protocol/attribute.ts';
import { findConnection } from './connection-store.ts';
import { provisionMember } from './provision-member.ts';

/** New attributes from old ones: pure, since it may run again; the same reference back means "nothing to do". */
export type Edit = (current: Attributes) => Attributes;

export interface Targeted {
  readonly id: string;
  /** Whether the version found is the one that the caller based the change on (`If-Match`). */
  readonly isExpected: (version: number) => boolean;
}

/** Everything that can be asked about a person. Attributes are validated SCIM attributes. */
export type MemberChange =
  | { readonly kind: 'provision-member'; readonly attributes: Attributes }
  | { readonly kind: 'add-member-by-hand'; readonly attributes: Attributes; readonly standing: Standing }
  | ({ readonly kind: 'edit-member'; readonly edit: Edit } & Targeted)
  | { readonly kind: 'edit-member-by-hand'; readonly id: string; readonly edit: Edit }
  | ({ readonly kind: 'remove-member' } & Targeted)
  | { readonly kind: 'put-back-member'; readonly id: string }
  | { readonly kind: 'block-member'; readonly id: string; readonly reason: string | null }
  | { readonly kind: 'unblock-member' | 'deactivate-member' | 'reactivate-member'; readonly id: string }
  | { readonly kind: 'change-role'; readonly id: string; readonly role: MemberRole | 'by-groups' };

/**
 * Carries one change out; `actingRole` is the role of the person who asks, if a person does.
 * @throws AppError `member.*`, `resource.changed`; whatever the edit throws
 */
export async function moveMember(
  context: ChangeContext,
  change: MemberChange,
  actingRole?: MemberRole,
): Promise<MemberMove> {
  const move = await carryOut(context, change);
  for (const role of [move.before?.role, move.after?.role]) {
    if (actingRole !== undefined && role !== undefined && !mayChange({ role: actingRole }, role))
      throw new AppError('member.owners_only', {});
  }
  return move;
}

async function carryOut(context: ChangeContext, change: MemberChange): Promise<MemberMove> {
  switch (change.kind) {
    case 'provision-member':
      return provisionMember(context, change.attributes);
    case 'add-member-by-hand': {
      const identity = memberIdentity(change.attributes);
      const like = await lockMembersLike(context.trx, context.orgId, { ...identity, connectionId: '' });
      refuseClash(like, identity);
      const after = await addMember(context, change.attributes, change.standing);
      return { before: undefined, after, outcome: 'created', changed: Object.keys(change.attributes) };
    }
    case 'edit-member': {
      const before = await memberForChange(context, change.id, change.isExpected);
      return rewriteMember(context, before, change.edit(memberAttributes(before)));
    }
    case 'edit-member-by-hand': {
      const before = await unmanagedMember(context, change.id);
      return rewriteMember(context, before, change.edit(memberAttributes(before)));
    }
    case 'remove-member': {
      const before = await memberForChange(context, change.id, change.isExpected);
      await refuseManaged(context, before);
      const groups = await leaveAllGroups(context.trx, context.orgId, before.id, context.now);
      await removeMember(context, before, groups);
      return { before, after: undefined, outcome: 'removed', changed: [] };
    }
    case 'block-member': {
      const before = await memberForChange(context, change.id);
      return moved(before, await blockMember(context, before, change.reason), 'blocked');
    }
    case 'unblock-member': {
      const before = await memberForChange(context, change.id);
      return moved(before, await unblockMember(context, before), 'unblocked');
    }
    case 'deactivate-member': {
      const before = await unmanagedMember(context, change.id);
      return moved(before, await deactivateMember(context, before), 'deactivated');
    }
    case 'reactivate-member': {
      const before = await unmanagedMember(context, change.id);
      return moved(before, await reactivateMember(context, before), 'reactivated');
    }
    case 'change-role': {
      const before = await memberForChange(context, change.id);
      return moved(before, await giveRole(context, before, change.role), 'updated');
    }
    case 'put-back-member':
      return {
        before: undefined,
        after: await putBack(context, change.id),
        outcome: 'put back',
        changed: [],
      };
  }
}

function moved(before: MemberRow, after: NewMember, outcome: MemberMove['outcome']): MemberMove {
  return { before, after, outcome, changed: [] };
}

async function giveRole(
  context: ChangeContext,
  member: MemberRow,
  asked: MemberRole | 'by-groups',
): Promise<NewMember> {
  const given =
    asked === 'by-groups' ? await roleByGroups(context.trx, context.orgId, member.id) : { role: asked };
  if (given.role !== 'owner') await protectLastOwner(context, member, memberAttributes(member));
  return changeRole(context, member, given.role, 'group' in given ? given : 'hand');
}

/** Puts somebody back with the role that their groups give them by now, where a hand gave none. */
async function putBack(context: ChangeContext, id: string): Promise<NewMember> {
  const back = await putBackMember(context, id);
  const { changed } = await applyRoleMappings(context, [id]);
  return changed === 0 ? back : memberForChange(context, id);
}

/** @throws AppError `member.not_found`, `member.managed` */
async function unmanagedMember(context: ChangeContext, id: string): Promise<MemberRow> {
  const member = await memberForChange(context, id);
  await refuseManaged(context, member);
  return member;
}

/** What an identity provider says of somebody is not for a person to change; role and block are. */
async function refuseManaged(context: ChangeContext, member: MemberRow): Promise<void> {
  if (context.connectionId !== null || member.connection_id === null) return;
  const connection = await findConnection(context.trx, member.connection_id);
  const name = memberName(memberAttributes(member));
  throw new AppError('member.managed', { name, connection: connection?.name ?? 'its identity provider' });
}
