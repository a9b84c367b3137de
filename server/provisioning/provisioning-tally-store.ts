// How many requests a connection sent, by five minutes, as rows: counted when records are written, so that nobody has to
// count records. Knows SQL, not what a count means.
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { isPostgres } from '../db/locks.ts';
import { prepare } from '../db/prepared.ts';
import type { ProvisioningTallyTable } from '../db/tables.ts';
import { purgeTolerances, type ToleratedRequest, tallyTolerances } from './tolerance-tally-store.ts';

/** How long a stretch of the tally is, in milliseconds. */
export const tallyStretchMs = 300_000;

export type TallyStretch = Selectable<ProvisioningTallyTable>;

/** What is counted of a request; `at` in Unix milliseconds. */
export interface TalliedRequest extends ToleratedRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly durationUs: number;
}

/** When a connection was last heard of, in Unix milliseconds; null for never. */
export interface LastTimes {
  readonly contactAt: number | null;
  readonly acceptedAt: number | null;
  readonly writeAt: number | null;
}

/** Adds records that are being written to the tally; in the order of the key, so that two processes never deadlock. */
export async function tallyRecords(trx: Db, records: readonly TalliedRequest[]): Promise<void> {
  const stretches = new Map<string, TallyStretch>();
  for (const record of records) {
    const one = stretchOf(record);
    const key = `${one.org_id} ${one.connection_id} ${one.stretch}`;
    const sum = stretches.get(key);
    stretches.set(key, sum === undefined ? one : added(sum, one));
  }
  const inOrder = [...stretches].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [, stretch] of inOrder) await addUp.run(trx, stretch);
  await tallyTolerances(trx, records);
}

/** A search by POST changes nothing, nor does asking for an access token. */
function isWrite({ method, path }: Pick<TalliedRequest, 'method' | 'path'>): boolean {
  return ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) && !/\.search$|^\/oauth\/token$/.test(path);
}

function stretchOf(record: TalliedRequest): TallyStretch {
  const { at, status, quirks } = record;
  const accepted = status < 400;
  const written = accepted && isWrite(record);
  const writeUs = written ? Math.round(record.durationUs) : 0;
  return {
    org_id: record.orgId,
    connection_id: record.connectionId,
    stretch: at - (at % tallyStretchMs),
    requests: 1,
    writes: written ? 1 : 0,
    errors: accepted ? 0 : 1,
    tolerated: quirks.length > 0 ? 1 : 0,
    write_us: writeUs,
    slowest_write_us: writeUs,
    last_at: at,
    last_accepted_at: accepted ? at : 0,
    last_write_at: written ? at : 0,
  };
}

function added(a: TallyStretch, b: TallyStretch): TallyStretch {
  return {
    ...a,
    requests: a.requests + b.requests,
    writes: a.writes + b.writes,
    errors: a.errors + b.errors,
    tolerated: a.tolerated + b.tolerated,
    write_us: a.write_us + b.write_us,
    slowest_write_us: Math.max(a.slowest_write_us, b.slowest_write_us),
    last_at: Math.max(a.last_at, b.last_at),
    last_accepted_at: Math.max(a.last_accepted_at, b.last_accepted_at),
    last_write_at: Math.max(a.last_write_at, b.last_write_at),
  };
}

const addUp = prepare<TallyStretch, unknown>((db, p) => {
  const sum = (column: string): RawBuilder<number> =>
    sql`${sql.ref(`provisioning_tally.${column}`)} + ${sql.ref(`excluded.${column}`)}`;
  const later = (column: string): RawBuilder<number> =>
    sql`${sql.raw(isPostgres(db) ? 'greatest' : 'max')}(${sql.ref(`provisioning_tally.${column}`)}, ${sql.ref(`excluded.${column}`)})`;
  return db
    .insertInto('provisioning_tally')
    .values({
      org_id: p('org_id'),
      connection_id: p('connection_id'),
      stretch: p('stretch'),
      requests: p('requests'),
      writes: p('writes'),
      errors: p('errors'),
      tolerated: p('tolerated'),
      write_us: p('write_us'),
      slowest_write_us: p('slowest_write_us'),
      last_at: p('last_at'),
      last_accepted_at: p('last_accepted_at'),
      last_write_at: p('last_write_at'),
    })
    .onConflict((conflict) =>
      conflict.columns(['org_id', 'connection_id', 'stretch']).doUpdateSet({
        requests: sum('requests'),
        writes: sum('writes'),
        errors: sum('errors'),
        tolerated: sum('tolerated'),
        write_us: sum('write_us'),
        slowest_write_us: later('slowest_write_us'),
        last_at: later('last_at'),
        last_accepted_at: later('last_accepted_at'),
        last_write_at: later('last_write_at'),
      }),
    );
});

const since = prepare<{ org: string; connection: string; from: number }, TallyStretch>((db, p) =>
  db
    .selectFrom('provisioning_tally')
    .selectAll()
    .where('org_id', '=', p('org'))
    .where('connection_id', '=', p('connection'))
    .where('stretch', '>=', p('from'))
    .orderBy('stretch'),
);

/** The stretches of a connection that had a request, from one that begins at or after `from` on, the oldest first. */
export function tallySince(
  db: Db,
  orgId: string,
  connectionId: string,
  from: number,
): Promise<readonly TallyStretch[]> {
  return since.all(db, { org: orgId, connection: connectionId, from });
}

/** Requests of a half hour. */
export type TalliedHalfHour = Pick<TallyStretch, 'requests' | 'writes' | 'errors' | 'tolerated'> & {
  /** When it begins, in Unix milliseconds. */
  readonly at: number;
};

/** The half hours of a connection that had a request, from a time on, the oldest first. */
export async function halfHoursSince(
  db: Db,
  orgId: string,
  connectionId: string,
  from: number,
): Promise<readonly TalliedHalfHour[]> {
  const at = sql<number>`stretch - stretch % 1800000`;
  const rows = await db
    .selectFrom('provisioning_tally')
    .select((select) => {
      const sum = (column: 'requests' | 'writes' | 'errors' | 'tolerated') =>
        select.cast<number>(select.fn.sum(column), 'bigint').as(column);
      return [at.as('at'), sum('requests'), sum('writes'), sum('errors'), sum('tolerated')];
    })
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .where('stretch', '>=', from)
    .groupBy(at)
    .orderBy(at)
    .execute();
  return rows;
}

interface LastRow {
  readonly at: number | null;
  readonly accepted: number | null;
  readonly written: number | null;
}

const last = prepare<{ org: string; connection: string }, LastRow>((db, p) =>
  db
    .selectFrom('provisioning_tally')
    .select((select) => [
      select.fn.max<number | null>('last_at').as('at'),
      select.fn.max<number | null>('last_accepted_at').as('accepted'),
      select.fn.max<number | null>('last_write_at').as('written'),
    ])
    .where('org_id', '=', p('org'))
    .where('connection_id', '=', p('connection')),
);

/** When the connection was last heard of; looks at a few thousand rows a month. */
export async function lastTimes(db: Db, orgId: string, connectionId: string): Promise<LastTimes> {
  const row = await last.first(db, { org: orgId, connection: connectionId });
  return {
    contactAt: row?.at || null,
    acceptedAt: row?.accepted || null,
    writeAt: row?.written || null,
  };
}

/** Deletes the stretches that began before a time. */
export async function purgeTally(db: Db, orgId: string, connectionId: string, before: number): Promise<void> {
  await db
    .deleteFrom('provisioning_tally')
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .where('stretch', '<', before - tallyStretchMs)
    .execute();
  await purgeTolerances(db, orgId, connectionId, before);
}
