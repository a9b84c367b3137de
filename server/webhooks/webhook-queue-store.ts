// What waits for an endpoint: added in order, claimed, settled. Of the messages about one subject only the first can be
// due; the others stand behind it. Whoever adds, settles or skips holds the endpoint's lock. Knows leases, no HTTP.
import { type Insertable, type Selectable, sql } from 'kysely';
import type { WebhookDeliveryState } from '../../shared/webhook.ts';
import type { Db } from '../db/database.ts';
import { isPostgres } from '../db/locks.ts';
import { prepare } from '../db/prepared.ts';
import { rowCount } from '../db/row-count.ts';
import type { WebhookAttemptTable, WebhookDeliveryTable } from '../db/webhook-tables.ts';
import type { EndpointKey } from './webhook-endpoint-store.ts';

export type DeliveryRow = Selectable<WebhookDeliveryTable>;
export type NewDelivery = Omit<
  Insertable<WebhookDeliveryTable>,
  'seq' | 'state' | 'attempts' | 'next_at' | 'first_tried_at' | 'ended_at' | 'last_outcome'
>;

/** When a message is due that stands behind another one about the same subject. */
const behindAnother = Number.MAX_SAFE_INTEGER;

// Spelt out, not parameters: only then does a database see that the index of what is on its way will do.
const onItsWay = [sql.lit<WebhookDeliveryState>('waiting'), sql.lit<WebhookDeliveryState>('sending')];

/** Adds messages at the end of an endpoint's queue, in their order. */
export async function enqueueDeliveries(
  trx: Db,
  { org_id, id }: EndpointKey,
  deliveries: readonly NewDelivery[],
  now: number,
): Promise<void> {
  if (deliveries.length === 0) return;
  const subjects = [...new Set(deliveries.map(({ subject_id }) => subject_id))];
  const queued = await trx
    .selectFrom('webhook_deliveries')
    .select('subject_id')
    .distinct()
    .where('org_id', '=', org_id)
    .where('endpoint_id', '=', id)
    .where('state', 'in', onItsWay)
    .where('subject_id', 'in', subjects)
    .execute();
  const waiting = new Set(queued.map(({ subject_id }) => subject_id));
  const rows = deliveries.map((delivery) => {
    const next_at = waiting.has(delivery.subject_id) ? behindAnother : now;
    waiting.add(delivery.subject_id);
    return { ...delivery, state: 'waiting' as const, attempts: 0, next_at };
  });
  await trx.insertInto('webhook_deliveries').values(rows).execute();
}

const queueLength = prepare<{ org: string; endpoint: string; most: number }, { n: number }>((db, p) =>
  db
    .selectFrom(
      db
        .selectFrom('webhook_deliveries')
        .select('seq')
        .where('org_id', '=', p('org'))
        .where('endpoint_id', '=', p('endpoint'))
        .where('state', 'in', onItsWay)
        .limit(rowCount(p('most')))
        .as('queued'),
    )
    .select((select) => select.cast<number>(select.fn.countAll(), 'integer').as('n')),
);

/** How many messages wait for an endpoint, counted up to `most`. */
export async function countQueued(db: Db, { org_id, id }: EndpointKey, most: number): Promise<number> {
  return (await queueLength.first(db, { org: org_id, endpoint: id, most }))?.n ?? 0;
}

const claim = prepare<{ org: string; endpoint: string; now: number; until: number }, DeliveryRow>((db, p) =>
  db
    .updateTable('webhook_deliveries')
    .set((set) => ({
      state: 'sending',
      next_at: p('until'),
      attempts: set('attempts', '+', 1),
      first_tried_at: set.fn.coalesce('first_tried_at', sql<number>`cast(${p('now')} as bigint)`),
    }))
    .where('seq', '=', (from) =>
      from
        .selectFrom('webhook_deliveries')
        .select('seq')
        .where('org_id', '=', p('org'))
        .where('endpoint_id', '=', p('endpoint'))
        .where('state', 'in', onItsWay)
        .where('next_at', '<=', p('now'))
        .orderBy('next_at')
        .orderBy('seq')
        .limit(sql.lit(1))
        // Two processes that ask at once get two messages, neither waiting for the other.
        .$call((query) => (isPostgres(db) ? query.forUpdate().skipLocked() : query)),
    )
    .returningAll(),
);

/**
 * The message that has been due for longest, claimed until `until`: until then nobody else gets it, and afterwards, when
 * nothing was written about it, it is due again. Its `attempts` count this one.
 */
export function claimDelivery(
  db: Db,
  { org_id, id }: EndpointKey,
  now: number,
  until: number,
): Promise<DeliveryRow | undefined> {
  return claim.first(db, { org: org_id, endpoint: id, now, until });
}

type Settlement = Pick<DeliveryRow, 'state' | 'attempts' | 'next_at' | 'ended_at' | 'last_outcome'>;

