// Findings, and how far the evidence has been looked at, as rows. Knows SQL, no rule and no life.
import type { Insertable, Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import { lockForUpdate } from '../db/locks.ts';
import { prepare } from '../db/prepared.ts';
import type { FindingLookTable, FindingTable } from '../db/setup-tables.ts';
import type { FindingLife, PutAside } from './finding-life.ts';

/** A finding by its rule. */
export interface StoredFinding extends FindingLife {
  readonly rule: string;
}

const ofConnection = prepare<{ org: string; connection: string }, Selectable<FindingTable>>((db, p) =>
  db
    .selectFrom('findings')
    .selectAll()
    .where('org_id', '=', p('org'))
    .where('connection_id', '=', p('connection')),
);

export async function storedFindings(
  db: Db,
  orgId: string,
  connectionId: string,
): Promise<readonly StoredFinding[]> {
  const rows = await ofConnection.all(db, { org: orgId, connection: connectionId });
  return rows.map((row) => ({
    rule: row.rule,
    seen: JSON.parse(row.seen) as FindingLife['seen'],
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    openedAt: row.opened_at,
    returns: row.returns,
    quietSince: row.quiet_since,
    clearedAt: row.cleared_at,
    putAside: row.put_aside === null ? null : (JSON.parse(row.put_aside) as PutAside),
  }));
}

/** Keeps a finding as it is now, new or not. */
export async function saveFinding(
  trx: Db,
  orgId: string,
  connectionId: string,
  { severity, ...finding }: StoredFinding & Pick<FindingTable, 'severity'>,
): Promise<void> {
  const { rule, seen, putAside } = finding;
  const row = {
    severity,
    seen: JSON.stringify(seen),
    first_seen_at: finding.firstSeenAt,
    last_seen_at: finding.lastSeenAt,
    opened_at: finding.openedAt,
    returns: finding.returns,
    quiet_since: finding.quietSince,
    cleared_at: finding.clearedAt,
    put_aside: putAside === null ? null : JSON.stringify(putAside),
  };
  await trx
    .insertInto('findings')
    .values({ org_id: orgId, connection_id: connectionId, rule, ...row })
    .onConflict((conflict) => conflict.columns(['org_id', 'connection_id', 'rule']).doUpdateSet(row))
    .execute();
}

export async function deleteFinding(
  trx: Db,
  orgId: string,
  connectionId: string,
  rule: string,
): Promise<void> {
  await trx
    .deleteFrom('findings')
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .where('rule', '=', rule)
    .execute();
}

export type Look = Selectable<FindingLookTable>;

const lookOf = prepare<{ org: string; connection: string }, Look>((db, p) =>
  db
    .selectFrom('finding_looks')
    .selectAll()
    .where('org_id', '=', p('org'))
    .where('connection_id', '=', p('connection')),
);

/** The last look at a connection. */
export function lastLook(db: Db, orgId: string, connectionId: string): Promise<Look | undefined> {
  return lookOf.first(db, { org: orgId, connection: connectionId });
}

/** The last look, kept from everybody else until the transaction ends; nothing where the connection is gone. */
export async function holdLook(trx: Db, orgId: string, connectionId: string): Promise<Look | undefined> {
  const connection = await trx
    .selectFrom('connections')
    .select('id')
    .where('org_id', '=', orgId)
    .where('id', '=', connectionId)
    .executeTakeFirst();
  if (connection === undefined) return undefined;
  const never = { looked_at: 0, record_seq: 0, event_seq: 0, next_look_at: 0 };
  await trx
    .insertInto('finding_looks')
    .values({ org_id: orgId, connection_id: connectionId, ...never })
    .onConflict((conflict) => conflict.columns(['org_id', 'connection_id']).doNothing())
    .execute();
  return trx
    .selectFrom('finding_looks')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .$call(lockForUpdate(trx))
    .executeTakeFirst();
}

export async function saveLook(trx: Db, look: Insertable<FindingLookTable>): Promise<void> {
  const { org_id: orgId, connection_id: connectionId, ...rest } = look;
  await trx
    .updateTable('finding_looks')
    .set(rest)
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .execute();
}

/** When the next look of all is due, in Unix milliseconds; undefined where nothing was ever looked at. */
export async function earliestLook(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom('finding_looks')
    .select('next_look_at')
    .orderBy('next_look_at')
    .limit(1)
    .executeTakeFirst();
  return row?.next_look_at;
}

/** The connections whose look is due, at most so many. */
export function dueLooks(
  db: Db,
  now: number,
  limit: number,
): Promise<readonly { readonly org_id: string; readonly connection_id: string }[]> {
  return db
    .selectFrom('finding_looks')
    .select(['org_id', 'connection_id'])
    .where('next_look_at', '<=', now)
    .orderBy('next_look_at')
    .limit(limit)
    .execute();
}

/** The connections that nobody has looked at yet. */
export function neverLooked(
  db: Db,
  limit: number,
): Promise<readonly { readonly org_id: string; readonly connection_id: string }[]> {
  return db
    .selectFrom('connections as c')
    .leftJoin('finding_looks as l', (join) =>
      join.onRef('l.org_id', '=', 'c.org_id').onRef('l.connection_id', '=', 'c.id'),
    )
    .select(['c.org_id', 'c.id as connection_id'])
    .where('l.looked_at', 'is', null)
    .limit(limit)
    .execute();
}
