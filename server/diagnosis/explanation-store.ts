// What an explanation is looked up by: whom a text names, the request behind an event, the hold that somebody is in, who
// else has an address. Knows SQL, tells no story.
import { sql } from 'kysely';
import type { Database, Db } from '../db/database.ts';
import { postgresJson, sqliteJson } from '../db/json-sql.ts';
import { isPostgres } from '../db/locks.ts';
import { prepare } from '../db/prepared.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';

/** More people of one name or address are not told of. */
const most = 5;

/** The members of this id, user name, externalId or address (any of theirs). */
export async function membersNamed(db: Db, orgId: string, text: string): Promise<readonly string[]> {
  const folded = foldCase(text);
  const rows = await db
    .selectFrom('members')
    .select('id')
    // The org stands in every branch: only then does SQLite go by an index for each.
    .where((where) => {
      const org = where('org_id', '=', orgId);
      return where.or([
        where.and([org, where('id', '=', text)]),
        where.and([org, where('user_name_norm', '=', folded)]),
        where.and([org, where('email_norm', '=', folded)]),
        where.and([org, where('external_id', '=', text)]),
      ]);
    })
    .orderBy('seq')
    .limit(most)
    .execute();
  const ids = rows.map(({ id }) => id);
  return [...new Set([...ids, ...(await holdersOf(db, orgId, text))])].slice(0, most);
}

/** The members to whom an address belongs, as their first or as another one. */
export async function holdersOf(db: Db, orgId: string, address: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('member_emails')
    .select('member_id')
    .where('org_id', '=', orgId)
    .where('email_norm', '=', foldCase(address))
    .limit(most)
    .execute();
  return rows.map(({ member_id: id }) => id);
}

/** The people of this name, address, externalId or id who were removed and not yet erased, the latest first. */
export async function removedNamed(
  { scans }: Pick<Database, 'scans'>,
  orgId: string,
  text: string,
): Promise<readonly string[]> {
  const json = isPostgres(scans) ? postgresJson : sqliteJson;
  const folded = foldCase(text);
  // A quote within a value is escaped there: these are found as properties only.
  const properties = { user_name_norm: folded, email_norm: folded, external_id: text };
  const rows = await scans
    .selectFrom('tombstones')
    .select('id')
    .where('org_id', '=', orgId)
    .where('document', 'is not', null)
    .where('kind', '=', 'User')
    .where((where) =>
      where.or([
        where('id', '=', text),
        ...Object.entries(properties).map(([name, value]) => {
          const property = `${JSON.stringify(name)}:${JSON.stringify(value)}`;
          return sql<boolean>`${json.contains(sql.ref('document'), sql`${property}`)}`;
        }),
      ]),
    )
    .orderBy('removed_at', 'desc')
    .limit(most)
    .execute();
  return rows.map(({ id }) => id);
}

/** The hold that waits for an admin and has somebody in it. */
export async function openHoldOf(
  db: Db,
  orgId: string,
  memberId: string,
): Promise<{ readonly id: string; readonly openedAt: number } | undefined> {
  return db
    .selectFrom('departures as d')
    .innerJoin('holds as h', (join) =>
      join.onRef('h.org_id', '=', 'd.org_id').onRef('h.id', '=', 'd.hold_id'),
    )
    .select(['h.id', 'h.opened_at as openedAt'])
    .where('d.org_id', '=', orgId)
    .where('d.subject_id', '=', memberId)
    .where('h.ended_at', 'is', null)
    .executeTakeFirst();
}

/** A request that changed somebody. */
export interface RequestBehind {
  readonly seq: number;
  readonly method: string;
  readonly path: string;
}

interface OfConnection {
  readonly org: string;
  readonly connection: string;
}

const firstFrom = prepare<OfConnection & { seq: number }, { seq: number; at: number }>((db, p) =>
  db
    .selectFrom('provisioning_records')
    .select(['seq', 'at'])
    .where('org_id', '=', p('org'))
    .where('connection_id', '=', p('connection'))
    .where('seq', '>=', p('seq'))
    .orderBy('seq')
    .limit(sql.lit(1)),
);

const lastOf = prepare<OfConnection, { seq: number }>((db, p) =>
  db
    .selectFrom('provisioning_records')
    .select('seq')
    .where('org_id', '=', p('org'))
    .where('connection_id', '=', p('connection'))
    .orderBy('seq', 'desc')
    .limit(sql.lit(1)),
);

/** Records are written in the order of their answers, so that a time is found by halving: thirty rows of a million. */
async function firstSince(db: Db, of: OfConnection, at: number, end: number): Promise<number> {
  let [low, high] = [0, end];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = await firstFrom.first(db, { ...of, seq: middle });
    if (found === undefined || found.at >= at) high = middle;
    else low = found.seq + 1;
  }
  return low;
}

/** How far the order of answers may be from the order of arrival, in milliseconds. */
const disorder = 60_000;

/** The request by which a connection changed somebody at a time (Unix ms); undefined once it is no longer kept. */
export async function requestBehind(
  db: Db,
  orgId: string,
  change: { readonly connectionId: string; readonly subjectId: string; readonly at: number },
): Promise<RequestBehind | undefined> {
  const { connectionId, subjectId, at } = change;
  const of = { org: orgId, connection: connectionId };
  const last = await lastOf.first(db, of);
  if (last === undefined) return undefined;
  const from = await firstSince(db, of, at - disorder, last.seq + 1);
  const to = await firstSince(db, of, at + disorder, last.seq + 1);
  return db
    .selectFrom('provisioning_records')
    .select(['seq', 'method', 'path'])
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .where('seq', '>=', from)
    .where('seq', '<', to)
    .where('subject_id', '=', subjectId)
    .where('method', '<>', 'GET')
    .where('status', '<', 400)
    .where('at', '<=', at)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}
