// One message of an endpoint's queue on its way: claimed, signed, handed over, and what became of it kept. Knows when an
// endpoint has failed for too long; how a receiver is reached, it does not.
import { type ChangeContext, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { newId } from '../core/secrets.ts';
import { readSubject } from './read-subject.ts';
import { type SendDeps, sendWebhook, type WebhookAnswer } from './send-webhook.ts';
import { disableEndpoint } from './switch-webhook.ts';
import { heldUntil, nextAttemptAt, patience } from './webhook-backoff.ts';
import {
  type EndpointKey,
  type EndpointRow,
  findEndpoint,
  lockEndpoint,
  noteSuccess,
  updateEndpoint,
} from './webhook-endpoint-store.ts';
import type { WebhookMessage } from './webhook-message.ts';
import {
  claimDelivery,
  type DeliveryRow,
  insertAttempt,
  releaseNext,
  settleDelivery,
} from './webhook-queue-store.ts';
import { signedHeaders } from './webhook-secret.ts';

export interface DeliverDeps extends ChangeDeps, SendDeps {}

/** What became of a message. */
export interface WebhookOutcome {
  readonly delivery: DeliveryRow;
  readonly result: 'delivered' | 'waiting' | 'failed' | 'interrupted';
  readonly outcome: string;
}

/** For how long a claimed message is nobody else's: longer than any attempt may take. */
export const lease = 60_000;

const actor = { kind: 'server', id: 'webhooks' } as const;

/** Sends the message that has been due for longest; undefined when none is due, or the endpoint is to be left alone. */
export async function deliverNext(
  deps: DeliverDeps,
  key: EndpointKey,
  stop?: AbortSignal,
): Promise<WebhookOutcome | undefined> {
  const { db, now } = deps;
  const endpoint = await findEndpoint(db, key.org_id, key.id);
  if (endpoint === undefined || endpoint.disabled_at !== null) return undefined;
  if (endpoint.held_until !== null && endpoint.held_until > now()) return undefined;
  const delivery = await claimDelivery(db, key, now(), now() + lease);
  if (delivery === undefined) return undefined;
  const at = now();
  const began = performance.now();
  const body = bodyOf(JSON.parse(delivery.message) as WebhookMessage, await readSubject(db, delivery));
  const answer = await handOver(deps, endpoint, { id: delivery.message_id, body }, stop);
  const attempt = { answer, at, durationMs: Math.round(performance.now() - began) };
  const result = await settle(deps, delivery, attempt);
  return { delivery, result, outcome: answer.outcome };
}

/** The text of a message, with whom or what it is about as that is now. */
export function bodyOf(message: WebhookMessage, subject: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...message, data: { ...message.data, ...subject } });
}

/** Signs a message and sends it. */
export async function handOver(
  deps: Pick<DeliverDeps, 'secret' | 'outgoing' | 'now' | 'answerWithin'>,
  endpoint: EndpointRow,
  message: { readonly id: string; readonly body: string },
  stop?: AbortSignal,
): Promise<WebhookAnswer> {
  const headers = signedHeaders(endpoint, deps.secret, deps.now(), message);
  if (headers === undefined)
    return {
      delivered: false,
      status: null,
      outcome: 'The server’s key changed, so the endpoint’s secret cannot be read. Renew the secret.',
    };
  return sendWebhook(deps, { url: endpoint.url, headers, body: message.body }, stop);
}

interface Attempt {
  readonly answer: WebhookAnswer;
  readonly at: number;
  readonly durationMs: number;
}

async function settle(
  deps: DeliverDeps,
  delivery: DeliveryRow,
  attempt: Attempt,
): Promise<WebhookOutcome['result']> {
  const { org_id: orgId, endpoint_id } = delivery;
  return inChange(deps, { orgId, actor, requestId: delivery.id }, async (context) => {
    const endpoint = await lockEndpoint(context.trx, orgId, endpoint_id);
    if (endpoint === undefined) return 'interrupted';
    if (attempt.answer.interrupted) return putBack(context, delivery);
    return keep(context, endpoint, delivery, attempt);
  });
}

/** As if it had not been claimed. */
async function putBack({ trx, now }: ChangeContext, delivery: DeliveryRow): Promise<'interrupted'> {
  const { attempts, last_outcome } = delivery;
  const before = { state: 'waiting', attempts: attempts - 1, next_at: now, ended_at: null } as const;
  await settleDelivery(trx, delivery, { ...before, last_outcome });
  return 'interrupted';
}

async function keep(
  context: ChangeContext,
  endpoint: EndpointRow,
  delivery: DeliveryRow,
  { answer, at, durationMs }: Attempt,
): Promise<WebhookOutcome['result']> {
  const { trx, now } = context;
  const { delivered, status, outcome, retryAfterMs } = answer;
  const { attempts, first_tried_at } = delivery;
  const next = delivered
    ? undefined
    : nextAttemptAt(now, { attempts, firstTriedAt: first_tried_at ?? at, retryAfterMs });
  const result = delivered ? 'delivered' : next === undefined ? 'failed' : 'waiting';
  const isOurs = await settleDelivery(trx, delivery, {
    state: result,
    attempts,
    next_at: next ?? now,
    ended_at: next === undefined ? now : null,
    last_outcome: outcome,
  });
  await insertAttempt(trx, {
    org_id: delivery.org_id,
    delivery_id: delivery.id,
    id: newId(),
    at,
    delivered: delivered ? 1 : 0,
    status,
    duration_ms: durationMs,
    outcome,
  });
  if (isOurs && result !== 'waiting') await releaseNext(trx, delivery, now);
  if (delivered) await noteSuccess(trx, endpoint, now);
  else await noteFailure(context, endpoint, at, answer);
  return result;
}

/** Leaves a receiver alone that asks for it; disables one that is gone, or that has taken nothing for days. */
async function noteFailure(
  context: ChangeContext,
  endpoint: EndpointRow,
  at: number,
  { status, retryAfterMs }: WebhookAnswer,
): Promise<void> {
  const { trx, now } = context;
  const failing_since = endpoint.failing_since ?? at;
  const asksForPause = retryAfterMs !== undefined && (status === 429 || status === 503);
  if (endpoint.failing_since === null || asksForPause)
    await updateEndpoint(trx, endpoint, {
      failing_since,
      ...(asksForPause && { held_until: heldUntil(now, retryAfterMs) }),
    });
  if (endpoint.disabled_at !== null) return;
  if (status === 410) await disableEndpoint(context, endpoint, 'gone');
  else if (now - failing_since >= patience) await disableEndpoint(context, endpoint, 'failing');
}
