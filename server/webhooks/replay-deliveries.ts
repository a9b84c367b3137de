// Sends again: one message, or everything since a time. Knows the history and the queue, no HTTP.
import { type WebhookReplay, webhookDeliveryDays } from '../../shared/webhook.ts';
import { type AskedInOrg, type ChangeContext, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import { newId } from '../core/secrets.ts';
import type { WebhookDeps } from './change-webhook.ts';
import { findDelivery, lastEventBefore } from './webhook-delivery-store.ts';
import { type EndpointRow, lockEndpoint, updateEndpoint } from './webhook-endpoint-store.ts';
import { enqueueDeliveries, skipQueued } from './webhook-queue-store.ts';

/**
 * Puts one message at the end of the queue again, under its own id; or takes the endpoint back to a time (thirty days at
 * most), from where it is told of everything in order, what waits among it.
 * @throws AppError `webhook.not_found`, `webhook.disabled`, `webhook.delivery_not_found`, `webhook.delivery_waits`,
 *   `database.busy`
 */
export async function replayDeliveries(
  deps: WebhookDeps,
  asked: AskedInOrg,
  replay: WebhookReplay,
): Promise<void> {
  if ('deliveryId' in replay)
    return change(deps, asked, replay.endpointId, null, (context, endpoint) =>
      sendAgain(context, endpoint, replay.deliveryId),
    );
  const since = Math.max(replay.since, deps.now() - webhookDeliveryDays * 24 * 3_600_000);
  const position = await lastEventBefore(deps.database.scans, asked.orgId, since);
  return change(deps, asked, replay.endpointId, since, async ({ trx, now }, endpoint) => {
    await skipQueued(trx, endpoint, now, position);
    await updateEndpoint(trx, endpoint, { position: Math.min(endpoint.position, position) });
  });
}

function change(
  deps: WebhookDeps,
  asked: AskedInOrg,
  endpointId: string,
  since: number | null,
  work: (context: ChangeContext, endpoint: EndpointRow) => Promise<void>,
): Promise<void> {
  return inChange(deps, asked, async (context) => {
    const endpoint = await lockEndpoint(context.trx, context.orgId, endpointId);
    if (endpoint === undefined) throw new AppError('webhook.not_found', {});
    if (endpoint.disabled_at !== null) throw new AppError('webhook.disabled', { name: endpoint.name });
    await work(context, endpoint);
    await recordChange(
      context,
      { kind: 'org', id: context.orgId },
      {},
      { type: 'webhook.replayed', data: { endpointId, name: endpoint.name, since } },
    );
  });
}

async function sendAgain({ trx, now }: ChangeContext, endpoint: EndpointRow, id: string): Promise<void> {
  const delivery = await findDelivery(trx, endpoint, id);
  if (delivery === undefined) throw new AppError('webhook.delivery_not_found', {});
  if (delivery.state === 'waiting' || delivery.state === 'sending')
    throw new AppError('webhook.delivery_waits', {});
  const { org_id, endpoint_id, event_seq, message_id, type, subject_kind, subject_id, at, message } =
    delivery;
  const again = { org_id, endpoint_id, message_id, type, subject_kind, subject_id, at, message };
  await enqueueDeliveries(trx, endpoint, [{ ...again, event_seq, id: newId(), created_at: now }], now);
}
