// The sentences of the popup: header, rows, bars, outcomes, held removals.
import { expect, test } from 'vitest';
import { activityBars, activityWords } from '../../../extension/parts/activity-bars.ts';
import { headerSentence } from '../../../extension/popup/header-sentence.ts';
import { holdSentence } from '../../../extension/popup/hold-sentence.ts';
import { invitedWords, lookedAt } from '../../../extension/popup/invited-words.ts';
import { pendingNote } from '../../../extension/popup/pending-words.ts';
import type { PendingPerson } from '../../../extension/popup/waiting-people.ts';
import type { ConnectionSync, SyncActivity } from '../../../shared/sync-status.ts';

const now = new Date(2026, 10, 2, 9).getTime();
const minute = 60_000;
const day = 24 * 60 * minute;

const activity: SyncActivity = {
  from: now - day,
  stretchMs: day / 4,
  writes: [0, 2, 8, 0],
  errors: [0, 0, 2, 1],
};
const okta: ConnectionSync = {
  connectionId: 'okta',
  kind: 'okta',
  name: 'Okta',
  state: 'healthy',
  sentence: 'Okta is healthy.',
  lastContactAt: now - 4 * minute,
  lastWriteAt: null,
  nextExpectedAt: null,
  expectation: 'Okta sends changes as they happen.',
  changeTime: { withinMs: null, usuallyMs: null, sentence: '', detail: '' },
  people: 1287,
  groups: 1,
  activity,
  findings: [],
};
const entra: ConnectionSync = {
  ...okta,
  connectionId: 'entra',
  name: 'Entra ID',
  lastContactAt: now - 31 * minute,
  people: 25,
};

test('the header says who was here last and how much is in sync', () => {
  expect(headerSentence({ state: 'healthy', connections: [entra, okta] }, now)).toBe(
    'Okta was here 4 min ago · 1,312 people, 2 groups in sync',
  );
  expect(headerSentence({ state: 'waiting', connections: [] }, now)).toBe(
    'No identity provider is connected yet.',
  );
});

test('the header says what is most urgent when something is', () => {
  const silent = { ...entra, state: 'silent', sentence: 'Entra has gone quiet.' } as const;
  expect(headerSentence({ state: 'silent', connections: [okta, silent] }, now)).toBe('Entra has gone quiet.');
});

test('bars share one scale, and a single error is still to be seen', () => {
  const bars = activityBars({ ...activity, writes: [0, 500, 1000, 0], errors: [0, 0, 0, 1] }, 40, 42);
  expect(bars.map(({ x, writes, errors }) => [x, writes, errors])).toEqual([
    [0, 0, 0],
    [10, 20, 0],
    [20, 40, 0],
    [30, 0, 2],
  ]);
});

test('bars are told in words', () => {
  expect(activityWords(activity)).toMatch(
    /^In the last 24 hours 10 changes and 3 errors; the most at .+: 10\.$/,
  );
  expect(activityWords({ ...activity, writes: [0], errors: [0] })).toBe('No changes in the last 24 hours.');
});

const noor: PendingPerson = {
  memberId: 'noor',
  invitationId: 'i',
  name: 'Noor Haddad',
  email: 'noor@x.example',
  role: 'member',
  invitedAt: now - 9 * day,
  sentAt: now - 9 * day,
  expiresAt: now + 5 * day,
  daysWaiting: 9,
  nudges: 1,
  lastNudgedAt: now - 2 * day,
  nextNudgeAt: now,
  remindersOff: false,
  mailFailure: null,
};

test.each([
  ['the last nudge', {}, 'nudged 2 days ago'],
  ['that they want no reminders, before the last nudge', { remindersOff: true }, 'no reminders'],
  ['that the link ends soon', { expiresAt: now + 100 * minute }, /^ends .*40/],
  ['what the mail server said, before all else', { mailFailure: 'The mailbox is full.' }, 'mailbox full'],
  ['any other refusal', { mailFailure: 'The mail server says: “554 no”' }, 'mail refused'],
])('a row says %s', (_what, differing, words) => {
  expect(pendingNote({ ...noor, ...differing }, now)?.words).toMatch(words);
});

test('a row has nothing to say of somebody who was just invited', () => {
  expect(pendingNote({ ...noor, lastNudgedAt: null }, now)).toBeUndefined();
});

test('what became of inviting many is added up', () => {
  const counts = { invited: 1200, waits_for_seat: 3, no_address: 1 };
  expect(invitedWords(counts)).toBe(
    '1,200 people are invited. 3 wait for a free seat. 1 has no address for mail.',
  );
  expect(lookedAt(counts)).toBe(1204);
  expect(invitedWords({ outside_domains: 2 })).toBe(
    'Nobody is invited. 2 have addresses outside your domains.',
  );
});

test.each([
  [14, 0, '14 people'],
  [0, 1, '1 group'],
  [14, 2, '14 people and 2 groups'],
])('a hold of %i people and %i groups says so', (people, groups, words) => {
  const hold = {
    id: 'h',
    connection: { id: 'okta', name: 'Okta' },
    openedAt: now,
    endedAt: null,
    ended: null,
    people,
    groups,
  };
  expect(holdSentence([hold])).toMatch(`Okta took ${words} away within an hour.`);
});
