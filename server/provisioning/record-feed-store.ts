// Provisioning records as they are written, for whoever follows them. Knows SQL and who is writing, no follower.
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';
import { rowCount } from '../db/row-count.ts';
import { type RecordRow, recordOf, type WrittenRecord } from './provisioning-record-store.ts';

const newest = prepare<Record<never, never>, { seq: number | null }>((db) =>
  db.selectFrom('provisioning_records').select((select) => select.fn.max<number | null>('seq').as('seq')),
);

/** The highest number of a record of any org that can be seen; lower ones may still be on their way. 0 for none. */
export async function newestRecord(db: Db): Promise<number> {
  return (await newest.first(db, {}))?.seq ?? 0;
}

const ofOrg = prepare<{ org: string; after: number; upTo: number; limit: number }, RecordRow>((db, p) =>
  db
    .selectFrom('provisioning_records')
    .selectAll()
    // Not a bare column: what is new is found at the end of the table, not among all records of the org.
    .where(sql<string>`org_id || ''`, '=', p('org'))
    .where('seq', '>', p('after'))
    .where('seq', '<=', p('upTo'))
    .orderBy('seq')
    .limit(rowCount(p('limit'))),
);

/** The records of an org with numbers from after one up to another, in order. */
export async function recordsBetween(
  db: Db,
  orgId: string,
  range: { readonly after: number; readonly upTo: number; readonly limit: number },
): Promise<readonly WrittenRecord[]> {
  return (await ofOrg.all(db, { org: orgId, ...range })).map(recordOf);
}
