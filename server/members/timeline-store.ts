// The events about one subject, the newest first, page by page. Reads by index only.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';
import { rowCount } from '../db/row-count.ts';
import type { EventTable } from '../db/tables.ts';

export type EventRow = Selectable<EventTable>;

const latest = prepare<{ org: string; subject: string; before: number; limit: number }, EventRow>((db, p) =>
  db
    .selectFrom('events')
    .selectAll()
    .where('org_id', '=', p('org'))
    .where('subject_id', '=', p('subject'))
    .where('seq', '<', p('before'))
    .orderBy('seq', 'desc')
    .limit(rowCount(p('limit'))),
);

/** The latest events about a subject, older than the one of sequence number `before`. */
export function eventsAbout(
  db: Db,
  orgId: string,
  subjectId: string,
  {
    before = Number.MAX_SAFE_INTEGER,
    limit,
  }: { readonly before?: number | undefined; readonly limit: number },
): Promise<readonly EventRow[]> {
  return latest.all(db, { org: orgId, subject: subjectId, before, limit });
}
