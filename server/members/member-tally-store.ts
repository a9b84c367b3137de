// How many members there are, without counting members: by the tally that the database keeps, and by index entries up to
// as many as matter. Reads only.
import { sql } from 'kysely';
import type { MemberStatus } from '../../shared/member.ts';
import { type MemberFilter, unmanaged } from '../../shared/member-list.ts';
import type { Db } from '../db/database.ts';
import type { Fragment } from '../db/json-sql.ts';
import { prepare, runCompiled } from '../db/prepared.ts';
import { rowCount } from '../db/row-count.ts';

/** How many members of an org there are by managing connection ('' for none) and status, added up from the tally. */
export interface TallyRow {
  readonly connection_id: string;
  readonly status: MemberStatus;
  readonly n: number;
}

const tallied = prepare<{ org: string }, TallyRow>((db, p) =>
  db
    .selectFrom('member_tally')
    .select((select) => ['connection_id', 'status', select.fn.sum<number>('n').as('n')])
    .where('org_id', '=', p('org'))
    .groupBy(['connection_id', 'status']),
);

export function tallyOf(db: Db, orgId: string): Promise<readonly TallyRow[]> {
  return tallied.all(db, { org: orgId });
}

/** How many entries a way to members has, as far as they are worth counting. */
export async function countEntries(db: Db, entries: Fragment, atMost: number): Promise<number> {
  const query = sql<{ n: number }>`
    select count(*) as n from (${entries} limit ${rowCount(atMost)}) as entries`;
  return Number((await runCompiled(db, query.compile(db), {}))[0]?.n ?? 0);
}

/** In how many runs of creation order there are members of a connection ('' for none), of one status or of any. */
export async function countRuns(
  db: Db,
  orgId: string,
  connectionId: string,
  status: MemberStatus | undefined,
): Promise<number> {
  const row = await db
    .selectFrom('member_tally')
    .select((select) => select.fn.count<number>('bucket').distinct().as('n'))
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .where('n', '>', 0)
    .$if(status !== undefined, (query) => query.where('status', '=', status as MemberStatus))
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

/** How many members wait for a free seat; of one connection (`none`: of those whom none manages), or in all. */
export async function countWaiting(db: Db, orgId: string, connectionId?: string): Promise<number> {
  const by = connectionId === unmanaged ? null : (connectionId ?? null);
  const row = await db
    .selectFrom('members')
    .select((select) => select.fn.countAll<number>().as('n'))
    .where('org_id', '=', orgId)
    .where('waiting_since', 'is not', null)
    .$if(connectionId !== undefined, (query) => query.where('connection_id', by === null ? 'is' : '=', by))
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

/** How many of the tally have this status and are managed by this connection, each where it is given. */
export function addUp(
  tally: readonly TallyRow[],
  { status, connectionId }: Pick<MemberFilter, 'status' | 'connectionId'>,
): number {
  return tally
    .filter((row) => status === undefined || row.status === status)
    .filter((row) => connectionId === undefined || row.connection_id === tallyName(connectionId))
    .reduce((sum, row) => sum + Number(row.n), 0);
}

/** What the tally calls a connection: '' where there is none. */
export function tallyName(connectionId: string): string {
  return connectionId === unmanaged ? '' : connectionId;
}
