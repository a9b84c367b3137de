// Who is in which group, as rows: add, remove, list. Decides nothing.
import type { Db } from '../db/database.ts';
import { lockAgainstRemoval } from '../db/locks.ts';
import { prepare } from '../db/prepared.ts';
import { rowCount } from '../db/row-count.ts';

/** One entry of a group as a client reads it. */
export interface Membership {
  readonly id: string;
  readonly kind: 'User' | 'Group';
  readonly display: string;
}

/** A group that a member is in. */
export interface MembersGroup {
  readonly member_id: string;
  readonly group_id: string;
  readonly display_name: string;
}

/** SQLite binds at most 32,766 parameters; PostgreSQL 65,535. */
const chunk = 500;

const addOne = prepare<{ org: string; group: string; member: string; kind: 'User' | 'Group' }, unknown>(
  (db, p) =>
    db
      .insertInto('group_members')
      .values({ org_id: p('org'), group_id: p('group'), member_id: p('member'), kind: p('kind') })
      .onConflict((conflict) => conflict.doNothing()),
);
const removeOne = prepare<{ org: string; group: string; member: string }, unknown>((db, p) =>
  db
    .deleteFrom('group_members')
    .where('org_id', '=', p('org'))
    .where('group_id', '=', p('group'))
    .where('member_id', '=', p('member')),
);

/** Puts members into a group and returns the ids that were not in it before. */
export async function addMemberships(
  trx: Db,
  orgId: string,
  groupId: string,
  members: readonly { readonly id: string; readonly kind: 'User' | 'Group' }[],
): Promise<readonly string[]> {
  const added: string[] = [];
  for (const { id, kind } of members) {
    if ((await addOne.run(trx, { org: orgId, group: groupId, member: id, kind })) > 0) added.push(id);
  }
  return added;
}

/** Takes members out of a group and returns the ids that were in it. */
export async function removeMemberships(
  trx: Db,
  orgId: string,
  groupId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const removed: string[] = [];
  for (const id of ids) {
    if ((await removeOne.run(trx, { org: orgId, group: groupId, member: id })) > 0) removed.push(id);
  }
  return removed;
}

/** Takes everybody out of a group and returns who was in it. */
export async function removeAllMemberships(
  trx: Db,
  orgId: string,
  groupId: string,
): Promise<readonly string[]> {
  const ids = await membershipIds(trx, orgId, groupId);
  await trx.deleteFrom('group_members').where('org_id', '=', orgId).where('group_id', '=', groupId).execute();
  return ids;
}

const ids = prepare<{ org: string; group: string }, { member_id: string }>((db, p) =>
  db
    .selectFrom('group_members')
    .select('member_id')
    .where('org_id', '=', p('org'))
    .where('group_id', '=', p('group')),
);

/** The ids of everybody in a group. */
export async function membershipIds(db: Db, orgId: string, groupId: string): Promise<readonly string[]> {
  return (await ids.all(db, { org: orgId, group: groupId })).map((row) => row.member_id);
}

const membershipPage = prepare<{ org: string; group: string; after: string; limit: number }, Membership>(
  (db, p) =>
    db
      .selectFrom('group_members as gm')
      .leftJoin('members as m', (join) =>
        join.onRef('m.org_id', '=', 'gm.org_id').onRef('m.id', '=', 'gm.member_id'),
      )
      .leftJoin('groups as g', (join) =>
        join.onRef('g.org_id', '=', 'gm.org_id').onRef('g.id', '=', 'gm.member_id'),
      )
      .select((select) => [
        'gm.member_id as id',
        'gm.kind as kind',
        select.fn.coalesce('m.user_name', 'g.display_name').$castTo<string>().as('display'),
      ])
      .where('gm.org_id', '=', p('org'))
      .where('gm.group_id', '=', p('group'))
      .where('gm.member_id', '>', p('after'))
      .orderBy('gm.member_id')
      .limit(rowCount(p('limit'))),
);

/** A run of a group's members by id, after the id `after` ('' to begin): a large group is read in slices. */
export function membershipsAfter(
  db: Db,
  orgId: string,
  groupId: string,
  after: string,
  limit: number,
): Promise<readonly Membership[]> {
  return membershipPage.all(db, { org: orgId, group: groupId, after, limit });
}

