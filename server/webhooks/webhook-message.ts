// An event as the message that webhooks carry: what is offered of it, and nothing else. Pure; does not compile while an
// event is neither offered nor kept inside.
import { type WebhookEventType, webhookEvents } from '../../shared/webhook-event.ts';
import { hashToken } from '../core/secrets.ts';
import type { Actor, EventData, EventType, Subject } from '../events/event-log.ts';
import type { StoredEvent } from '../events/event-store.ts';

/** What no other system needs to know of, and why. */
const keptInside = {
  'org.audit_trimmed': 'housekeeping of the audit log, which is read in Rollcall',
  'client.created': 'who gets access tokens is the audit log’s business',
  'client.credential_added': 'who gets access tokens is the audit log’s business',
  'client.credential_revoked': 'who gets access tokens is the audit log’s business',
  'client.removed': 'who gets access tokens is the audit log’s business',
  'reader.created': 'who may look in is the audit log’s business',
  'reader.changed': 'who may look in is the audit log’s business',
  'reader.token_created': 'who may look in is the audit log’s business',
  'reader.token_revoked': 'who may look in is the audit log’s business',
  'reader.removed': 'who may look in is the audit log’s business',
  'org.attributes_changed': 'which attributes an org defines is the audit log’s business',
  'connection.setup_step_ticked': 'a tick in a check-list',
  'connection.console_remembered': 'an address for the guide beside a console',
} as const satisfies { readonly [Type in EventType]?: string };

type Offered = typeof webhookEvents;
type Forgotten = Exclude<EventType, WebhookEventType | keyof typeof keptInside>;
type Invented = {
  [Type in WebhookEventType]: Type extends EventType
    ? Exclude<keyof Offered[Type]['details'], keyof EventData[Type]>
    : Type;
}[WebhookEventType];

/** Names whatever is missing from `shared/webhook-event.ts`, or is there without being in the history. */
export const catalogueIsComplete: Readonly<Record<Forgotten | Invented, never>> = {};

/** The body of a message, but for what is read when it is sent. */
export interface WebhookMessage {
  readonly type: WebhookEventType | 'webhook.test';
  /** When it happened, ISO 8601. */
  readonly timestamp: string;
  readonly data: {
    readonly orgId: string;
    readonly subject: Subject;
    readonly actor: Actor;
    readonly details: Readonly<Record<string, unknown>>;
    /** The details whose lists are cut off, because a message would grow too large. */
    readonly cut?: readonly string[];
  };
}

/** So many ids stand in one list at most: a receiver takes no message of any size. */
export const longestList = 1000;

/** Whether webhooks tell of this type of event at all. */
export function isOffered(type: string): type is WebhookEventType {
  return Object.hasOwn(webhookEvents, type);
}

/**
 * The id that an event's message travels under, the same for every endpoint and every attempt. Made from the event, whose
 * number alone would come twice when a backup is put back.
 */
export function messageIdOf({ orgId, seq, at, type }: Omit<StoredEvent, 'data'>): string {
  return `msg_${hashToken(`${orgId} ${seq} ${at} ${type}`).slice(0, 32)}`;
}

/** The message of an event. */
export function messageOf(event: StoredEvent, type: WebhookEventType): WebhookMessage {
  const { orgId, subject, actor, at } = event;
  const all = event.data as Readonly<Record<string, unknown>>;
  const offered = Object.keys(webhookEvents[type].details).filter((name) => Object.hasOwn(all, name));
  const cut = offered.filter((name) => isLong(all[name]));
  return {
    type,
    timestamp: new Date(at).toISOString(),
    data: {
      orgId,
      subject,
      actor,
      details: Object.fromEntries(offered.map((name) => [name, shortened(all[name])])),
      ...(cut.length > 0 && { cut }),
    },
  };
}

function isLong(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > longestList;
}

function shortened(value: unknown): unknown {
  return isLong(value) ? value.slice(0, longestList) : value;
}
