// Sends a message of no event to an endpoint at once, disabled or not, so that its owner sees whether it is taken. It
// stands in no queue and is tried once.
import type { WebhookAttempt } from '../../shared/webhook.ts';
import { AppError } from '../core/app-error.ts';
import { newId } from '../core/secrets.ts';
import { inTransaction } from '../db/transaction.ts';
import type { WebhookDeps } from './change-webhook.ts';
import { bodyOf, handOver } from './deliver-webhook.ts';
import { insertEndedDelivery } from './webhook-delivery-store.ts';
import { findEndpoint, lockEndpoint } from './webhook-endpoint-store.ts';
import type { WebhookMessage } from './webhook-message.ts';
import { insertAttempt } from './webhook-queue-store.ts';

/** @throws AppError `webhook.not_found`, `database.busy` */
export async function testWebhook(
  deps: WebhookDeps,
  orgId: string,
  endpointId: string,
): Promise<WebhookAttempt & { readonly deliveryId: string }> {
  const { db, now } = deps;
  const endpoint = await findEndpoint(db, orgId, endpointId);
  if (endpoint === undefined) throw new AppError('webhook.not_found', {});
  const at = now();
  const id = newId();
  const subject = { kind: 'org', id: orgId } as const;
  const message: WebhookMessage = {
    type: 'webhook.test',
    timestamp: new Date(at).toISOString(),
    data: { orgId, subject, actor: { kind: 'server', id: 'webhooks' }, details: { endpointId } },
  };
  const messageId = `msg_${id.replaceAll('-', '')}`;
  const began = performance.now();
  const answer = await handOver(deps, endpoint, { id: messageId, body: bodyOf(message, {}) });
  const { delivered, status, outcome } = answer;
  const durationMs = Math.round(performance.now() - began);
  await inTransaction(db, async (trx) => {
    if ((await lockEndpoint(trx, orgId, endpointId)) === undefined) return;
    await insertEndedDelivery(trx, {
      org_id: orgId,
      endpoint_id: endpointId,
      id,
      event_seq: null,
      message_id: messageId,
      type: message.type,
      subject_kind: subject.kind,
      subject_id: subject.id,
      at,
      message: JSON.stringify(message),
      state: delivered ? 'delivered' : 'failed',
      attempts: 1,
      next_at: at,
      first_tried_at: at,
      created_at: at,
      ended_at: now(),
      last_outcome: outcome,
    });
    await insertAttempt(trx, {
      org_id: orgId,
      delivery_id: id,
      id: newId(),
      at,
      delivered: delivered ? 1 : 0,
      status,
      duration_ms: durationMs,
      outcome,
    });
  });
  return { deliveryId: id, at, delivered, status, durationMs, outcome };
}
