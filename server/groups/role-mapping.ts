// Roles by groups: whoever's role was not given by hand has that of the first mapped group they are directly in, else
// that of a plain member. Keeps it so whenever groups or mappings change. Knows no route.
import type { RoleMappingPreview, RoleMappings, RoleMove } from '../../shared/role-mappings.ts';
import { type AskedInOrg, type ChangeContext, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import type { Database, Db } from '../db/database.ts';
import { memberAttributes } from '../members/change-member.ts';
import { changeRole } from '../members/change-role.ts';
import { protectLastOwner } from '../members/last-owner.ts';
import { membersInOrder } from '../members/list-members.ts';
import { findMember } from '../members/member-store.ts';
import { personOf } from '../members/person-of.ts';
import { lockGroup } from './group-store.ts';
import {
  countAbleOwners,
  isMapped,
  listRoleMappings,
  lockFollowers,
  movesUnder,
  peopleAfter,
  type RoleByGroup,
  replaceRoleMappings,
  rolesByGroups,
} from './role-mapping-store.ts';

/** What came of giving people the roles of their groups; `kept` is who stays an owner because there is no other. */
export interface RolesGiven {
  readonly changed: number;
  readonly kept: readonly string[];
}

/** So many people are looked at together. */
const slice = 500;

/** The role of whoever is in no mapped group. */
const roleByNoGroup: RoleByGroup = { role: 'member', group: undefined };

/** The role that somebody's groups give them. */
export async function roleByGroups(trx: Db, orgId: string, memberId: string): Promise<RoleByGroup> {
  return (await rolesByGroups(trx, orgId, [memberId])).get(memberId) ?? roleByNoGroup;
}

/**
 * Gives these people the roles of their groups, where a hand gave none. They are locked before their groups are read,
 * so that two groups that change at the same moment cannot each believe in the other. Nobody takes the last owner's role.
 */
export async function applyRoleMappings(
  context: ChangeContext,
  memberIds: readonly string[],
): Promise<RolesGiven> {
  const { trx, orgId } = context;
  const moves: { readonly id: string; readonly to: RoleByGroup }[] = [];
  for (let start = 0; start < memberIds.length; start += slice) {
    const ids = memberIds.slice(start, start + slice);
    const followers = await lockFollowers(trx, orgId, ids);
    const roles = await rolesByGroups(trx, orgId, ids);
    for (const { id, role } of followers) {
      const to = roles.get(id) ?? roleByNoGroup;
      if (role !== to.role) moves.push({ id, to });
    }
  }
  // New owners first: then an owner who goes is less often the last one.
  moves.sort((a, b) => Number(b.to.role === 'owner') - Number(a.to.role === 'owner'));
  const kept: string[] = [];
  for (const { id, to } of moves) if (!(await give(context, id, to))) kept.push(id);
  return { changed: moves.length - kept.length, kept };
}

/** After a group's members changed: their roles, if the group has a say in them. */
export async function followGroup(
  context: ChangeContext,
  groupId: string,
  memberIds: readonly string[],
): Promise<void> {
  if (await isMapped(context.trx, context.orgId, groupId)) await applyRoleMappings(context, memberIds);
}

/** Gives one of those who are locked the role, unless they are the last owner. */
async function give(context: ChangeContext, id: string, to: RoleByGroup): Promise<boolean> {
  const member = await findMember(context.trx, context.orgId, id);
  if (!member) return true;
  try {
    if (to.role !== 'owner') await protectLastOwner(context, member, memberAttributes(member));
  } catch (error) {
    if (error instanceof AppError && error.code === 'member.last_owner') return false;
    throw error;
  }
  await changeRole(context, member, to.role, to);
  return true;
}

/**
 * Makes these the mappings of the org, in the order of their priority, and gives everybody the role that follows, in one
 * transaction. The groups are locked, so that nobody joins one unseen meanwhile.
 * @throws AppError `group.not_found`, `database.busy`
 */
export function changeRoleMappings(
  deps: ChangeDeps,
  asked: AskedInOrg,
  mappings: RoleMappings,
): Promise<RolesGiven> {
  return inChange(deps, asked, async (context) => {
    const { trx, orgId } = context;
    const before = (await listRoleMappings(trx, orgId)).map(({ groupId, role }) => ({ groupId, role }));
    const touched = new Set([...before, ...mappings].map(({ groupId }) => groupId));
    for (const id of [...touched].sort()) {
      if (!(await lockGroup(trx, orgId, id))) throw new AppError('group.not_found', { id });
    }
    if (isSame(before, mappings)) return { changed: 0, kept: [] };
    await replaceRoleMappings(trx, orgId, mappings);
    let changed = 0;
    const kept = new Set<string>();
    for (const groupId of touched) {
      for (let after: string | undefined = ''; after !== undefined; ) {
        const people: readonly string[] = await peopleAfter(trx, orgId, groupId, after, slice);
        const given = await applyRoleMappings(context, people);
        changed += given.changed;
        for (const id of given.kept) kept.add(id);
        after = people.length < slice ? undefined : people.at(-1);
      }
    }
    // Whoever was the last owner then need not be now.
    const again = await applyRoleMappings(context, [...kept]);
    changed += again.changed;
    await recordChange(
      context,
      { kind: 'org', id: orgId },
      { roleMappings: [before, mappings] },
      { type: 'org.role_mappings_changed', data: { rolesChanged: changed } },
    );
    return { changed, kept: again.kept };
  });
}

function isSame(before: RoleMappings, after: RoleMappings): boolean {
  return (
    before.length === after.length &&
    before.every(({ groupId, role }, n) => groupId === after[n]?.groupId && role === after[n]?.role)
  );
}

/** How many people of each way that roles would go are named. */
const named = 20;

/** What these mappings would do to people's roles; nothing is changed. */
export async function previewRoleMappings(
  { database }: { readonly database: Database },
  orgId: string,
  mappings: RoleMappings,
): Promise<RoleMappingPreview> {
  const rows = await movesUnder(database.scans, orgId, mappings, named);
  const people = new Map(
    (
      await membersInOrder(
        database.db,
        orgId,
        rows.map(({ id }) => id),
      )
    ).map((member) => [member.id, personOf(member).name]),
  );
  const moves = new Map<string, RoleMove>();
  let owners = await countAbleOwners(database.db, orgId);
  for (const { id, was, becomes, people: count, able } of rows) {
    const key = `${was} ${becomes}`;
    const known = moves.get(key);
    if (known === undefined && was === 'owner') owners -= Number(able);
    if (known === undefined && becomes === 'owner') owners += Number(able);
    const first = [...(known?.first ?? []), { id, name: people.get(id) ?? id }];
    moves.set(key, { from: was, to: becomes, people: Number(count), first });
  }
  return { moves: [...moves.values()], anOwnerStays: owners <= 0 };
}
