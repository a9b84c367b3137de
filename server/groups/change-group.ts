// Writes to groups: add, rename, adopt, change who is in them, remove. One lock per group, so that nothing is lost.

import { type ChangeContext, isManagedElsewhere } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import { newId } from '../core/secrets.ts';
import { addTombstone } from '../db/tombstone-store.ts';
import { attributeChanges } from '../members/attribute-changes.ts';
import { noteDeparture } from '../safeguards/note-departure.ts';
import type { Attributes } from '../scim/protocol/attribute.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';
import { changeMemberships, type MembershipStep } from './change-memberships.ts';
import {
  deleteGroup,
  type GroupRow,
  insertGroup,
  lockGroup,
  lockGroupNamed,
  type NewGroup,
  updateGroup,
} from './group-store.ts';
import { leaveAllGroups } from './membership-store.ts';
import { groupContents, type RemovedGroup } from './removed-group-store.ts';
import { followGroup } from './role-mapping.ts';

/** What became of a group, and which attribute paths changed ("members" stands for the memberships). */
export interface GroupOutcome {
  readonly group: NewGroup;
  readonly outcome: 'created' | 'adopted' | 'updated' | 'unchanged';
  readonly changed: readonly string[];
}

/** A group's own attributes; its members are rows and not among them. */
export function groupAttributes(group: Pick<GroupRow, 'display_name' | 'external_id'>): Attributes {
  return {
    displayName: group.display_name,
    ...(group.external_id === null ? {} : { externalId: group.external_id }),
  };
}

/**
 * The group of this id, locked for the change.
 * @throws AppError `group.not_found` (also when another connection manages it), `resource.changed`
 */
export async function groupForChange(
  context: ChangeContext,
  id: string,
  isExpected: (version: number) => boolean,
): Promise<GroupRow> {
  const group = await lockGroup(context.trx, context.orgId, id);
  if (!group || isManagedElsewhere(context, group)) throw new AppError('group.not_found', { id });
  if (!isExpected(group.version)) throw new AppError('resource.changed', { id });
  return group;
}

/**
 * Adds a group with its members. A group of that name which nobody manages is adopted, members and all.
 * @throws AppError `group.name_taken`, `group.unknown_members`
 */
export async function addGroup(
  context: ChangeContext,
  attributes: Attributes,
  memberIds: readonly string[],
): Promise<GroupOutcome> {
  const displayName = String(attributes.displayName);
  const namesake = await lockGroupNamed(context.trx, context.orgId, foldCase(displayName));
  if (namesake) {
    if (namesake.connection_id !== null || context.connectionId === null) {
      throw new AppError('group.name_taken', { displayName });
    }
    return rewriteGroup(context, namesake, attributes, [{ op: 'replace', ids: memberIds }]);
  }
  const group: NewGroup = {
    org_id: context.orgId,
    id: newId(),
    connection_id: context.connectionId,
    ...columnsOf(attributes),
    version: 1,
    created_at: context.now,
    updated_at: context.now,
  };
  await insertGroup(context.trx, group);
  await recordChange(
    context,
    { kind: 'group', id: group.id },
    { displayName: [null, displayName] },
    { type: 'group.added', data: { displayName } },
  );
  const members = await changeMemberships(context, group, [{ op: 'add', ids: memberIds }]);
  return { group, outcome: 'created', changed: members ? ['displayName', 'members'] : ['displayName'] };
}

/**
 * Gives a locked group new attributes and changes who is in it, step by step. Doing what is done already changes nothing.
 * @throws AppError `group.name_taken`, `group.unknown_members`
 */
export async function rewriteGroup(
  context: ChangeContext,
  group: GroupRow,
  after: Attributes,
  steps: readonly MembershipStep[],
): Promise<GroupOutcome> {
  const changes = attributeChanges(groupAttributes(group), after);
  const adopting = context.connectionId !== null && group.connection_id === null;
  const columns = columnsOf(after);
  if (columns.display_name_norm !== group.display_name_norm) {
    const namesake = await lockGroupNamed(context.trx, context.orgId, columns.display_name_norm);
    if (namesake) throw new AppError('group.name_taken', { displayName: columns.display_name });
  }
  const membersChanged = await changeMemberships(context, group, steps);
  const changed = [...Object.keys(changes), ...(membersChanged ? ['members'] : [])];
  if (changed.length === 0 && !adopting) return { group, outcome: 'unchanged', changed };

  const { seq: _seq, ...row } = group;
  const written: NewGroup = {
    ...row,
    ...columns,
    connection_id: context.connectionId ?? group.connection_id,
    version: group.version + 1,
    updated_at: context.now,
  };
  await updateGroup(context.trx, written);
  if (adopting) {
    const data = { displayName: written.display_name };
    await recordChange(
      context,
      { kind: 'group', id: group.id },
      { ...changes, connection: [null, context.connectionId] },
      { type: 'group.adopted', data },
    );
  } else if (Object.keys(changes).length > 0) {
    await recordChange(context, { kind: 'group', id: group.id }, changes, {
      type: 'group.updated',
      data: { changed: Object.keys(changes) },
    });
  }
  return { group: written, outcome: adopting ? 'adopted' : 'updated', changed };
}

/**
 * Removes a locked group; its members stay in the directory, and a tombstone keeps what brings it back until that is
 * erased.
 */
export async function removeGroup(context: ChangeContext, group: GroupRow): Promise<void> {
  const { seq: _seq, ...row } = group;
  const { display_name: displayName } = row;
  const contents = await groupContents(context.trx, context.orgId, group.id);
  const parents = await leaveAllGroups(context.trx, context.orgId, group.id, context.now);
  const document: RemovedGroup = { group: row, ...contents, parents };
  await noteDeparture(context, { kind: 'group_removed', subjectId: group.id, active: false });
  await deleteGroup(context.trx, context.orgId, group.id);
  await addTombstone(context.trx, {
    org_id: context.orgId,
    id: group.id,
    kind: 'Group',
    connection_id: group.connection_id,
    removed_at: context.now,
    document: JSON.stringify(document),
  });
  await recordChange(
    context,
    { kind: 'group', id: group.id },
    { displayName: [displayName, null] },
    {
      type: 'group.removed',
      data: { displayName },
      moves: { joined: [], left: [...contents.people, ...contents.nested] },
    },
  );
  await followGroup(context, group.id, contents.people);
}

function columnsOf(attributes: Attributes) {
  const displayName = String(attributes.displayName);
  return {
    display_name: displayName,
    display_name_norm: foldCase(displayName),
    external_id: typeof attributes.externalId === 'string' ? attributes.externalId : null,
  };
}
