// The ids of what was removed, so that a late write can be told what became of it.
import type { Db } from './database.ts';
import { prepare } from './prepared.ts';
import type { TombstoneTable } from './tables.ts';

const insert = prepare<TombstoneTable, unknown>((db, p) =>
  db.insertInto('tombstones').values({
    org_id: p('org_id'),
    id: p('id'),
    kind: p('kind'),
    connection_id: p('connection_id'),
    removed_at: p('removed_at'),
  }),
);

export async function addTombstone(trx: Db, tombstone: TombstoneTable): Promise<void> {
  await insert.run(trx, tombstone);
}

/** When the resource of this id was removed, or undefined when there never was one. */
export async function findTombstone(db: Db, orgId: string, id: string): Promise<TombstoneTable | undefined> {
  return db
    .selectFrom('tombstones')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst();
}
