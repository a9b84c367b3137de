// Puts a removed group back as it was, under the same id, with whoever is still there. Knows the tombstone, not who asked.
import type { ChangeContext } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import { findTombstone, takeTombstone } from '../db/tombstone-store.ts';
import { type GroupRow, lockGroup, lockGroupNamed } from './group-store.ts';
import { addMemberships, touchGroups } from './membership-store.ts';
import { type RemovedGroup, reinsertGroup, stillThere } from './removed-group-store.ts';
import { followGroup } from './role-mapping.ts';

/**
 * Puts a group back with those members, nested groups and parents that are still in the directory. A group that is back
 * already stays as it is. Refused before anything is written.
 * @throws AppError `group.not_found`, `group.erased`, `group.name_taken`
 */
export async function putBackGroup(context: ChangeContext, id: string): Promise<GroupRow> {
  const { trx, orgId, now } = context;
  const present = await lockGroup(trx, orgId, id);
  if (present) return present;
  const { group, people, nested, parents } = await removedGroup(context, id);
  const namesake = await lockGroupNamed(trx, orgId, group.display_name_norm);
  if (namesake) throw new AppError('group.name_taken', { displayName: group.display_name });

  await takeTombstone(trx, orgId, id, 'Group');
  const back = await reinsertGroup(trx, { ...group, version: group.version + 1, updated_at: now });
  const members = [
    ...(await stillThere(trx, orgId, 'members', people)).map((member) => ({
      id: member,
      kind: 'User' as const,
    })),
    ...(await stillThere(trx, orgId, 'groups', nested)).map((child) => ({
      id: child,
      kind: 'Group' as const,
    })),
  ];
  const added = await addMemberships(trx, orgId, id, members);
  const within = await stillThere(trx, orgId, 'groups', parents);
  for (const parent of within) await addMemberships(trx, orgId, parent, [{ id, kind: 'Group' }]);
  await touchGroups(trx, orgId, within, now);
  const { display_name: displayName } = back;
  await recordChange(
    context,
    { kind: 'group', id },
    { displayName: [null, displayName], members: [[], added] },
    { type: 'group.put_back', data: { displayName } },
    { type: 'group.members_changed', data: { added, removed: [] }, moves: { joined: added, left: [] } },
  );
  await followGroup(context, id, added);
  return back;
}

async function removedGroup({ trx, orgId }: ChangeContext, id: string): Promise<RemovedGroup> {
  const tombstone = await findTombstone(trx, orgId, id);
  if (tombstone?.kind !== 'Group') throw new AppError('group.not_found', { id });
  if (tombstone.document === null) throw new AppError('group.erased', { id });
  return JSON.parse(tombstone.document) as RemovedGroup;
}
