// A provisioning record as the SCIM edge would write it, for tests that need records and no requests.
import type { Db } from '../../server/db/database.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import {
  insertRecords,
  type ProvisioningRecord,
} from '../../server/provisioning/provisioning-record-store.ts';

/** An accepted lookup by Okta, but for what is said otherwise. */
export function writtenRecord(
  of: Pick<ProvisioningRecord, 'orgId' | 'connectionId' | 'at'>,
  changes: Partial<ProvisioningRecord> = {},
): ProvisioningRecord {
  return {
    requestId: 'request',
    method: 'GET',
    path: '/scim/v2/Users',
    query: 'filter=userName eq ?&startIndex=1&count=100',
    status: 200,
    scimType: null,
    outcome: 'found 0 of 0',
    detail: null,
    client: 'okta',
    quirks: [],
    subjectKind: null,
    subjectId: null,
    changed: [],
    durationUs: 900,
    ...of,
    ...changes,
  };
}

/** Writes records as the provisioning log does. */
export function writeRecords(db: Db, records: readonly ProvisioningRecord[]): Promise<void> {
  return inTransaction(db, (trx) => insertRecords(trx, records));
}
