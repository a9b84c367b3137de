// Webhooks as owners set them up and admins see them. Knows words, limits and shapes; no HTTP and no event.
import { z } from 'zod';
import { type WebhookEventType, webhookEventTypes } from './webhook-event.ts';

/** How many endpoints an org may have. */
export const mostWebhookEndpoints = 20;

/** For how many hours after a rotation both secrets sign. */
export const webhookOverlapHours = 24;

/** For how many days a message is tried, and an endpoint may fail on, before they are given up. */
export const webhookPatienceDays = 3;

/** For how many days deliveries can be looked at and replayed. */
export const webhookDeliveryDays = 30;

const name = z.string().trim().min(1).max(80);
const url = z.url({ protocol: /^https?$/, error: 'is an address that begins with https://' }).max(500);
/** Null for all of them, those that come with later versions included. */
const eventTypes = z
  .array(z.enum(webhookEventTypes as [WebhookEventType, ...WebhookEventType[]]))
  .min(1)
  .max(webhookEventTypes.length)
  .nullable();

export const newWebhookSchema = z.strictObject({ name, url, eventTypes });
export type NewWebhook = z.output<typeof newWebhookSchema>;

const endpointId = z.string().min(1).max(100);
export const webhookSchema = z.strictObject({ endpointId });

/** What is left out stays as it is. */
export const webhookChangeSchema = webhookSchema.extend({
  name: name.optional(),
  url: url.optional(),
  eventTypes: eventTypes.optional(),
});
export type WebhookChange = z.output<typeof webhookChangeSchema>;

/** What becomes of what happened while an endpoint was disabled: sent after all and in order, or left out. */
export const webhookEnableSchema = webhookSchema.extend({ missed: z.enum(['replay', 'skip']) });

export const webhookDeliveryStates = ['waiting', 'sending', 'delivered', 'failed', 'skipped'] as const;
/** `failed` was given up; `skipped` was left out by somebody's decision. */
export type WebhookDeliveryState = (typeof webhookDeliveryStates)[number];

/** A page of an endpoint's deliveries, the latest first. */
export const webhookDeliveriesSchema = webhookSchema.extend({
  state: z.enum(webhookDeliveryStates).optional(),
  /** `next` of the page before. */
  before: z.int().min(1).optional(),
  limit: z.int().min(1).max(200).default(50),
});

export const webhookDeliverySchema = webhookSchema.extend({ deliveryId: z.string().min(1).max(100) });

/** One delivery again, or everything that happened since a time (Unix ms; thirty days back at most). */
export const webhookReplaySchema = z.union([
  webhookDeliverySchema,
  webhookSchema.extend({ since: z.int().min(0) }),
]);
export type WebhookReplay = z.output<typeof webhookReplaySchema>;

/**
 * Why an endpoint is disabled: by hand; because its receiver answered 410; because nothing got through for three days.
 */
export type WebhookDisabledReason = 'by_hand' | 'gone' | 'failing';

/** An endpoint. Times are Unix milliseconds. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** Null for all. */
  readonly eventTypes: readonly WebhookEventType[] | null;
  readonly state: 'active' | 'disabled';
  readonly disabledReason: WebhookDisabledReason | null;
  readonly disabledAt: number | null;
  readonly createdAt: number;
  /** Until when the secret before the latest rotation signs too; null when none does. */
  readonly oldSecretUntil: number | null;
  /** Since when nothing has got through; null while all is well. */
  readonly failingSince: number | null;
  readonly lastDeliveredAt: number | null;
  /** Messages that wait for their turn or their next attempt. */
  readonly waiting: number;
}

/** A secret is shown once, here. */
export interface IssuedWebhookSecret {
  /** `whsec_…` */
  readonly secret: string;
}

/** One message to one endpoint. Times are Unix milliseconds. */
export interface WebhookDelivery {
  readonly id: string;
  /** The `webhook-id` that it travels under: the same for every endpoint and every attempt. */
  readonly messageId: string;
  readonly type: WebhookEventType | 'webhook.test';
  /** What it is about. */
  readonly subject: { readonly kind: string; readonly id: string };
  /** When it happened. */
  readonly at: number;
  readonly state: WebhookDeliveryState;
  readonly attempts: number;
  /** When it is tried next; null unless it waits. */
  readonly nextAt: number | null;
  readonly endedAt: number | null;
  /** What came of the latest attempt, in a sentence; null before the first. */
  readonly lastOutcome: string | null;
}

export interface WebhookDeliveryPage {
  readonly deliveries: readonly WebhookDelivery[];
  readonly next: number | null;
}

/** One try to deliver a message. */
export interface WebhookAttempt {
  /** Unix milliseconds. */
  readonly at: number;
  readonly delivered: boolean;
  /** The HTTP status of the answer; null where there was none. */
  readonly status: number | null;
  readonly durationMs: number;
  /** What came of it, in a sentence. */
  readonly outcome: string;
}
