// Mass removals that wait for an admin, as rows. Decides nothing.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import type { HoldTable } from '../db/people-tables.ts';
import { prepare } from '../db/prepared.ts';

export type HoldRow = Selectable<HoldTable>;

const openOf = prepare<{ org: string; connection: string }, { id: string }>((db, p) =>
  db
    .selectFrom('holds')
    .select('id')
    .where('org_id', '=', p('org'))
    .where('connection_id', '=', p('connection'))
    .where('ended_at', 'is', null),
);

/** The open hold of a connection; it has one at most. */
export function findOpenHold(
  trx: Db,
  orgId: string,
  connectionId: string,
): Promise<{ readonly id: string } | undefined> {
  return openOf.first(trx, { org: orgId, connection: connectionId });
}

export async function insertHold(trx: Db, hold: HoldRow): Promise<void> {
  await trx.insertInto('holds').values(hold).execute();
}

export function findHold(db: Db, orgId: string, id: string): Promise<HoldRow | undefined> {
  return db
    .selectFrom('holds')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** An org's holds, the latest first: those that are open, or all of them. */
export function listHoldRows(
  db: Db,
  orgId: string,
  page: { readonly openOnly: boolean; readonly limit: number },
): Promise<readonly (HoldRow & { readonly connection_name: string | null })[]> {
  return db
    .selectFrom('holds as h')
    .leftJoin('connections as c', 'c.id', 'h.connection_id')
    .selectAll('h')
    .select('c.name as connection_name')
    .where('h.org_id', '=', orgId)
    .$if(page.openOnly, (query) => query.where('h.ended_at', 'is', null))
    .orderBy('h.opened_at', 'desc')
    .orderBy('h.id', 'desc')
    .limit(page.limit)
    .execute();
}

/** Ends an open hold. */
export async function endHoldRow(
  trx: Db,
  orgId: string,
  id: string,
  how: { readonly at: number; readonly ended: 'approved' | 'restored' },
): Promise<void> {
  await trx
    .updateTable('holds')
    .set({ ended_at: how.at, ended: how.ended })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute();
}
