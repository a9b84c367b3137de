// The shape of the tables by which other systems are told what happens, for Kysely. Knows columns, no SQL.
import type { Generated } from 'kysely';
import type { WebhookDeliveryState, WebhookDisabledReason } from '../../shared/webhook.ts';

/** Where an org's events are sent. */
export interface WebhookEndpointTable {
  org_id: string;
  id: string;
  name: string;
  url: string;
  /** JSON: the chosen types; null for all. */
  event_types: string | null;
  /** Null while it is active. */
  disabled_reason: WebhookDisabledReason | null;
  disabled_at: number | null;
  /** What signs, sealed. */
  secret_sealed: string;
  /** What signed before the latest rotation and still does until the time beside it. */
  old_secret_sealed: string | null;
  old_secret_until: number | null;
  /** The event up to which there are deliveries for whatever it is to be told. */
  position: number;
  /** Since when nothing has got through. */
  failing_since: number | null;
  /** Until when its receiver asked to be left alone. */
  held_until: number | null;
  last_delivered_at: number | null;
  created_at: number;
}

/** One message to one endpoint, made from an event after its commit; `seq` is the order in which an endpoint gets them. */
export interface WebhookDeliveryTable {
  seq: Generated<number>;
  org_id: string;
  endpoint_id: string;
  id: string;
  /** Null for a test. */
  event_seq: number | null;
  message_id: string;
  type: string;
  subject_kind: string;
  subject_id: string;
  at: number;
  /** JSON: the message without what is read when it is sent. */
  message: string;
  /** `sending` is a lease until `next_at`. */
  state: WebhookDeliveryState;
  attempts: number;
  next_at: number;
  first_tried_at: number | null;
  created_at: number;
  ended_at: number | null;
  last_outcome: string | null;
}

/** One try to deliver a message. Of the answer no more than its status is kept. */
export interface WebhookAttemptTable {
  org_id: string;
  delivery_id: string;
  id: string;
  at: number;
  delivered: number;
  status: number | null;
  duration_ms: number;
  outcome: string;
}
