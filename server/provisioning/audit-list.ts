// The audit log with names, for admins: in pages, or whole as a file. Knows how it is told, not who may have it.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditFilter, AuditQuery } from '../../shared/audit.ts';
import type { Changes } from '../audit/audit-log.ts';
import { type AuditRow, auditRows } from '../audit/audit-store.ts';
import type { Database, Db } from '../db/database.ts';
import type { Actor, Subject } from '../events/event-log.ts';
import { actorNames, connectionNames } from '../members/actor-store.ts';
import { findOrg } from '../orgs/org-store.ts';
import { subjectNames } from './subject-names.ts';

/** Who changed what, from what to what, in which request. */
export interface AuditLine {
  readonly seq: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly actor: Actor & { readonly name: string };
  readonly action: string;
  /** The name is null once it is erased. */
  readonly subject: Subject & { readonly name: string | null };
  readonly changes: Changes;
  readonly requestId: string;
  /** The network address that asked, or "terminal"; null for what the server did by itself. */
  readonly from: string | null;
}

/** A page of the log, the newest first; `next` is what `before` has to be for the following one. */
export interface AuditPage {
  readonly entries: readonly AuditLine[];
  readonly next: number | null;
}

type Reads = { readonly database: Database };

export async function listAudit({ database }: Reads, orgId: string, query: AuditQuery): Promise<AuditPage> {
  const { before = Number.MAX_SAFE_INTEGER, limit, ...filter } = query;
  const rows = await auditRows(readerFor(database, filter), orgId, filter, { before, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  return {
    entries: await withNames(database.db, orgId, shown),
    next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
  };
}

/** Entries in one piece of the file. */
const slice = 250;

/** The entries that meet the filter as NDJSON, the oldest first, in pieces that are read as they are taken. */
export async function* exportAudit(
  { database }: Reads,
  orgId: string,
  filter: AuditFilter,
): AsyncGenerator<string> {
  for (let after = -1; ; ) {
    const rows = await auditRows(database.scans, orgId, filter, { after, limit: slice });
    const lines = await withNames(database.db, orgId, rows);
    yield lines
      .map(({ at, ...line }) => `${JSON.stringify({ at: new Date(at).toISOString(), ...line })}\n`)
      .join('');
    const last = rows.at(-1);
    if (last === undefined || rows.length < slice) return;
    after = last.seq;
    await nextTurn();
  }
}

/** The newest entries, of all or of one subject, are found by an index; whatever else may take a walk. */
function readerFor(database: Database, { actorId, action, from, to }: AuditFilter): Db {
  const walks = [actorId, action, from, to].some((condition) => condition !== undefined);
  return walks ? database.scans : database.db;
}

async function withNames(db: Db, orgId: string, rows: readonly AuditRow[]): Promise<readonly AuditLine[]> {
  const entries = rows.map((row) => ({
    seq: row.seq,
    at: row.at,
    actor: { kind: row.actor_kind, id: row.actor_id } as Actor,
    action: row.action,
    subject: { kind: row.subject_kind, id: row.subject_id } as Subject,
    changes: JSON.parse(row.changes) as Changes,
    requestId: row.request_id,
    from: row.came_from,
  }));
  const actorName = await actorNames(
    db,
    orgId,
    entries.map(({ actor }) => actor),
  );
  const subjectName = await namesOf(
    db,
    orgId,
    entries.map(({ subject }) => subject),
  );
  return entries.map((entry) => ({
    ...entry,
    actor: { ...entry.actor, name: actorName(entry.actor) },
    subject: { ...entry.subject, name: subjectName.get(entry.subject.id) ?? null },
  }));
}

async function namesOf(
  db: Db,
  orgId: string,
  subjects: readonly Subject[],
): Promise<ReadonlyMap<string, string>> {
  const idsOf = (...kinds: readonly Subject['kind'][]) => [
    ...new Set(subjects.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id)),
  ];
  const names = new Map<string, string>();
  for (const [id, { name }] of await subjectNames(db, orgId, idsOf('member', 'group'))) names.set(id, name);
  for (const { id, name } of await connectionNames(db, orgId, idsOf('connection'))) names.set(id, name);
  const org = idsOf('org').length > 0 ? await findOrg(db, orgId) : undefined;
  if (org) names.set(org.id, org.name);
  return names;
}
