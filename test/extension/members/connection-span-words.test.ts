import { expect, test } from 'vitest';
import { spanSentence, spansSentence } from '../../../extension/members/connection-span-words.ts';
import { asideSentence } from '../../../extension/parts/put-aside-words.ts';
import type { KeptFinding } from '../../../shared/finding.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const now = new Date(2026, 10, 5, 10, 40).getTime();
const span = (from: number, [writes, errors, tolerated]: readonly [number, number, number]) => ({
  from,
  until: from + 30 * minute,
  writes,
  errors,
  tolerated,
});

test('a stretch is told with its time or its day and what was sent', () => {
  const one = span(now - 2 * day, [1, 2000, 0]);
  expect(spanSentence(one, 'days', now)).toMatch(/3.*: 1 change, 2,000 errors, 0 put up with$/);
  expect(spanSentence(one, 'hours', now)).toMatch(/10:40.* to 11:10.*: 1 change/);
});

test('all stretches are told by their sums and the busiest of them', () => {
  const spans = [span(now - 2 * day, [1, 0, 0]), span(now - day, [30, 4, 9]), span(now, [2, 1, 0])];
  expect(spansSentence(spans, 'days', now)).toMatch(
    /^In 3 days 33 changes, 5 errors and 9 requests put up with\. The most, .*4.*: 30 changes, 4 errors, 9 put up with\.$/,
  );
  expect(spansSentence([span(now, [0, 0, 0])], 'hours', now)).toBe('Nothing was sent in the last 24 hours.');
});

test('who put a finding aside is told with until when', () => {
  const aside = (until: number | null) =>
    ({ putAside: { by: 'Ada Holm', at: now - 5 * minute, until, reason: null } }) as KeptFinding;
  expect(asideSentence(aside(null), now)).toBe(
    'Dismissed by Ada Holm 5 min ago, until something new turns up.',
  );
  expect(asideSentence(aside(now + day), now)).toMatch(/^Snoozed by Ada Holm until tomorrow 10:40/);
  expect(asideSentence({ putAside: null } as KeptFinding, now)).toBe('');
});
