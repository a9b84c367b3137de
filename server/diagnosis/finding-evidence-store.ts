// The requests, people, groups and owners that diagnostic rules look at, as rows. Knows SQL, no rule.
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { postgresJson, sqliteJson } from '../db/json-sql.ts';
import { isPostgres } from '../db/locks.ts';
import { prepare } from '../db/prepared.ts';
import { rowCount } from '../db/row-count.ts';
import type { PersonSeen, RequestSeen } from './diagnostic-rule.ts';

type PersonRow = Omit<PersonSeen, 'roles'> & { readonly roles: string | null };

const people = prepare<{ org: string; connection: string; limit: number }, PersonRow>((db, p) =>
  db
    .selectFrom('members')
    .select([
      'id',
      'user_name as userName',
      'email',
      'external_id as externalId',
      'created_at as createdAt',
      'updated_at as updatedAt',
      rolesOf(db).as('roles'),
    ])
    .where('org_id', '=', p('org'))
    .where('connection_id', '=', p('connection'))
    .where('active', '=', 1)
    .orderBy('seq', 'desc')
    .limit(rowCount(p('limit'))),
);

/** What is kept under `roles`, as a JSON text; a document is parsed only where there is something. */
function rolesOf(db: Db) {
  const { value } = isPostgres(db) ? postgresJson : sqliteJson;
  const document = sql.ref('attributes');
  const roles = value(document, ['roles']);
  return sql<string | null>`case when ${document} like '%"roles":[%' then ${roles} end`;
}

/** The newest people of a connection who may sign in. */
export async function newestActivePeople(
  db: Db,
  orgId: string,
  connectionId: string,
  limit: number,
): Promise<readonly PersonSeen[]> {
  const rows = await people.all(db, { org: orgId, connection: connectionId, limit });
  return rows.map((row) => ({ ...row, roles: row.roles === null ? [] : valuesOf(row.roles) }));
}

function valuesOf(entries: string): readonly string[] {
  return (JSON.parse(entries) as readonly { readonly value?: unknown }[]).flatMap(({ value }) =>
    typeof value === 'string' ? [value] : [],
  );
}

/** When the groups of these names (folded) were last changed. */
export function groupChanges(
  db: Db,
  orgId: string,
  names: readonly string[],
): Promise<readonly { readonly display_name_norm: string; readonly updated_at: number }[]> {
  return db
    .selectFrom('groups')
    .select(['display_name_norm', 'updated_at'])
    .where('org_id', '=', orgId)
    .where('display_name_norm', 'in', names)
    .execute();
}

const owners = prepare<{ org: string }, { id: string }>((db, p) =>
  db
    .selectFrom('members')
    .select('id')
    .where('org_id', '=', p('org'))
    // Spelt out, not a parameter: only then does SQLite see that the index of the owners will do.
    .where('role', '=', sql.lit('owner'))
    .where('active', '=', 1)
    .where('blocked_at', 'is', null)
    .orderBy('id')
    .limit(sql.lit(2)),
);

/** The ids of the owners who can act; two at most, because the last one is what matters. */
export async function someOwners(db: Db, orgId: string): Promise<readonly string[]> {
  return (await owners.all(db, { org: orgId })).map(({ id }) => id);
}

type RequestRow = Omit<RequestSeen, 'quirks'> & { readonly quirks: string };

const requests = prepare<{ org: string; connection: string; limit: number }, RequestRow>((db, p) =>
  db
    .selectFrom('provisioning_records')
    .select([
      'seq',
      'at',
      'method',
      'path',
      'query',
      'status',
      'outcome',
      'client',
      'quirks',
      'subject_kind as subjectKind',
      'subject_id as subjectId',
    ])
    .where('org_id', '=', p('org'))
    .where('connection_id', '=', p('connection'))
    .orderBy('seq', 'desc')
    .limit(rowCount(p('limit'))),
);

/** The newest requests of a connection, the newest first. */
export async function newestRequests(
  db: Db,
  orgId: string,
  connectionId: string,
  limit: number,
): Promise<readonly RequestSeen[]> {
  const rows = await requests.all(db, { org: orgId, connection: connectionId, limit });
  return rows.map((row) => ({ ...row, quirks: JSON.parse(row.quirks) as string[] }));
}

/** The people of a connection for whom there is no seat, those who have waited longest first. */
export async function waitingPeople(
  db: Db,
  orgId: string,
  connectionId: string,
  limit: number,
): Promise<readonly { readonly id: string; readonly since: number }[]> {
  const rows = await db
    .selectFrom('members')
    .select(['id', 'waiting_since'])
    .where('org_id', '=', orgId)
    .where('waiting_since', 'is not', null)
    .where('connection_id', '=', connectionId)
    .orderBy('waiting_since')
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, since: row.waiting_since ?? 0 }));
}