/** Of these ids, those that exist and are visible to the connection, with what they are; kept from being removed. */
export async function lockKnownIds(
  trx: Db,
  orgId: string,
  connectionId: string,
  wanted: readonly string[],
): Promise<ReadonlyMap<string, 'User' | 'Group'>> {
  const known = new Map<string, 'User' | 'Group'>();
  for (const [table, kind] of [
    ['members', 'User'],
    ['groups', 'Group'],
  ] as const) {
    const open = wanted.filter((id) => !known.has(id));
    for (let start = 0; start < open.length; start += chunk) {
      const rows = await trx
        .selectFrom(table)
        .select('id')
        .where('org_id', '=', orgId)
        .where('id', 'in', open.slice(start, start + chunk))
        .where((where) =>
          where.or([where('connection_id', 'is', null), where('connection_id', '=', connectionId)]),
        )
        .orderBy('id')
        .$call(lockAgainstRemoval(trx))
        .execute();
      for (const row of rows) known.set(row.id, kind);
    }
  }
  return known;
}

const groupsWithMember = (db: Db) =>
  db
    .selectFrom('group_members as gm')
    .innerJoin('groups as g', (join) =>
      join.onRef('g.org_id', '=', 'gm.org_id').onRef('g.id', '=', 'gm.group_id'),
    )
    .select(['gm.member_id', 'gm.group_id', 'g.display_name']);

const groupsOfOne = prepare<{ org: string; member: string; connection: string }, MembersGroup>((db, p) =>
  groupsWithMember(db)
    .where('gm.org_id', '=', p('org'))
    .where('gm.member_id', '=', p('member'))
    .where((where) =>
      where.or([where('g.connection_id', 'is', null), where('g.connection_id', '=', p('connection'))]),
    )
    .orderBy('gm.group_id'),
);

/** The groups that some members are in, as far as the connection sees them, the oldest group first. */
export async function groupsOfMembers(
  db: Db,
  orgId: string,
  connectionId: string,
  memberIds: readonly string[],
): Promise<readonly MembersGroup[]> {
  const [only] = memberIds;
  if (only === undefined) return [];
  if (memberIds.length === 1)
    return groupsOfOne.all(db, { org: orgId, member: only, connection: connectionId });
  const rows = await groupsWithMember(db)
    .where('gm.org_id', '=', orgId)
    .where('gm.member_id', 'in', memberIds)
    .where((where) =>
      where.or([where('g.connection_id', 'is', null), where('g.connection_id', '=', connectionId)]),
    )
    .execute();
  // Sorted here: asked for an order, SQLite walks every group instead of looking these members up.
  return rows.sort((a, b) => (a.group_id < b.group_id ? -1 : 1));
}

/** Every group that some members are in, whoever manages it, the oldest group first. */
export async function allGroupsOfMembers(
  db: Db,
  orgId: string,
  memberIds: readonly string[],
): Promise<readonly MembersGroup[]> {
  if (memberIds.length === 0) return [];
  const rows = await groupsWithMember(db)
    .where('gm.org_id', '=', orgId)
    .where('gm.member_id', 'in', memberIds)
    .execute();
  return rows.sort((a, b) => (a.group_id < b.group_id ? -1 : 1));
}

const groupsOf = prepare<{ org: string; member: string }, { group_id: string }>((db, p) =>
  db
    .selectFrom('group_members')
    .select('group_id')
    .where('org_id', '=', p('org'))
    .where('member_id', '=', p('member'))
    .orderBy('group_id'),
);

/**
 * Marks every group that a locked member (or nested group) is in as changed, takes it out of them, and says which they
 * were. Row by row: told to delete by member, SQLite walks every membership of the org.
 */
export async function leaveAllGroups(
  trx: Db,
  orgId: string,
  memberId: string,
  now: number,
): Promise<readonly string[]> {
  const groupIds = (await groupsOf.all(trx, { org: orgId, member: memberId })).map((row) => row.group_id);
  for (const group of groupIds) await removeOne.run(trx, { org: orgId, group, member: memberId });
  await touchGroups(trx, orgId, groupIds, now);
  return groupIds;
}

/** Marks groups as changed. */
export async function touchGroups(
  trx: Db,
  orgId: string,
  groupIds: readonly string[],
  now: number,
): Promise<void> {
  for (let start = 0; start < groupIds.length; start += chunk) {
    await trx
      .updateTable('groups')
      .set((set) => ({ version: set('version', '+', 1), updated_at: now }))
      .where('org_id', '=', orgId)
      .where('id', 'in', groupIds.slice(start, start + chunk))
      .execute();
  }
}
