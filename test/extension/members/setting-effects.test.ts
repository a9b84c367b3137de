// What the settings say that a change does, and what they take for a conflict.
import { expect, test } from 'vitest';
import { readDays } from '../../../extension/members/setting-days.ts';
import {
  holdEffect,
  invitationEffect,
  retentionEffect,
  seatEffect,
} from '../../../extension/members/setting-effects.ts';
import { changedIn, conflictsOf } from '../../../extension/members/setting-values.ts';
import { settingWords } from '../../../extension/members/setting-words.ts';
import { defaultOrgSettings } from '../../../shared/org-settings.ts';

const state = { name: 'Larkspur', settings: defaultOrgSettings, version: 3 };

test('shorter retention tells what is deleted, longer what does not come back', () => {
  const before = defaultOrgSettings.retention;
  expect(retentionEffect(before, { ...before, removedPeopleDays: 7, auditDays: 90 })).toBe(
    'People who were removed more than 7 days ago are erased and cannot be put back. Audit entries older than 90 days are deleted. This cannot be undone.',
  );
  expect(retentionEffect(before, { ...before, provisioningRecordDays: 60 })).toBe(
    'More is kept from now on; what is deleted already does not come back.',
  );
});

test('a removal is held from the first number on that exceeds both limits', () => {
  const all = 'With 100 people who are not deactivated';
  expect(holdEffect({ people: 10, percent: 20 }, 100)).toBe(
    `${all}, a removal is held from 21 people within an hour on.`,
  );
  expect(holdEffect({ people: 30, percent: 20 }, 100)).toContain('from 31 people');
  expect(holdEffect({ people: 100, percent: 0 }, 100)).toBe(`${all}, no removal is large enough to be held.`);
});

test('a seat limit tells who can come in, and that nobody loses a seat', () => {
  const byStatus = { not_invited: 3, invited: 12, active: 60, blocked: 1, deactivated: 1 };
  const counts = { total: 77, byStatus, waiting: 3 };
  expect(seatEffect(counts, null)).toBe('The 3 people who wait can come in at once.');
  expect(seatEffect(counts, 74)).toBe('2 of the 3 people who wait can come in at once.');
  expect(seatEffect(counts, 80)).toBe('The 3 people who wait can come in at once; 5 seats stay free.');
  expect(seatEffect(counts, 70)).toContain('2 more seats are taken than that. Nobody loses theirs');
});

test('invitations tell only of what is changed', () => {
  const after = { ...defaultOrgSettings, invitationDays: 1 };
  expect(invitationEffect(defaultOrgSettings, after, 3)).toBe(
    'Invitations from now on last 1 day; those that are out keep their day.',
  );
});

test('it is a conflict only when somebody else changed the same setting to something else', () => {
  const theirs = (change: object) => ({
    ...state,
    settings: { ...defaultOrgSettings, ...change },
    version: 4,
  });
  const draft = { sessionDays: 21, name: 'Larkspur' };
  expect(changedIn(draft, state)).toEqual({ sessionDays: 21 });
  expect(conflictsOf(draft, state, theirs({ sessionDays: 7 }))).toEqual(['sessionDays']);
  expect(conflictsOf(draft, state, theirs({ invitationDays: 7 }))).toEqual([]);
  expect(conflictsOf(draft, state, theirs({ sessionDays: 21 }))).toEqual([]);
});

test('values are told in words', () => {
  expect(settingWords('removalThreshold', null)).toBe('never');
  expect(settingWords('reminderDays', [3, 7])).toBe('after 3, 7 days');
  expect(settingWords('mailSenderName', null)).toBe('the organisation’s name');
});

test('days are read as people type them, and nothing else is taken for them', () => {
  expect(readDays('7, 3;3')).toEqual([3, 7]);
  expect(readDays('')).toEqual([]);
  for (const wrong of ['0', '61', '1.5', 'soon', '1 2 3 4 5 6']) expect(readDays(wrong)).toBeUndefined();
});
