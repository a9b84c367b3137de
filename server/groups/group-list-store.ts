// An org's groups, page by page and by name, with how many are in each. Decides nothing.
import { sql } from 'kysely';
import type { GroupQuery } from '../../shared/group.ts';
import type { Db } from '../db/database.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';

/** One group as a list shows it. */
export interface ListedGroup {
  readonly id: string;
  readonly name: string;
  readonly connectionId: string | null;
  readonly members: number;
  readonly updatedAt: number;
  /** Where the next page begins: `after` of the query that asks for it. */
  readonly position: string;
}

/** The last code point: what begins with a word sorts before the word and this. */
const last = '\u{10FFFF}';

/** A page of groups in the order of their folded names. Counts memberships, so it belongs on `database.scans`. */
export async function listGroups(db: Db, orgId: string, query: GroupQuery): Promise<readonly ListedGroup[]> {
  const { id, search, after, limit } = query;
  const begin = search === undefined ? '' : foldCase(search);
  const rows = await db
    .selectFrom('groups as g')
    .select([
      'g.id',
      'g.display_name as name',
      'g.display_name_norm as position',
      'g.connection_id as connectionId',
      'g.updated_at as updatedAt',
      sql<number>`(select count(*) from group_members gm where gm.org_id = g.org_id and gm.group_id = g.id)`.as(
        'members',
      ),
    ])
    .where('g.org_id', '=', orgId)
    .$if(begin !== '', (q) =>
      q.where('g.display_name_norm', '>=', begin).where('g.display_name_norm', '<', begin + last),
    )
    .$if(id !== undefined, (q) => q.where('g.id', '=', id ?? ''))
    .$if(after !== undefined, (q) => q.where('g.display_name_norm', '>', after ?? ''))
    .orderBy('g.display_name_norm')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, members: Number(row.members) }));
}
