// Who is in a group: steps carried out as rows, so that one more member costs the same in a group of any size.

import type { ChangeContext } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import type { NewGroup } from './group-store.ts';
import {
  addMemberships,
  lockKnownIds,
  type Membership,
  membershipIds,
  membershipsAfter,
  removeAllMemberships,
  removeMemberships,
} from './membership-store.ts';
import { followGroup } from './role-mapping.ts';

/** One thing to do to a group's members. Ids may repeat and may be there (or gone) already. */
export type MembershipStep =
  | { readonly op: 'add' | 'remove' | 'replace'; readonly ids: readonly string[] }
  | { readonly op: 'remove-all' }
  | { readonly op: 'remove-where'; readonly matches: (membership: Membership) => boolean };

/**
 * Carries the steps out in order and tells the history what came of them together. Roles that the group gives follow.
 * @returns whether anything changed
 * @throws AppError `group.unknown_members`
 */
export async function changeMemberships(
  context: ChangeContext,
  group: Pick<NewGroup, 'id' | 'display_name'>,
  steps: readonly MembershipStep[],
): Promise<boolean> {
  const added = new Set<string>();
  const removed = new Set<string>();
  for (const step of steps) {
    const result = await carryOut(context, group, step);
    for (const id of result.removed) if (!added.delete(id)) removed.add(id);
    for (const id of result.added) if (!removed.delete(id)) added.add(id);
  }
  if (added.size === 0 && removed.size === 0) return false;
  const data = { added: [...added], removed: [...removed] };
  await recordChange(
    context,
    { kind: 'group', id: group.id },
    { members: [data.removed, data.added] },
    { type: 'group.members_changed', data, moves: { joined: data.added, left: data.removed } },
  );
  await followGroup(context, group.id, [...added, ...removed]);
  return true;
}

interface StepResult {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

async function carryOut(
  context: ChangeContext,
  group: Pick<NewGroup, 'id' | 'display_name'>,
  step: MembershipStep,
): Promise<StepResult> {
  const { trx, orgId } = context;
  switch (step.op) {
    case 'add':
      return { added: await add(context, group, step.ids), removed: [] };
    case 'remove':
      return { added: [], removed: await removeMemberships(trx, orgId, group.id, [...new Set(step.ids)]) };
    case 'remove-all':
      return { added: [], removed: await removeAllMemberships(trx, orgId, group.id) };
    case 'remove-where': {
      const matching = (await allMemberships(context, group.id))
        .filter(step.matches)
        .map((membership) => membership.id);
      return { added: [], removed: await removeMemberships(trx, orgId, group.id, matching) };
    }
    case 'replace': {
      const wanted = new Set(step.ids);
      const present = new Set(await membershipIds(trx, orgId, group.id));
      const surplus = [...present].filter((id) => !wanted.has(id));
      const missing = [...wanted].filter((id) => !present.has(id));
      const removed = await removeMemberships(trx, orgId, group.id, surplus);
      return { added: await add(context, group, missing), removed };
    }
  }
}

async function add(
  context: ChangeContext,
  group: Pick<NewGroup, 'id' | 'display_name'>,
  ids: readonly string[],
): Promise<readonly string[]> {
  const wanted = [...new Set(ids)];
  const known = await lockKnownIds(context.trx, context.orgId, context.connectionId ?? '', wanted);
  const unknown = wanted.filter((id) => !known.has(id));
  if (unknown.length > 0) {
    throw new AppError('group.unknown_members', { displayName: group.display_name, ids: unknown });
  }
  const members = [...known].map(([id, kind]) => ({ id, kind }));
  return addMemberships(context.trx, context.orgId, group.id, members);
}

async function allMemberships(context: ChangeContext, groupId: string): Promise<readonly Membership[]> {
  const all: Membership[] = [];
  for (;;) {
    const page = await membershipsAfter(context.trx, context.orgId, groupId, all.at(-1)?.id ?? '', 1000);
    all.push(...page);
    if (page.length < 1000) return all;
  }
}
