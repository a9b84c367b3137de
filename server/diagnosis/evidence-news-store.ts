// Which connections have new evidence: records of their own, events of their org. Knows SQL; reads the end of two tables.
import type { Db } from '../db/database.ts';
import type { EvidenceReach } from './evidence-marks-store.ts';

/** A connection by its org. */
export interface OrgConnection {
  readonly org_id: string;
  readonly connection_id: string;
}

/** The newest record and the newest event of all orgs; 0 for none. */
export async function newestEvidence(db: Db): Promise<EvidenceReach> {
  const record = await db
    .selectFrom('provisioning_records')
    .select((select) => select.fn.max<number | null>('seq').as('seq'))
    .executeTakeFirst();
  const event = await db
    .selectFrom('events')
    .select((select) => select.fn.max<number | null>('seq').as('seq'))
    .executeTakeFirst();
  return { recordSeq: record?.seq ?? 0, eventSeq: event?.seq ?? 0 };
}

/** The connections that evidence from after one place up to another is about. */
export async function connectionsWithNews(
  db: Db,
  after: EvidenceReach,
  upTo: EvidenceReach,
): Promise<readonly OrgConnection[]> {
  const byRecord = await db
    .selectFrom('provisioning_records')
    .select(['org_id', 'connection_id'])
    .distinct()
    .where('seq', '>', after.recordSeq)
    .where('seq', '<=', upTo.recordSeq)
    .execute();
  const byEvent = await db
    .selectFrom('connections as c')
    .select(['c.org_id', 'c.id as connection_id'])
    .where('c.org_id', 'in', (query) =>
      query
        .selectFrom('events')
        .select('org_id')
        .where('seq', '>', after.eventSeq)
        .where('seq', '<=', upTo.eventSeq)
        .where('type', 'not like', 'finding.%'),
    )
    .execute();
  return [...byRecord, ...byEvent];
}
