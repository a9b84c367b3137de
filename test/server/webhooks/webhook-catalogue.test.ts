// What receivers are promised: which events there are, and what stands in a message.
import { expect, test } from 'vitest';
import type { StoredEvent } from '../../../server/events/event-store.ts';
import {
  catalogueIsComplete,
  longestList,
  messageIdOf,
  messageOf,
} from '../../../server/webhooks/webhook-message.ts';
import { webhookEventsPage } from '../../helpers/webhook-events-page.ts';

test('docs/webhook-events.md says what the catalogue says', async () => {
  await expect(webhookEventsPage()).toMatchFileSnapshot('../../../docs/webhook-events.md');
});

test('every event of the history is offered or kept inside, and every detail is one of its event', () => {
  // That this compiles is the proof.
  expect(catalogueIsComplete).toEqual({});
});

const event: StoredEvent = {
  seq: 7,
  orgId: 'o',
  type: 'member.blocked',
  at: Date.UTC(2026, 10, 2, 9),
  actor: { kind: 'member', id: 'ada' },
  subject: { kind: 'member', id: 'noor' },
  data: { sessionsEnded: 1, invitationsEnded: 0, reason: 'left with the keys' },
};

test('a detail that is not in the catalogue is not in the message', () => {
  expect(messageOf(event, 'member.blocked').data.details).toEqual({ sessionsEnded: 1, invitationsEnded: 0 });
});

test('a list of any length is cut, and the message says so', () => {
  const added = Array.from({ length: longestList + 1 }, (_, n) => `m${n}`);
  const moved = { ...event, data: { added, removed: ['x'] } };
  const { details, cut } = messageOf(moved, 'group.members_changed').data;
  expect(details).toEqual({ added: added.slice(0, longestList), removed: ['x'] });
  expect(cut).toEqual(['added']);
});

test('another event of the same number, after a backup was put back, is another message', () => {
  expect(messageIdOf(event)).toMatch(/^msg_[0-9a-f]{32}$/);
  expect(messageIdOf({ ...event })).toBe(messageIdOf(event));
  expect(messageIdOf({ ...event, at: event.at + 1 })).not.toBe(messageIdOf(event));
});
