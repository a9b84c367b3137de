// Who changed what, from what to what, from where. Appends in the transaction of the change; never a secret.
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';
import type { Actor, Subject } from '../events/event-log.ts';

/** Attribute path → [before, after]; null stands for "nothing there". */
export type Changes = { readonly [path: string]: readonly [before: unknown, after: unknown] };

export interface AuditEntry {
  readonly at: number;
  readonly actor: Actor;
  readonly action: string;
  readonly subject: Subject;
  readonly changes: Changes;
  readonly requestId: string;
  readonly from?: string | undefined;
}

const insert = prepare<
  {
    org: string;
    at: number;
    actorKind: string;
    actorId: string;
    action: string;
    subjectKind: string;
    subjectId: string;
    changes: string;
    request: string;
    from: string | null;
  },
  unknown
>((db, p) =>
  db.insertInto('audit').values({
    org_id: p('org'),
    at: p('at'),
    actor_kind: p('actorKind'),
    actor_id: p('actorId'),
    action: p('action'),
    subject_kind: p('subjectKind'),
    subject_id: p('subjectId'),
    changes: p('changes'),
    request_id: p('request'),
    came_from: p('from'),
  }),
);

/** Appends one entry. */
export async function appendAudit(trx: Db, orgId: string, entry: AuditEntry): Promise<void> {
  await insert.run(trx, {
    org: orgId,
    at: entry.at,
    actorKind: entry.actor.kind,
    actorId: entry.actor.id,
    action: entry.action,
    subjectKind: entry.subject.kind,
    subjectId: entry.subject.id,
    changes: JSON.stringify(entry.changes),
    request: entry.requestId,
    from: entry.from ?? null,
  });
}