const settle = prepare<Settlement & { org: string; id: string; lease: number }, unknown>((db, p) =>
  db
    .updateTable('webhook_deliveries')
    .set({
      state: p('state'),
      attempts: p('attempts'),
      next_at: p('next_at'),
      ended_at: p('ended_at'),
      last_outcome: p('last_outcome'),
    })
    .where('org_id', '=', p('org'))
    .where('id', '=', p('id'))
    .where('state', '=', 'sending')
    .where('next_at', '=', p('lease')),
);

/** Writes what became of a claimed message; false when the claim had run out and somebody else has it, or it is gone. */
export async function settleDelivery(
  trx: Db,
  { org_id, id, next_at }: DeliveryRow,
  settlement: Settlement,
): Promise<boolean> {
  return (await settle.run(trx, { ...settlement, org: org_id, id, lease: next_at })) > 0;
}

const release = prepare<{ org: string; endpoint: string; subject: string; now: number }, unknown>((db, p) =>
  db
    .updateTable('webhook_deliveries')
    .set({ next_at: p('now') })
    .where('seq', '=', (from) =>
      from
        .selectFrom('webhook_deliveries')
        .select('seq')
        .where('org_id', '=', p('org'))
        .where('endpoint_id', '=', p('endpoint'))
        .where('subject_id', '=', p('subject'))
        .where('state', 'in', onItsWay)
        .orderBy('seq')
        .limit(sql.lit(1)),
    )
    .where('next_at', '=', sql.lit(behindAnother)),
);

/** Makes the next message about the same subject due. */
export async function releaseNext(
  trx: Db,
  { org_id, endpoint_id, subject_id }: DeliveryRow,
  now: number,
): Promise<void> {
  await release.run(trx, { org: org_id, endpoint: endpoint_id, subject: subject_id, now });
}

/**
 * Makes everything that waits due at once, as if it had never been tried, in the order of the queue; what was given up
 * since `failedSince` waits in its old place again.
 */
export async function restartQueue(
  trx: Db,
  { org_id, id }: EndpointKey,
  failedSince: number | null,
  now: number,
): Promise<void> {
  await trx
    .updateTable('webhook_deliveries')
    .set({ state: 'waiting', attempts: 0, first_tried_at: null, ended_at: null, next_at: behindAnother })
    .where('org_id', '=', org_id)
    .where('endpoint_id', '=', id)
    .where((where) =>
      failedSince === null
        ? where('state', '=', sql.lit<WebhookDeliveryState>('waiting'))
        : where.or([
            where('state', '=', sql.lit<WebhookDeliveryState>('waiting')),
            where.and([where('state', '=', 'failed'), where('ended_at', '>=', failedSince)]),
          ]),
    )
    .execute();
  await releaseHeads(trx, { org_id, id }, now);
}

/** Leaves out what waits; with `after`, only messages of events after that sequence number. */
export async function skipQueued(
  trx: Db,
  { org_id, id }: EndpointKey,
  now: number,
  after?: number,
): Promise<void> {
  await trx
    .updateTable('webhook_deliveries')
    .set({ state: 'skipped', ended_at: now })
    .where('org_id', '=', org_id)
    .where('endpoint_id', '=', id)
    .where('state', '=', sql.lit<WebhookDeliveryState>('waiting'))
    .$if(after !== undefined, (query) => query.where('event_seq', '>', after as number))
    .execute();
  await releaseHeads(trx, { org_id, id }, now);
}

/** Makes the first message about each subject due, where none is. */
async function releaseHeads(trx: Db, { org_id, id }: EndpointKey, now: number): Promise<void> {
  await trx
    .updateTable('webhook_deliveries')
    .set({ next_at: now })
    .where('org_id', '=', org_id)
    .where('endpoint_id', '=', id)
    .where('state', '=', sql.lit<WebhookDeliveryState>('waiting'))
    .where('next_at', '=', behindAnother)
    .where('seq', 'in', (from) =>
      from
        .selectFrom('webhook_deliveries as head')
        .select((select) => select.fn.min('head.seq').as('seq'))
        .where('head.org_id', '=', org_id)
        .where('head.endpoint_id', '=', id)
        .where('head.state', 'in', onItsWay)
        .groupBy('head.subject_id'),
    )
    .execute();
}

const attempted = prepare<WebhookAttemptTable, unknown>((db, p) =>
  db.insertInto('webhook_attempts').values({
    org_id: p('org_id'),
    delivery_id: p('delivery_id'),
    id: p('id'),
    at: p('at'),
    delivered: p('delivered'),
    status: p('status'),
    duration_ms: p('duration_ms'),
    outcome: p('outcome'),
  }),
);

/** Keeps what came of one try. */
export async function insertAttempt(trx: Db, attempt: WebhookAttemptTable): Promise<void> {
  await attempted.run(trx, attempt);
}
