// Who takes a seat and who waits for one. Adds up the tally and knows no limit.
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { isPostgres } from '../db/locks.ts';
import { prepare } from '../db/prepared.ts';
import { rowCount } from '../db/row-count.ts';
import type { MemberRow } from './member-store.ts';

const used = prepare<{ org: string }, { n: number | null }>((db, p) =>
  db
    .selectFrom('member_tally')
    .select((select) => select.fn.sum<number | null>('n').as('n'))
    .where('org_id', '=', p('org'))
    .where('status', 'in', ['invited', 'active']),
);

/** How many members are invited or active, this transaction's own changes included. */
export async function countSeats(trx: Db, orgId: string): Promise<number> {
  // PostgreSQL would add this transaction's changes to the tally no sooner than at its end.
  if (isPostgres(trx)) await sql`set constraints members_added, members_moved immediate`.execute(trx);
  return Number((await used.first(trx, { org: orgId }))?.n ?? 0);
}

const waiting = prepare<{ org: string; limit: number }, MemberRow>((db, p) =>
  db
    .selectFrom('members')
    .selectAll()
    .where('org_id', '=', p('org'))
    .where('waiting_since', 'is not', null)
    .where('status', '=', sql.lit('not_invited'))
    .orderBy('waiting_since')
    .orderBy('seq')
    .limit(rowCount(p('limit')))
    // Whoever is being changed at this moment is looked at again by that change.
    .$call((query) => (isPostgres(db) ? query.forUpdate().skipLocked() : query)),
);

/** The members who have been waiting longest, locked, at most so many. */
export function lockLongestWaiting(trx: Db, orgId: string, limit: number): Promise<readonly MemberRow[]> {
  return waiting.all(trx, { org: orgId, limit });
}

/** The orgs in which somebody waits for a seat. */
export async function listOrgsWithWaiting(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('orgs')
    .select('id')
    .where((where) =>
      where.exists(
        where
          .selectFrom('members')
          .select('members.id')
          .whereRef('members.org_id', '=', 'orgs.id')
          .where('waiting_since', 'is not', null)
          .where('status', '=', 'not_invited'),
      ),
    )
    .execute();
  return rows.map(({ id }) => id);
}
