// Turns what happened into messages that wait for an endpoint: after the commit, in the order of the history, a slice at a
// time from where the endpoint stands. Knows the history and the queue, no HTTP.
import type { WebhookEventType } from '../../shared/webhook-event.ts';
import { newId } from '../core/secrets.ts';
import type { Db } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import { orgEvents, type StoredEvent } from '../events/event-store.ts';
import {
  type EndpointKey,
  type EndpointRow,
  lockEndpoint,
  updateEndpoint,
} from './webhook-endpoint-store.ts';
import { isOffered, messageIdOf, messageOf } from './webhook-message.ts';
import { countQueued, enqueueDeliveries, type NewDelivery } from './webhook-queue-store.ts';

/** Events in one transaction. */
const slice = 200;

/** Messages that wait for one endpoint at most; what comes after them stays in the history until there is room. */
const longestQueue = 10_000;

/** Plans what an endpoint is told of up to a settled sequence number; stops early when its queue is full. */
export async function planDeliveries(
  deps: { readonly db: Db; readonly now: () => number },
  key: EndpointKey,
  upTo: number,
): Promise<void> {
  while (await planSlice(deps, key, upTo));
}

/** Says whether there may be more. */
function planSlice(
  { db, now }: { readonly db: Db; readonly now: () => number },
  key: EndpointKey,
  upTo: number,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const endpoint = await lockEndpoint(trx, key.org_id, key.id);
    if (endpoint === undefined || endpoint.disabled_at !== null || endpoint.position >= upTo) return false;
    if ((await countQueued(trx, key, longestQueue)) >= longestQueue) return false;
    const range = { after: endpoint.position, upTo, limit: slice };
    const events = await orgEvents(trx, key.org_id, range);
    await enqueueDeliveries(trx, key, wanted(endpoint, events, now()), now());
    await updateEndpoint(trx, key, { position: events.length < slice ? upTo : (events.at(-1)?.seq ?? upTo) });
    return events.length === slice;
  });
}

function wanted(endpoint: EndpointRow, events: readonly StoredEvent[], now: number): readonly NewDelivery[] {
  const chosen = endpoint.event_types === null ? null : new Set(JSON.parse(endpoint.event_types) as string[]);
  return events.flatMap((event) => {
    const { type } = event;
    if (!isOffered(type) || (chosen !== null && !chosen.has(type))) return [];
    return [deliveryOf(endpoint, event, type, now)];
  });
}

function deliveryOf(
  endpoint: EndpointRow,
  event: StoredEvent,
  type: WebhookEventType,
  now: number,
): NewDelivery {
  return {
    org_id: endpoint.org_id,
    endpoint_id: endpoint.id,
    id: newId(),
    event_seq: event.seq,
    message_id: messageIdOf(event),
    type,
    subject_kind: event.subject.kind,
    subject_id: event.subject.id,
    at: event.at,
    message: JSON.stringify(messageOf(event, type)),
    created_at: now,
  };
}
