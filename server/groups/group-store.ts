// The groups' rows: find, add, change, remove. Decides nothing.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import { lockForUpdate } from '../db/locks.ts';
import { prepare } from '../db/prepared.ts';
import type { GroupTable } from '../db/tables.ts';

export type GroupRow = Selectable<GroupTable>;
export type NewGroup = Omit<GroupRow, 'seq'>;

const byId = prepare<{ org: string; id: string }, GroupRow>((db, p) =>
  db.selectFrom('groups').selectAll().where('org_id', '=', p('org')).where('id', '=', p('id')),
);

export function findGroup(db: Db, orgId: string, id: string): Promise<GroupRow | undefined> {
  return byId.first(db, { org: orgId, id });
}

const byIdLocked = prepare<{ org: string; id: string }, GroupRow>((db, p) =>
  db
    .selectFrom('groups')
    .selectAll()
    .where('org_id', '=', p('org'))
    .where('id', '=', p('id'))
    .$call(lockForUpdate(db)),
);

/** The group, kept from being changed by anybody else until the transaction ends. */
export function lockGroup(trx: Db, orgId: string, id: string): Promise<GroupRow | undefined> {
  return byIdLocked.first(trx, { org: orgId, id });
}

const byName = prepare<{ org: string; name: string }, GroupRow>((db, p) =>
  db
    .selectFrom('groups')
    .selectAll()
    .where('org_id', '=', p('org'))
    .where('display_name_norm', '=', p('name'))
    .$call(lockForUpdate(db)),
);

/** The group of that name (folded), locked. */
export function lockGroupNamed(
  trx: Db,
  orgId: string,
  displayNameNorm: string,
): Promise<GroupRow | undefined> {
  return byName.first(trx, { org: orgId, name: displayNameNorm });
}

/** Of these ids (at most a page of them), the groups there are. */
export function findGroups(db: Db, orgId: string, ids: readonly string[]): Promise<readonly GroupRow[]> {
  return db.selectFrom('groups').selectAll().where('org_id', '=', orgId).where('id', 'in', ids).execute();
}

export async function insertGroup(trx: Db, group: NewGroup): Promise<void> {
  await trx.insertInto('groups').values(group).execute();
}

const update = prepare<NewGroup, unknown>((db, p) =>
  db
    .updateTable('groups')
    .set({
      connection_id: p('connection_id'),
      display_name: p('display_name'),
      display_name_norm: p('display_name_norm'),
      external_id: p('external_id'),
      version: p('version'),
      updated_at: p('updated_at'),
    })
    .where('org_id', '=', p('org_id'))
    .where('id', '=', p('id')),
);

export async function updateGroup(trx: Db, group: NewGroup): Promise<void> {
  await update.run(trx, group);
}

/** Removes the group and its memberships; its place in other groups goes with `leaveAllGroups`. */
export async function deleteGroup(trx: Db, orgId: string, id: string): Promise<void> {
  await trx.deleteFrom('group_members').where('org_id', '=', orgId).where('group_id', '=', id).execute();
  await trx.deleteFrom('groups').where('org_id', '=', orgId).where('id', '=', id).execute();
}

/** Lets go of the groups of a connection, which thereby become unmanaged; says how many there were. */
export async function releaseGroups(trx: Db, orgId: string, connectionId: string): Promise<number> {
  const result = await trx
    .updateTable('groups')
    .set({ connection_id: null })
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** How many groups a connection manages. */
export async function countManagedGroups(db: Db, orgId: string, connectionId: string): Promise<number> {
  const row = await db
    .selectFrom('groups')
    .select((select) => select.fn.countAll<number>().as('n'))
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}
