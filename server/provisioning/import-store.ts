// Whom and which groups the lines of an import are about, found many at a time. Reads only.
import type { Db } from '../db/database.ts';
import type { GroupRow } from '../groups/group-store.ts';
import type { MemberRow } from '../members/member-store.ts';

/** SQLite binds at most 32,766 parameters; PostgreSQL 65,535. */
const chunk = 500;

/** The members who have one of these addresses (folded), as their own or as their user name, by each of the two. */
export async function membersByAddress(
  db: Db,
  orgId: string,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, MemberRow>> {
  const found = new Map<string, MemberRow>();
  // The address itself is looked up last: it counts where a user name says otherwise.
  for (const column of ['user_name_norm', 'email_norm'] as const) {
    for (let start = 0; start < addresses.length; start += chunk) {
      const rows = await db
        .selectFrom('members')
        .selectAll()
        .where('org_id', '=', orgId)
        .where(column, 'in', addresses.slice(start, start + chunk))
        .execute();
      for (const row of rows) found.set(row[column] ?? '', row);
    }
  }
  return found;
}

/** The groups of these names (folded), by name. */
export async function groupsByName(
  db: Db,
  orgId: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, GroupRow>> {
  const found = new Map<string, GroupRow>();
  for (let start = 0; start < names.length; start += chunk) {
    const rows = await db
      .selectFrom('groups')
      .selectAll()
      .where('org_id', '=', orgId)
      .where('display_name_norm', 'in', names.slice(start, start + chunk))
      .execute();
    for (const row of rows) found.set(row.display_name_norm, row);
  }
  return found;
}

/** Of these members, who is in which of these groups, as "group member". */
export async function membershipsAmong(
  db: Db,
  orgId: string,
  groupIds: readonly string[],
  memberIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  if (groupIds.length === 0) return found;
  for (let start = 0; start < memberIds.length; start += chunk) {
    const rows = await db
      .selectFrom('group_members')
      .select(['group_id', 'member_id'])
      .where('org_id', '=', orgId)
      .where('member_id', 'in', memberIds.slice(start, start + chunk))
      .where('group_id', 'in', groupIds)
      .execute();
    for (const row of rows) found.add(`${row.group_id} ${row.member_id}`);
  }
  return found;
}
