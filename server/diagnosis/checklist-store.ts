// The rows that a checklist rests on: records, people, ticks, ids of the console. Knows SQL, no step and no sentence.
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';
import { rowCount } from '../db/row-count.ts';
import type { Actor } from '../events/event-log.ts';
import type { ConsoleIds } from './console-links.ts';
import { type Arrived, noEvidence, type TellingRecord, type WireEvidence } from './wire-evidence.ts';

/** Evidence, and the newest record that it includes. */
export interface KeptEvidence {
  readonly readTo: number;
  readonly evidence: WireEvidence;
}

/** What has been kept of a connection's evidence; nothing yet for a new one. */
export async function keptEvidence(db: Db, orgId: string, connectionId: string): Promise<KeptEvidence> {
  const row = await db
    .selectFrom('checklist_evidence')
    .select(['read_to', 'evidence'])
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  if (row === undefined) return { readTo: 0, evidence: noEvidence };
  return { readTo: row.read_to, evidence: JSON.parse(row.evidence) as WireEvidence };
}

/** Keeps evidence unless somebody has kept more meanwhile; of a connection that is gone nothing is kept. */
export async function keepEvidence(
  trx: Db,
  orgId: string,
  connectionId: string,
  { readTo, evidence }: KeptEvidence,
): Promise<void> {
  const kept = { read_to: readTo, evidence: JSON.stringify(evidence) };
  const connection = await trx
    .selectFrom('connections')
    .select('id')
    .where('org_id', '=', orgId)
    .where('id', '=', connectionId)
    .executeTakeFirst();
  if (connection === undefined) return;
  await trx
    .insertInto('checklist_evidence')
    .values({ org_id: orgId, connection_id: connectionId, ...kept })
    .onConflict((conflict) =>
      conflict
        .columns(['org_id', 'connection_id'])
        .doUpdateSet(kept)
        .where('checklist_evidence.read_to', '<', readTo),
    )
    .execute();
}

type RecordRow = Omit<TellingRecord, 'changed'> & { readonly changed: string };

const recordsAfterQuery = prepare<
  { org: string; connection: string; after: number; limit: number },
  RecordRow
>((db, p) =>
  db
    .selectFrom('provisioning_records')
    .select(['seq', 'at', 'method', 'path', 'status', 'outcome', 'client', 'changed'])
    .where('org_id', '=', p('org'))
    .where('connection_id', '=', p('connection'))
    .where('seq', '>', p('after'))
    .orderBy('seq')
    .limit(rowCount(p('limit'))),
);

/** What a connection sent after a record, oldest first. */
export async function recordsAfter(
  db: Db,
  orgId: string,
  page: { readonly connectionId: string; readonly after: number; readonly limit: number },
): Promise<readonly TellingRecord[]> {
  const { connectionId: connection, after, limit } = page;
  const rows = await recordsAfterQuery.all(db, { org: orgId, connection, after, limit });
  return rows.map((row) => ({ ...row, changed: JSON.parse(row.changed) as string[] }));
}

/** The newest people of a connection: their documents, and when they came. */
export async function newestPeople(
  db: Db,
  orgId: string,
  connectionId: string,
  limit: number,
): Promise<readonly { readonly attributes: string; readonly created_at: number }[]> {
  return db
    .selectFrom('members')
    .select(['attributes', 'created_at'])
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
}

/** The groups of a connection: how many, since when, and whether anybody is in one. */
export async function arrivedGroups(db: Db, orgId: string, connectionId: string): Promise<Arrived['groups']> {
  const ofConnection = db
    .selectFrom('groups as g')
    .where('g.org_id', '=', orgId)
    .where('g.connection_id', '=', connectionId);
  const { count, first_at: firstAt } = await ofConnection
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('g.created_at').as('first_at')])
    .executeTakeFirstOrThrow();
  if (firstAt === null) return null;
  const membership = await ofConnection
    .innerJoin('group_members as m', (join) =>
      join.onRef('m.org_id', '=', 'g.org_id').onRef('m.group_id', '=', 'g.id'),
    )
    .select('m.member_id')
    .limit(1)
    .executeTakeFirst();
  return { count: Number(count), firstAt: Number(firstAt), withMembers: membership !== undefined };
}

/** A step that was ticked by hand. */
export interface Tick {
  readonly stepId: string;
  readonly by: Actor;
  readonly at: number;
}

export async function listTicks(db: Db, orgId: string, connectionId: string): Promise<readonly Tick[]> {
  const rows = await db
    .selectFrom('checklist_ticks')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .execute();
  return rows.map((row) => ({
    stepId: row.step_id,
    by: { kind: row.by_kind, id: row.by_id },
    at: row.at,
  }));
}

/** Ticks a step; false where it was ticked already. */
export async function insertTick(
  trx: Db,
  orgId: string,
  connectionId: string,
  { stepId, by, at }: Tick,
): Promise<boolean> {
  const result = await trx
    .insertInto('checklist_ticks')
    .values({
      org_id: orgId,
      connection_id: connectionId,
      step_id: stepId,
      by_kind: by.kind,
      by_id: by.id,
      at,
    })
    .onConflict((conflict) => conflict.columns(['org_id', 'connection_id', 'step_id']).doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0;
}

/** Takes a tick away; false where there was none. */
export async function deleteTick(
  trx: Db,
  orgId: string,
  connectionId: string,
  stepId: string,
): Promise<boolean> {
  const result = await trx
    .deleteFrom('checklist_ticks')
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .where('step_id', '=', stepId)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

/** The ids that lead to a connection's app in the console; none before an address was given. */
export async function findConsoleIds(db: Db, orgId: string, connectionId: string): Promise<ConsoleIds> {
  const row = await db
    .selectFrom('checklist_consoles')
    .select('ids')
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  return row === undefined ? {} : (JSON.parse(row.ids) as ConsoleIds);
}

export async function saveConsoleIds(
  trx: Db,
  orgId: string,
  connectionId: string,
  console: ConsoleIds,
): Promise<void> {
  const ids = JSON.stringify(console);
  await trx
    .insertInto('checklist_consoles')
    .values({ org_id: orgId, connection_id: connectionId, ids })
    .onConflict((conflict) => conflict.columns(['org_id', 'connection_id']).doUpdateSet({ ids }))
    .execute();
}
