// Endpoints, deliveries and attempts as people look at them. Reads, and changes nothing.

import type {
  WebhookAttempt,
  WebhookDelivery,
  WebhookDeliveryPage,
  WebhookDeliveryState,
  WebhookEndpoint,
} from '../../shared/webhook.ts';
import type { WebhookEventType } from '../../shared/webhook-event.ts';
import { AppError } from '../core/app-error.ts';
import type { Db } from '../db/database.ts';
import { attemptsOf, countWaiting, deliveriesOf, findDelivery } from './webhook-delivery-store.ts';
import { type EndpointRow, findEndpoint, listEndpoints } from './webhook-endpoint-store.ts';
import type { DeliveryRow } from './webhook-queue-store.ts';

/** An org's endpoints, the oldest first. */
export async function listWebhooks(
  { db, now }: { readonly db: Db; readonly now: () => number },
  orgId: string,
): Promise<readonly WebhookEndpoint[]> {
  const endpoints = await listEndpoints(db, orgId);
  const waiting = endpoints.length > 0 ? await countWaiting(db, orgId) : new Map<string, number>();
  return endpoints.map((row) => shownEndpoint(row, waiting.get(row.id) ?? 0, now()));
}

function shownEndpoint(row: EndpointRow, waiting: number, now: number): WebhookEndpoint {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    eventTypes: row.event_types === null ? null : (JSON.parse(row.event_types) as WebhookEventType[]),
    state: row.disabled_at === null ? 'active' : 'disabled',
    disabledReason: row.disabled_reason,
    disabledAt: row.disabled_at,
    createdAt: row.created_at,
    oldSecretUntil: row.old_secret_until !== null && row.old_secret_until > now ? row.old_secret_until : null,
    failingSince: row.failing_since,
    lastDeliveredAt: row.last_delivered_at,
    waiting,
  };
}

/** @throws AppError `webhook.not_found` */
export async function listDeliveries(
  db: Db,
  orgId: string,
  query: {
    readonly endpointId: string;
    readonly state?: WebhookDeliveryState | undefined;
    readonly before?: number | undefined;
    readonly limit: number;
  },
): Promise<WebhookDeliveryPage> {
  const endpoint = await findEndpoint(db, orgId, query.endpointId);
  if (endpoint === undefined) throw new AppError('webhook.not_found', {});
  const rows = await deliveriesOf(db, endpoint, { ...query, limit: query.limit + 1 });
  const shown = rows.slice(0, query.limit);
  return {
    deliveries: shown.map((row) => shownDelivery(row, endpoint)),
    next: rows.length > query.limit ? (shown.at(-1)?.seq ?? null) : null,
  };
}

function shownDelivery(row: DeliveryRow, endpoint: EndpointRow): WebhookDelivery {
  const isQueued = row.state === 'waiting' || row.state === 'sending';
  // One that stands behind another has no time of its own.
  const hasTime = row.state === 'waiting' && endpoint.disabled_at === null && row.next_at < farAway;
  return {
    id: row.id,
    messageId: row.message_id,
    type: row.type as WebhookDelivery['type'],
    subject: { kind: row.subject_kind, id: row.subject_id },
    at: row.at,
    state: row.state,
    attempts: row.attempts,
    nextAt: isQueued && hasTime ? row.next_at : null,
    endedAt: row.ended_at,
    lastOutcome: row.last_outcome,
  };
}

const farAway = Number.MAX_SAFE_INTEGER;

/** @throws AppError `webhook.not_found`, `webhook.delivery_not_found` */
export async function listAttempts(
  db: Db,
  orgId: string,
  { endpointId, deliveryId }: { readonly endpointId: string; readonly deliveryId: string },
): Promise<readonly WebhookAttempt[]> {
  const endpoint = await findEndpoint(db, orgId, endpointId);
  if (endpoint === undefined) throw new AppError('webhook.not_found', {});
  if ((await findDelivery(db, endpoint, deliveryId)) === undefined)
    throw new AppError('webhook.delivery_not_found', {});
  return (await attemptsOf(db, orgId, deliveryId)).map(
    ({ at, delivered, status, duration_ms: durationMs, outcome }) => {
      return { at, delivered: delivered === 1, status, durationMs, outcome };
    },
  );
}
