// Reads a connection's new provisioning records for what they prove, and keeps what has settled, so that no record is
// read for ever. Knows when to keep, not what a record proves.
import type { Database } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import { keepEvidence, keptEvidence, recordsAfter } from './checklist-store.ts';
import { type WireEvidence, withRecord } from './wire-evidence.ts';

/** What one look costs at most: of a connection with a long past, the next looks go on from there. */
const page = 2000;
const mostPages = 20;

/** Younger records may be followed by one with a lower number that another process is still writing. */
const settledAfterMs = 60_000;

/** So many settled records without news are read again rather than written down. */
const worthKeeping = 500;

/** What the records prove up to now; writes only when something new has settled. */
export async function gatherEvidence(
  { database, now }: { readonly database: Database; readonly now: () => number },
  orgId: string,
  connectionId: string,
): Promise<WireEvidence> {
  const settledBefore = now() - settledAfterMs;
  const kept = await keptEvidence(database.db, orgId, connectionId);
  let { evidence } = kept;
  let settled = kept;
  let settling = true;
  let unkept = 0;
  let after = kept.readTo;
  for (let pages = 0; pages < mostPages; pages++) {
    const records = await recordsAfter(database.scans, orgId, { connectionId, after, limit: page });
    for (const record of records) {
      evidence = withRecord(evidence, record);
      settling &&= record.at < settledBefore;
      if (!settling) continue;
      settled = { readTo: record.seq, evidence };
      unkept += 1;
    }
    after = records.at(-1)?.seq ?? after;
    if (records.length < page) break;
  }
  if (unkept >= worthKeeping || provesMore(settled.evidence, kept.evidence)) {
    await inTransaction(database.db, (trx) => keepEvidence(trx, orgId, connectionId, settled));
  }
  return evidence;
}

function provesMore(evidence: WireEvidence, before: WireEvidence): boolean {
  return Object.keys(evidence.seen).length > Object.keys(before.seen).length;
}
