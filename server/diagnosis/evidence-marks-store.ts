// How far the evidence about a connection reaches: its newest record, and the newest event of its org. Knows SQL.
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';

const newestRecord = prepare<{ org: string; connection: string }, { seq: number | null }>((db, p) =>
  db
    .selectFrom('provisioning_records')
    .select((select) => select.fn.max<number | null>('seq').as('seq'))
    .where('org_id', '=', p('org'))
    .where('connection_id', '=', p('connection')),
);

/** What was found is no evidence itself; a look would make the next one necessary. */
const newestEvent = prepare<{ org: string }, { seq: number }>((db, p) =>
  db
    .selectFrom('events')
    .select('seq')
    .where('org_id', '=', p('org'))
    .where('type', 'not like', 'finding.%')
    .orderBy('seq', 'desc')
    .limit(1),
);

/** Numbers that grow with the evidence; 0 for none. */
export interface EvidenceReach {
  readonly recordSeq: number;
  readonly eventSeq: number;
}

export async function evidenceReach(db: Db, orgId: string, connectionId: string): Promise<EvidenceReach> {
  return {
    recordSeq: (await newestRecord.first(db, { org: orgId, connection: connectionId }))?.seq ?? 0,
    eventSeq: (await newestEvent.first(db, { org: orgId }))?.seq ?? 0,
  };
}
