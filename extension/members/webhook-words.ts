// Webhooks in words: how an endpoint stands, how a delivery stands, which events there are by topic. Pure; `now` is given.
import type { WebhookDelivery, WebhookEndpoint } from '../../shared/webhook.ts';
import { type WebhookEventType, webhookEvents, webhookEventTypes } from '../../shared/webhook-event.ts';
import { ago, upcoming } from '../lib/time-words.ts';
import type { Tone } from '../parts/status-mark.tsx';
import type { ChoiceGroup } from './choice-groups.tsx';

export interface Standing {
  readonly tone: Tone;
  readonly word: string;
  readonly sentence: string;
}

const disabled: Readonly<Record<NonNullable<WebhookEndpoint['disabledReason']>, string>> = {
  by_hand: 'Somebody of you disabled it.',
  gone: 'Its receiver answered 410 Gone, which says that nothing is to be sent there any more.',
  failing: 'Nothing got through for three days. Mend the receiver, then enable it again.',
};

/** How an endpoint stands, and what it means. */
export function endpointStanding(endpoint: WebhookEndpoint, now: number): Standing {
  const { state, disabledReason, disabledAt, failingSince, lastDeliveredAt, waiting } = endpoint;
  const queue =
    waiting === 0 ? '' : ` ${waiting.toLocaleString()} ${waiting === 1 ? 'message waits' : 'messages wait'}.`;
  if (state === 'disabled')
    return {
      tone: disabledReason === 'by_hand' ? 'paused' : 'bad',
      word: 'Disabled',
      sentence: `${disabled[disabledReason ?? 'by_hand']}${disabledAt === null ? '' : ` Disabled ${ago(disabledAt, now)}.`}`,
    };
  if (failingSince !== null)
    return {
      tone: 'attention',
      word: 'Failing',
      sentence: `Nothing has got through since ${upcoming(failingSince, now)}; it is tried again by itself.${queue}`,
    };
  if (lastDeliveredAt === null)
    return {
      tone: 'quiet',
      word: 'Nothing sent yet',
      sentence: `Send a test event to see it arrive.${queue}`,
    };
  return {
    tone: 'ok',
    word: 'Healthy',
    sentence: `The last message was taken ${ago(lastDeliveredAt, now)}.${queue}`,
  };
}

/** "All events", "12 events of people and groups". */
export function eventWords(types: WebhookEndpoint['eventTypes']): string {
  if (types === null) return 'All events, those of later versions included';
  const [first] = types;
  if (types.length === 1 && first !== undefined) return first;
  return `${types.length.toLocaleString()} kinds of events`;
}

const topics: Readonly<Record<string, string>> = {
  member: 'People',
  mail: 'Mail',
  group: 'Groups',
  connection: 'Connections',
  finding: 'Findings',
  hold: 'Held removals',
  org: 'Settings and domains',
  webhook: 'Webhooks',
  client: 'OAuth clients',
  reader: 'Reader clients',
  attribute: 'Custom attributes',
};

const topicOf = (type: string) => type.slice(0, type.indexOf('.'));

/** Every event that is offered, by topic; those about invitations stand with the people they are about. */
export const eventGroups: readonly ChoiceGroup[] = [...new Set(webhookEventTypes.map(topicOf))].map(
  (topic) => ({
    name: topics[topic] ?? topic,
    choices: webhookEventTypes
      .filter((type) => topicOf(type) === topic)
      .map((type) => ({ id: type, label: type, about: webhookEvents[type].says })),
  }),
);

export function isEventType(id: string): id is WebhookEventType {
  return id in webhookEvents;
}

export const deliveryStates: Readonly<Record<WebhookDelivery['state'], readonly [tone: Tone, word: string]>> =
  {
    waiting: ['waiting', 'Waiting'],
    sending: ['waiting', 'Sending'],
    delivered: ['ok', 'Delivered'],
    failed: ['bad', 'Given up'],
    skipped: ['paused', 'Left out'],
  };
