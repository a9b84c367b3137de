// The groups of members in brief, for a list: the names of the first few and how many there are. Reads only.
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { runCompiled } from '../db/prepared.ts';

/** The first few groups of some members, and how many they are in. */
export interface GroupsInBrief {
  readonly member_id: string;
  readonly names: readonly string[];
  readonly total: number;
}

/** The names of each member's first `most` groups, the oldest group first. */
export async function groupsInBrief(
  db: Db,
  orgId: string,
  memberIds: readonly string[],
  most: number,
): Promise<ReadonlyMap<string, GroupsInBrief>> {
  const briefs = new Map<string, GroupsInBrief>();
  if (memberIds.length === 0) return briefs;
  const query = sql<{ member_id: string; total: number; name: string | null }>`
    select place.member_id as member_id, place.total as total, g.display_name as name
    from (
      select gm.member_id, gm.group_id,
        row_number() over (partition by gm.member_id order by gm.group_id) as n,
        count(*) over (partition by gm.member_id) as total
      from group_members as gm
      where gm.org_id = ${orgId} and gm.member_id in (${sql.join(memberIds)})
    ) as place
    left join groups as g on g.org_id = ${orgId} and g.id = place.group_id
    where place.n <= ${sql.lit(most)} order by place.member_id, place.n`;
  for (const { member_id, total, name } of await runCompiled(db, query.compile(db), {})) {
    const names = [...(briefs.get(member_id)?.names ?? []), ...(name === null ? [] : [name])];
    briefs.set(member_id, { member_id, names, total: Number(total) });
  }
  return briefs;
}
