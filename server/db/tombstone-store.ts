// What was removed: the id for ever, so that a late write can be told what became of it, and the document that brings it
// back until that is erased. Knows no document.
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
    document: p('document'),
  }),
);

export async function addTombstone(trx: Db, tombstone: TombstoneTable): Promise<void> {
  await insert.run(trx, tombstone);
}

/** When the resource of this id was removed, or undefined when it is there or never was. */
export async function findTombstone(db: Db, orgId: string, id: string): Promise<TombstoneTable | undefined> {
  return db
    .selectFrom('tombstones')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Takes the tombstone away, for what is put back, and gives it: only one of two who ask at the same moment gets it. */
export async function takeTombstone(
  trx: Db,
  orgId: string,
  id: string,
  kind: TombstoneTable['kind'],
): Promise<TombstoneTable | undefined> {
  return trx
    .deleteFrom('tombstones')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('kind', '=', kind)
    .returningAll()
    .executeTakeFirst();
}

/** Of these ids (at most a page of them), the tombstones there are. */
export function findTombstones(
  db: Db,
  orgId: string,
  ids: readonly string[],
): Promise<readonly TombstoneTable[]> {
  return db.selectFrom('tombstones').selectAll().where('org_id', '=', orgId).where('id', 'in', ids).execute();
}
