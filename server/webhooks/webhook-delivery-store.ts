// Deliveries as they are looked at: lists, one of them, its attempts, how many wait. Reads; what changes them is the queue.
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { WebhookDeliveryState } from '../../shared/webhook.ts';
import type { Db } from '../db/database.ts';
import type { WebhookAttemptTable, WebhookDeliveryTable } from '../db/webhook-tables.ts';
import type { EndpointKey } from './webhook-endpoint-store.ts';
import type { DeliveryRow } from './webhook-queue-store.ts';

const onItsWay = [sql.lit<WebhookDeliveryState>('waiting'), sql.lit<WebhookDeliveryState>('sending')];

/** An endpoint's deliveries, the latest first: those in `state` when one is given, and before the sequence number `before`. */
export function deliveriesOf(
  db: Db,
  { org_id, id }: EndpointKey,
  {
    state,
    before,
    limit,
  }: {
    readonly state?: WebhookDeliveryState | undefined;
    readonly before?: number | undefined;
    readonly limit: number;
  },
): Promise<readonly DeliveryRow[]> {
  return db
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('org_id', '=', org_id)
    .where('endpoint_id', '=', id)
    .$if(state !== undefined, (query) => query.where('state', '=', state as WebhookDeliveryState))
    .$if(before !== undefined, (query) => query.where('seq', '<', before as number))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
}

/** A delivery of this endpoint. */
export function findDelivery(
  db: Db,
  { org_id, id }: EndpointKey,
  deliveryId: string,
): Promise<DeliveryRow | undefined> {
  return db
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('org_id', '=', org_id)
    .where('endpoint_id', '=', id)
    .where('id', '=', deliveryId)
    .executeTakeFirst();
}

/** What came of each try of a delivery, the first one first. */
export function attemptsOf(
  db: Db,
  orgId: string,
  deliveryId: string,
): Promise<readonly Selectable<WebhookAttemptTable>[]> {
  return db
    .selectFrom('webhook_attempts')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('delivery_id', '=', deliveryId)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

/** Writes a message that is sent at once and stands in no queue: a test. */
export async function insertEndedDelivery(
  trx: Db,
  delivery: Omit<Selectable<WebhookDeliveryTable>, 'seq'>,
): Promise<void> {
  await trx.insertInto('webhook_deliveries').values(delivery).execute();
}

/** How many messages wait, by endpoint. */
export async function countWaiting(db: Db, orgId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('webhook_deliveries')
    .select('endpoint_id')
    .select((select) => select.cast<number>(select.fn.countAll(), 'integer').as('n'))
    .where('org_id', '=', orgId)
    .where('state', 'in', onItsWay)
    .groupBy('endpoint_id')
    .execute();
  return new Map(rows.map(({ endpoint_id, n }) => [endpoint_id, n]));
}

/** How many messages of all orgs wait. */
export async function countAllWaiting(db: Db): Promise<number> {
  const row = await db
    .selectFrom('webhook_deliveries')
    .select((select) => select.cast<number>(select.fn.countAll(), 'integer').as('n'))
    .where('state', 'in', onItsWay)
    .executeTakeFirst();
  return row?.n ?? 0;
}

/** The last event of an org from before a time; 0 when there is none. May walk far: for `database.scans`. */
export async function lastEventBefore(db: Db, orgId: string, time: number): Promise<number> {
  const row = await db
    .selectFrom('events')
    .select('seq')
    .where('org_id', '=', orgId)
    .where('at', '<', time)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? 0;
}
