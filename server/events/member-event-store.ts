// The way from a person to the events about groups that name them. Knows ids, not what is told.
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { isPostgres } from '../db/locks.ts';
import { prepare } from '../db/prepared.ts';

/** The ids of those whom an event put into a group, and of those whom it took out of it. */
export interface Moves {
  readonly joined: readonly string[];
  readonly left: readonly string[];
}

/** The ids come as one JSON array: the statement is the same for one and for ten thousand, and planned once. */
const insert = prepare<{ org: string; seq: number; joined: number; ids: string }, unknown>((db, p) =>
  db
    .insertInto('member_events')
    .columns(['org_id', 'member_id', 'seq', 'joined'])
    .expression(
      db
        .selectFrom(elementsOf(db, p('ids')).as('named'))
        .select([
          sql<string>`cast(${p('org')} as text)`.as('org_id'),
          'named.value as member_id',
          sql<number>`cast(${p('seq')} as bigint)`.as('seq'),
          sql<number>`cast(${p('joined')} as integer)`.as('joined'),
        ]),
    ),
);

function elementsOf(db: Db, ids: string) {
  return isPostgres(db)
    ? sql<{ value: string }>`jsonb_array_elements_text(${ids}::jsonb)`
    : sql<{ value: string }>`json_each(${ids})`;
}

/** Leads from everybody who moved to the event of sequence number `seq`. */
export async function addMemberEvents(
  trx: Db,
  orgId: string,
  seq: number,
  { joined, left }: Moves,
): Promise<void> {
  if (joined.length > 0) await insert.run(trx, { org: orgId, seq, joined: 1, ids: JSON.stringify(joined) });
  if (left.length > 0) await insert.run(trx, { org: orgId, seq, joined: 0, ids: JSON.stringify(left) });
}
