// The rows of the provisioning record, and when a token was last used. Knows SQL, not when it is time to write.
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';
import type { ProvisioningRecordTable } from '../db/tables.ts';
import { purgeTally, tallyRecords } from './provisioning-tally-store.ts';

/** One request as the server saw it, refused ones included. Never a token, never a password, never a body. */
export interface ProvisioningRecord {
  readonly orgId: string;
  readonly connectionId: string;
  readonly requestId: string;
  /** When the request arrived, in Unix milliseconds. */
  readonly at: number;
  readonly method: string;
  /** The path with ids replaced: "/Users/{id}". */
  readonly path: string;
  /** The query without values: "filter=userName eq ?&count=100". */
  readonly query: string;
  readonly status: number;
  readonly scimType: string | null;
  /** What became of the request: "created", "adopted", "refused: token revoked", … */
  readonly outcome: string;
  readonly detail: string | null;
  /** Who seems to be calling: "okta", "entra", "other:…". */
  readonly client: string;
  readonly quirks: readonly string[];
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  /** The names of the attributes that changed. */
  readonly changed: readonly string[];
  /** In microseconds. */
  readonly durationUs: number;
}

/** A record with its place in the order of writing, which is the order of answers. */
export interface WrittenRecord extends ProvisioningRecord {
  readonly seq: number;
}

/** Writes records in the order given, and counts them; 17 parameters each, of which SQLite takes 32,766 at once. */
export async function insertRecords(trx: Db, records: readonly ProvisioningRecord[]): Promise<void> {
  let next = 0;
  for (const { size, insert } of inserts) {
    for (; records.length - next >= size; next += size) {
      const rows = records.slice(next, next + size).map(toRow);
      await insert.run(
        trx,
        rows.flatMap((row) => columns.map((column) => row[column])),
      );
    }
  }
  await tallyRecords(trx, records);
}

/** When a token last let a request in. */
export interface TokenUse {
  readonly orgId: string;
  readonly id: string;
  readonly at: number;
}

/** Moves a token's last use on, never back. */
export async function touchToken(trx: Db, { orgId, id, at }: TokenUse): Promise<void> {
  await trx
    .updateTable('connection_tokens')
    .set({ last_used_at: at })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where((where) => where.or([where('last_used_at', 'is', null), where('last_used_at', '<', at)]))
    .execute();
}

/**
 * The newest records of a connection, newest first; `beforeSeq` continues where the last page ended. Those that failed
 * have an index of their own; of one subject, it may look at every record of the connection.
 */
export async function listRecords(
  db: Db,
  orgId: string,
  page: {
    readonly connectionId: string;
    readonly beforeSeq?: number | undefined;
    readonly limit: number;
    readonly failed?: boolean;
    readonly subjectId?: string | undefined;
  },
): Promise<readonly WrittenRecord[]> {
  const { connectionId, beforeSeq, limit, failed, subjectId } = page;
  const rows = await db
    .selectFrom('provisioning_records')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .$if(beforeSeq !== undefined, (query) => query.where('seq', '<', beforeSeq ?? 0))
    .$if(failed === true, (query) => query.where(sql<boolean>`status >= 400`))
    .$if(subjectId !== undefined, (query) => query.where('subject_id', '=', subjectId ?? ''))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map(recordOf);
}

/** One record, if it is this org's. */
export async function findRecord(db: Db, orgId: string, seq: number): Promise<WrittenRecord | undefined> {
  const row = await db
    .selectFrom('provisioning_records')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row && recordOf(row);
}

/**
 * Deletes what arrived at a connection before the time given, and what was counted of it; says how many records. It
 * looks at no more than the `limit` oldest, so that no call holds a lock for long; fewer than `limit` deleted means that
 * there are no more.
 */
export async function purgeRecords(
  db: Db,
  orgId: string,
  old: { readonly connectionId: string; readonly before: number; readonly limit: number },
): Promise<number> {
  const result = await db
    .deleteFrom('provisioning_records')
    .where('seq', 'in', (query) =>
      query
        .selectFrom('provisioning_records')
        .select('seq')
        .where('org_id', '=', orgId)
        .where('connection_id', '=', old.connectionId)
        .orderBy('seq')
        .limit(old.limit),
    )
    .where('at', '<', old.before)
    .executeTakeFirst();
  await purgeTally(db, orgId, old.connectionId, old.before);
  return Number(result.numDeletedRows);
}

/** The next connection of the org that has records, after an id ('' to begin): deleted ones still do. */
export async function nextRecordedConnection(db: Db, orgId: string, after: string): Promise<string | null> {
  const row = await db
    .selectFrom('provisioning_records')
    .select('connection_id')
    .where('org_id', '=', orgId)
    .where('connection_id', '>', after)
    .orderBy('connection_id')
    .limit(1)
    .executeTakeFirst();
  return row?.connection_id ?? null;
}

function toRow(record: ProvisioningRecord): Insertable<ProvisioningRecordTable> {
  return {
    org_id: record.orgId,
    connection_id: record.connectionId,
    request_id: text(record.requestId),
    at: record.at,
    method: text(record.method),
    path: text(record.path),
    query: text(record.query),
    status: record.status,
    scim_type: record.scimType,
    outcome: text(record.outcome),
    detail: record.detail === null ? null : text(record.detail),
    client: text(record.client),
    quirks: JSON.stringify(record.quirks),
    subject_kind: record.subjectKind,
    subject_id: record.subjectId === null ? null : text(record.subjectId),
    changed: JSON.stringify(record.changed),
    duration_us: Math.round(record.durationUs),
  };
}

/** PostgreSQL refuses the character NUL, and one refused row would hold up all that come after it. */
function text(value: string): string {
  return value.replaceAll('\0', '\uFFFD');
}

export type RecordRow = Selectable<ProvisioningRecordTable>;

/** A record out of its row. */
export function recordOf(row: RecordRow): WrittenRecord {
  return {
    seq: row.seq,
    orgId: row.org_id,
    connectionId: row.connection_id,
    requestId: row.request_id,
    at: row.at,
    method: row.method,
    path: row.path,
    query: row.query,
    status: row.status,
    scimType: row.scim_type,
    outcome: row.outcome,
    detail: row.detail,
    client: row.client,
    quirks: JSON.parse(row.quirks),
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    changed: JSON.parse(row.changed),
    durationUs: row.duration_us,
  };
}

const columns = [
  'org_id',
  'connection_id',
  'request_id',
  'at',
  'method',
  'path',
  'query',
  'status',
  'scim_type',
  'outcome',
  'detail',
  'client',
  'quirks',
  'subject_kind',
  'subject_id',
  'changed',
  'duration_us',
] as const satisfies readonly (keyof ProvisioningRecordTable)[];

/** A batch of any length is written by statements of three lengths: each is prepared once and kept. */
const inserts = [100, 10, 1].map((size) => ({
  size,
  insert: prepare<readonly unknown[], unknown>((db, p) =>
    db.insertInto('provisioning_records').values(
      Array.from({ length: size }, (_, row) => {
        const cells = columns.map((column, index) => [column, p(row * columns.length + index)]);
        return Object.fromEntries(cells) as Insertable<ProvisioningRecordTable>;
      }),
    ),
  ),
}));
