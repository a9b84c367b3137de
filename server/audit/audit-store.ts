// Reads the audit log back, and lets go of what is older than its horizon. Knows SQL, not who may read.
import { type Selectable, sql } from 'kysely';
import type { AuditFilter } from '../../shared/audit.ts';
import type { Db } from '../db/database.ts';
import type { AuditTable } from '../db/tables.ts';

export type AuditRow = Selectable<AuditTable>;

/** Which way the log is walked, and from where (not included). */
export type AuditPlace =
  | { readonly before: number; readonly limit: number }
  | { readonly after: number; readonly limit: number };

/**
 * A run of the entries that meet the filter: before a sequence number, the newest first, or after one, the oldest first.
 * Only the subject has an index; any other filter may look at every entry and belongs on `database.scans`.
 */
export function auditRows(
  db: Db,
  orgId: string,
  { actorId, subjectId, action, from, to }: AuditFilter,
  place: AuditPlace,
): Promise<readonly AuditRow[]> {
  let query = db.selectFrom('audit').selectAll().where('org_id', '=', orgId);
  if (subjectId !== undefined) query = query.where('subject_id', '=', subjectId);
  if (actorId !== undefined) query = query.where('actor_id', '=', actorId);
  if (action !== undefined)
    query = query.where(sql<string>`substr(action, 1, ${sql.lit(action.length)})`, '=', action);
  if (from !== undefined) query = query.where('at', '>=', from);
  if (to !== undefined) query = query.where('at', '<', to);
  query =
    'before' in place
      ? query.where('seq', '<', place.before).orderBy('seq', 'desc')
      : query.where('seq', '>', place.after).orderBy('seq');
  return query.limit(place.limit).execute();
}

/** Whether an org has an entry from before the time given. */
export async function hasAuditBefore(db: Db, orgId: string, time: number): Promise<boolean> {
  const oldest = await db
    .selectFrom('audit')
    .select('at')
    .where('org_id', '=', orgId)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  return oldest !== undefined && oldest.at < time;
}

/** Lets entries from before `keepFrom` be deleted: without this, and for any other, the database refuses it. */
export async function moveAuditHorizon(trx: Db, orgId: string, keepFrom: number): Promise<void> {
  await trx
    .insertInto('audit_horizon')
    .values({ org_id: orgId, keep_from: keepFrom })
    .onConflict((conflict) => conflict.column('org_id').doUpdateSet({ keep_from: keepFrom }))
    .execute();
}

/** Deletes those of an org's `limit` oldest entries that are from before the time given, and says how many. */
export async function purgeAudit(db: Db, orgId: string, before: number, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('audit')
    .where('seq', 'in', (from) =>
      from.selectFrom('audit').select('seq').where('org_id', '=', orgId).orderBy('seq').limit(limit),
    )
    .where('org_id', '=', orgId)
    .where('at', '<', before)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
