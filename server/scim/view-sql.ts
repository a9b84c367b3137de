// What a view lets through, as SQL conditions on rows named `r`. Knows tables, no filter and no attribute.
import { sql } from 'kysely';
import type { Fragment } from '../db/json-sql.ts';
import type { ReaderReach } from './view.ts';

/** The parameters that the conditions use. */
interface ViewParams {
  readonly org: Fragment;
  /** The id of the connection or the reader. */
  readonly connection: Fragment;
}

/** Whether a group is seen, by its id and its managing connection. */
export function seesGroup(
  reach: ReaderReach | undefined,
  { org, connection }: ViewParams,
  group: { readonly id: Fragment; readonly manager: Fragment },
): Fragment {
  if (reach === undefined) return sql`(${group.manager} is null or ${group.manager} = ${connection})`;
  if (reach === 'everything') return sql`1 = 1`;
  return sql`exists (select 1 from reader_groups as l
    where l.org_id = ${org} and l.reader_id = ${connection} and l.group_id = ${group.id})`;
}

/**
 * Whether a row of members or groups is seen. Where an index leads to the few that match, each of them is looked up;
 * else the reader's groups lead to those who are in them.
 */
export function seesRow(
  type: 'User' | 'Group',
  reach: ReaderReach | undefined,
  params: ViewParams,
  selective: boolean,
): Fragment {
  const row = { id: sql.ref('r.id'), manager: sql.ref('r.connection_id') };
  if (type === 'Group' || reach !== 'groups') return seesGroup(reach, params, row);
  const inThem = sql`select gm.member_id from reader_groups as l
    join group_members as gm on gm.org_id = l.org_id and gm.group_id = l.group_id
    where l.org_id = ${params.org} and l.reader_id = ${params.connection}`;
  return selective ? sql`exists (${inThem} and gm.member_id = r.id)` : sql`r.id in (${inThem})`;
}
