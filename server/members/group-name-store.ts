// What groups are called, and what those that were removed were called last. Reads only, by index.
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';

const removal = prepare<{ org: string; group: string }, { data: string }>((db, p) =>
  db
    .selectFrom('events')
    .select('data')
    .where('org_id', '=', p('org'))
    .where('subject_id', '=', p('group'))
    .where('type', '=', 'group.removed')
    .orderBy('seq', 'desc')
    .limit(1),
);

/** The names of groups by id; those of removed groups as long as the history tells them. Ask it for a page, not for all. */
export async function groupNames(
  db: Db,
  orgId: string,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(groupIds)];
  if (ids.length === 0) return new Map();
  const present = await db
    .selectFrom('groups')
    .select(['id', 'display_name'])
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .execute();
  const names = new Map(present.map((group) => [group.id, group.display_name]));
  for (const id of ids.filter((each) => !names.has(each))) {
    const removed = await removal.first(db, { org: orgId, group: id });
    if (removed) names.set(id, (JSON.parse(removed.data) as { readonly displayName: string }).displayName);
  }
  return names;
}
