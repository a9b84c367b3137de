// A removed member as the tombstone keeps them, and their rows when they are put back. Decides nothing.
import type { Expression } from 'kysely';
import type { Db } from '../db/database.ts';
import type { MemberRow } from './member-store.ts';

/** Everything that it takes to put somebody back. Sessions and pending invitations are not among it: they ended. */
export interface RemovedMember {
  readonly member: Omit<MemberRow, 'seq'>;
  /** The ids of the groups that they were in. */
  readonly groups: readonly string[];
}

/** Writes the row again; a connection that has been deleted meanwhile manages nobody. */
export async function reinsertMember(trx: Db, member: Omit<MemberRow, 'seq'>): Promise<MemberRow> {
  return trx
    .insertInto('members')
    .values((from) => ({
      ...member,
      connection_id: from
        .selectFrom('connections')
        .select('id')
        .where('org_id', '=', member.org_id)
        .where('id', '=', member.connection_id) as unknown as Expression<string | null>,
    }))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Puts a member back into those of the groups that are still there, which thereby change; says how many these are. */
export async function rejoinGroups(
  trx: Db,
  member: { readonly orgId: string; readonly id: string },
  groupIds: readonly string[],
  now: number,
): Promise<number> {
  let rejoined = 0;
  for (let start = 0; start < groupIds.length; start += 500) {
    const ids = groupIds.slice(start, start + 500);
    const there = await trx
      .updateTable('groups')
      .set((set) => ({ version: set('version', '+', 1), updated_at: now }))
      .where('org_id', '=', member.orgId)
      .where('id', 'in', ids)
      .returning('id')
      .execute();
    if (there.length === 0) continue;
    rejoined += there.length;
    await trx
      .insertInto('group_members')
      .values(
        there.map(({ id }) => ({
          org_id: member.orgId,
          group_id: id,
          member_id: member.id,
          kind: 'User' as const,
        })),
      )
      .execute();
  }
  return rejoined;
}
