// The rows that give groups roles, and who has which role by them. Decides nothing.
import { sql } from 'kysely';
import type { MemberRole } from '../../shared/member.ts';
import type { RoleMappings } from '../../shared/role-mappings.ts';
import type { Db } from '../db/database.ts';
import { lockAgainstChange } from '../db/locks.ts';
import { prepare, runCompiled } from '../db/prepared.ts';
import { rowCount } from '../db/row-count.ts';

/** A mapping as people see it. */
export interface NamedMapping {
  readonly groupId: string;
  readonly groupName: string;
  readonly role: MemberRole;
}

/** The mappings in the order of their priority; that of a removed group waits until the group is put back. */
export function listRoleMappings(db: Db, orgId: string): Promise<readonly NamedMapping[]> {
  return db
    .selectFrom('role_mappings as m')
    .innerJoin('groups as g', (join) =>
      join.onRef('g.org_id', '=', 'm.org_id').onRef('g.id', '=', 'm.group_id'),
    )
    .select(['m.group_id as groupId', 'g.display_name as groupName', 'm.role'])
    .where('m.org_id', '=', orgId)
    .orderBy('m.priority')
    .execute();
}

/** Makes these the mappings of the org. */
export async function replaceRoleMappings(trx: Db, orgId: string, mappings: RoleMappings): Promise<void> {
  await trx.deleteFrom('role_mappings').where('org_id', '=', orgId).execute();
  if (mappings.length === 0) return;
  const rows = mappings.map(({ groupId, role }, priority) => ({
    org_id: orgId,
    group_id: groupId,
    role,
    priority,
  }));
  await trx.insertInto('role_mappings').values(rows).execute();
}

const mapping = prepare<{ org: string; group: string }, { role: MemberRole }>((db, p) =>
  db
    .selectFrom('role_mappings')
    .select('role')
    .where('org_id', '=', p('org'))
    .where('group_id', '=', p('group')),
);

/** Whether a group gives its members a role. */
export async function isMapped(trx: Db, orgId: string, groupId: string): Promise<boolean> {
  return (await mapping.first(trx, { org: orgId, group: groupId })) !== undefined;
}

const peoplePage = prepare<
  { org: string; group: string; after: string; limit: number },
  { member_id: string }
>((db, p) =>
  db
    .selectFrom('group_members')
    .select('member_id')
    .where('org_id', '=', p('org'))
    .where('group_id', '=', p('group'))
    .where('member_id', '>', p('after'))
    .where('kind', '=', 'User')
    .orderBy('member_id')
    .limit(rowCount(p('limit'))),
);

/** A run of the people of a group by id, after the id `after` ('' to begin). */
export async function peopleAfter(
  trx: Db,
  orgId: string,
  groupId: string,
  after: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await peoplePage.all(trx, { org: orgId, group: groupId, after, limit });
  return rows.map((row) => row.member_id);
}

/** Of these people, those whose role follows their groups, with the role they have; locked until the transaction ends. */
export function lockFollowers(
  trx: Db,
  orgId: string,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly role: MemberRole }[]> {
  return trx
    .selectFrom('members')
    .select(['id', 'role'])
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .where('role_by_hand', '=', 0)
    .orderBy('id')
    .$call(lockAgainstChange(trx))
    .execute();
}

/** A role, and the name of the group that gives it. */
export interface RoleByGroup {
  readonly role: MemberRole;
  readonly group: string | undefined;
}

/** The role that each of these people has by their groups; who is in no mapped group is not there. */
export async function rolesByGroups(
  trx: Db,
  orgId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RoleByGroup>> {
  const rows = await trx
    .selectFrom('role_mappings as m')
    .innerJoin('group_members as gm', (join) =>
      join.onRef('gm.org_id', '=', 'm.org_id').onRef('gm.group_id', '=', 'm.group_id'),
    )
    .innerJoin('groups as g', (join) =>
      join.onRef('g.org_id', '=', 'm.org_id').onRef('g.id', '=', 'm.group_id'),
    )
    .select(['gm.member_id', 'm.role', 'g.display_name as group'])
    .where('m.org_id', '=', orgId)
    .where('gm.member_id', 'in', ids)
    .orderBy('m.priority', 'desc')
    .execute();
  return new Map(rows.map(({ member_id, ...given }) => [member_id, given]));
}

/** How many owners can act. */
export async function countAbleOwners(db: Db, orgId: string): Promise<number> {
  const row = await db
    .selectFrom('members')
    .select((select) => select.fn.countAll<number>().as('n'))
    .where('org_id', '=', orgId)
    // Spelt out, so that SQLite sees that the index of the owners will do.
    .where('role', '=', sql.lit('owner'))
    .where('active', '=', 1)
    .where('blocked_at', 'is', null)
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

/** One of the people who would get another role, with how many would go the same way, and of those how many can act. */
export interface MoveRow {
  readonly id: string;
  readonly was: MemberRole;
  readonly becomes: MemberRole;
  readonly people: number;
  readonly able: number;
}

/** The first `most` people of each way that roles would go if these were the mappings, the oldest members first. */
export async function movesUnder(
  reader: Db,
  orgId: string,
  mappings: RoleMappings,
  most: number,
): Promise<readonly MoveRow[]> {
  const rows = mappings.map(
    ({ groupId, role }, priority) =>
      sql`select cast(${groupId} as text), cast(${role} as text), cast(${priority} as integer)`,
  );
  const none = sql`select cast(null as text), cast(null as text), 0 where 1 = 0`;
  const query = sql<MoveRow>`
    with mapping (group_id, role, priority) as (${sql.join([none, ...rows], sql` union all `)}),
    future as materialized (
      select member_id, role from (
        select gm.member_id, m.role, row_number() over (partition by gm.member_id order by m.priority) as n
        from mapping as m
        join group_members as gm on gm.org_id = ${orgId} and gm.group_id = m.group_id and gm.kind = 'User'
      ) as ranked where n = 1
    ),
    move as (
      select r.id, r.seq, r.role as was, f.role as becomes, r.active, r.blocked_at
      from future as f join members as r on r.org_id = ${orgId} and r.id = f.member_id
      where r.role_by_hand = 0 and r.role <> f.role
      union all
      select r.id, r.seq, r.role as was, 'member' as becomes, r.active, r.blocked_at
      from members as r
      where r.org_id = ${orgId} and r.role <> 'member' and r.role_by_hand = 0
        and not exists (select 1 from future as f where f.member_id = r.id)
    )
    select id, was, becomes, people, able from (
      select id, seq, was, becomes,
        row_number() over (partition by was, becomes order by seq) as n,
        count(*) over (partition by was, becomes) as people,
        sum(case when active = 1 and blocked_at is null then 1 else 0 end) over (partition by was, becomes) as able
      from move
    ) as numbered where n <= ${sql.lit(most)} order by was, becomes, seq`;
  return runCompiled(reader, query.compile(reader), {});
}
