// What an org's event log and audit log tell, so that a test asserts the story beside the answer. Knows both tables.
import type { Db } from '../../server/db/database.ts';

/** One change as the logs have it: about whom, by whom, and what. */
export interface Told {
  readonly events: readonly {
    readonly type: string;
    readonly subject: string;
    readonly by: string;
    readonly data: unknown;
  }[];
  readonly audit: readonly {
    readonly action: string;
    readonly subject: string;
    readonly by: string;
    readonly requestId: string;
    readonly changes: unknown;
  }[];
}

export const nothingTold: Told = { events: [], audit: [] };

/** Reads on from where it stands; each call answers what was written since the last one. */
export async function followHistory(db: Db, orgId: string): Promise<() => Promise<Told>> {
  let [event, entry] = [0, 0];
  const next = async (): Promise<Told> => {
    const events = await db
      .selectFrom('events')
      .selectAll()
      .where('org_id', '=', orgId)
      .where('seq', '>', event)
      .orderBy('seq')
      .execute();
    const audit = await db
      .selectFrom('audit')
      .selectAll()
      .where('org_id', '=', orgId)
      .where('seq', '>', entry)
      .orderBy('seq')
      .execute();
    event = events.at(-1)?.seq ?? event;
    entry = audit.at(-1)?.seq ?? entry;
    return {
      events: events.map((row) => ({
        type: row.type,
        subject: row.subject_id,
        by: row.actor_id,
        data: JSON.parse(row.data) as unknown,
      })),
      audit: audit.map((row) => ({
        action: row.action,
        subject: row.subject_id,
        by: row.actor_id,
        requestId: row.request_id,
        changes: JSON.parse(row.changes) as unknown,
      })),
    };
  };
  await next();
  return next;
}
