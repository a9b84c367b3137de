// The reminders' rows: what was sent to whom, and when. Knows no limit.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import type { NudgeTable } from '../db/people-tables.ts';
import { prepare } from '../db/prepared.ts';

export type NudgeRow = Selectable<NudgeTable>;

const insert = prepare<NudgeRow, unknown>((db, p) =>
  db.insertInto('nudges').values({
    org_id: p('org_id'),
    id: p('id'),
    member_id: p('member_id'),
    invitation_id: p('invitation_id'),
    hash: p('hash'),
    automatic: p('automatic'),
    at: p('at'),
  }),
);

export async function addNudge(trx: Db, nudge: NudgeRow): Promise<void> {
  await insert.run(trx, nudge);
}

/** How many reminders an org has sent since this time, and when the first of them was. */
export async function countNudges(
  db: Db,
  orgId: string,
  since: number,
): Promise<{ readonly count: number; readonly first: number | null }> {
  const row = await db
    .selectFrom('nudges')
    .select((select) => [select.fn.countAll<number>().as('count'), select.fn.min('at').as('first')])
    .where('org_id', '=', orgId)
    .where('at', '>', since)
    .executeTakeFirst();
  return { count: Number(row?.count ?? 0), first: row?.first == null ? null : Number(row.first) };
}
