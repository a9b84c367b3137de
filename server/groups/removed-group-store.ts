// A removed group as the tombstone keeps it, and its rows when it is put back. Decides nothing.
import type { Expression } from 'kysely';
import type { Db } from '../db/database.ts';
import type { GroupRow, NewGroup } from './group-store.ts';

/** Everything that it takes to put a group back, by ids. */
export interface RemovedGroup {
  readonly group: NewGroup;
  readonly people: readonly string[];
  /** The groups within it. */
  readonly nested: readonly string[];
  /** The groups that it was in. */
  readonly parents: readonly string[];
}

/** Who is in a group, people and nested groups apart. */
export async function groupContents(
  trx: Db,
  orgId: string,
  groupId: string,
): Promise<Pick<RemovedGroup, 'people' | 'nested'>> {
  const rows = await trx
    .selectFrom('group_members')
    .select(['member_id', 'kind'])
    .where('org_id', '=', orgId)
    .where('group_id', '=', groupId)
    .execute();
  const ofKind = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.member_id);
  return { people: ofKind('User'), nested: ofKind('Group') };
}

/** Writes the row again; a connection that has been deleted meanwhile manages nothing. */
export async function reinsertGroup(trx: Db, group: NewGroup): Promise<GroupRow> {
  return trx
    .insertInto('groups')
    .values((from) => ({
      ...group,
      connection_id: from
        .selectFrom('connections')
        .select('id')
        .where('org_id', '=', group.org_id)
        .where('id', '=', group.connection_id) as unknown as Expression<string | null>,
    }))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** SQLite binds at most 32,766 parameters; PostgreSQL 65,535. */
const chunk = 500;

/** Of these ids, those that are in the directory. */
export async function stillThere(
  trx: Db,
  orgId: string,
  table: 'members' | 'groups',
  ids: readonly string[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (let start = 0; start < ids.length; start += chunk) {
    const rows = await trx
      .selectFrom(table)
      .select('id')
      .where('org_id', '=', orgId)
      .where('id', 'in', ids.slice(start, start + chunk))
      .execute();
    for (const { id } of rows) found.push(id);
  }
  return found;
}
