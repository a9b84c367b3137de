import { describe, expect, test } from 'vitest';
import {
  noEvidence,
  type TellingRecord,
  withArrivals,
  withRecord,
} from '../../../server/diagnosis/wire-evidence.ts';

const minute = 60_000;
let seq = 0;
const record = (given: Partial<TellingRecord>): TellingRecord => {
  seq += 1;
  const plain = { seq, at: seq * 1000, method: 'GET', path: '/scim/v2/Users', status: 200 };
  return { ...plain, outcome: 'found 0 of 0', client: 'okta', changed: [], ...given };
};
const shownBy = (...records: readonly Partial<TellingRecord>[]) =>
  Object.keys(records.map(record).reduce(withRecord, noEvidence).seen);

const person = { method: 'PATCH', path: '/scim/v2/Users/{id}' };
const group = { method: 'PATCH', path: '/scim/v2/Groups/{id}' };

test.each([
  ['a lookup', {}, ['reached']],
  ['a lookup with doubled and trailing slashes', { path: '//scim/v2//Users/' }, ['reached']],
  ['a new person', { method: 'POST', status: 201, outcome: 'created' }, ['reached', 'arrived', 'created']],
  ['a person taken over by PUT', { ...person, method: 'PUT', outcome: 'adopted' }, ['reached', 'arrived']],
  ['a change', { ...person, outcome: 'updated', changed: ['title'] }, ['reached', 'updated']],
  ['a change to what is so already', { ...person, outcome: 'unchanged' }, ['reached']],
  [
    'a person leaving',
    { ...person, outcome: 'deactivated', changed: ['active'] },
    ['reached', 'deactivated'],
  ],
  ['a person returning', { ...person, outcome: 'reactivated' }, ['reached', 'reactivated']],
  [
    'a person returning by POST',
    { method: 'POST', outcome: 'restored' },
    ['reached', 'arrived', 'created', 'reactivated'],
  ],
  [
    'an empty group',
    { ...group, method: 'POST', outcome: 'created', changed: ['displayName'] },
    ['reached', 'group'],
  ],
  ['members of a group', { ...group, outcome: 'updated', changed: ['members'] }, ['reached', 'members']],
  ['a group renamed', { ...group, outcome: 'updated', changed: ['displayName'] }, ['reached']],
] as const)('%s shows what it shows and no more', (_what, given, shown) => {
  expect(shownBy(given)).toEqual(shown);
});

test.each([
  ['a refusal', { status: 401, outcome: 'refused: token unknown' }],
  ['a clash', { method: 'POST', status: 409, outcome: 'refused: member.user_name_taken' }],
  ['discovery, which a monitor may ask for', { path: '/scim/v2/ServiceProviderConfig' }],
  ['somebody at a terminal', { client: 'curl' }],
  ['somebody with a browser', { client: 'other:Mozilla/5.0' }],
] as const)('%s shows nothing', (_what, given) => {
  expect([given].map(record).reduce(withRecord, noEvidence)).toBe(noEvidence);
});

test('the first record stands for what many show', () => {
  const evidence = [1, 2, 3]
    .map((n) => record({ seq: n, at: n, ...person, outcome: 'updated' }))
    .reduce(withRecord, noEvidence);
  expect(evidence.seen.updated).toEqual({ at: 1, recordSeq: 1, call: 'PATCH /Users/{id}', count: 3 });
});

describe('a rhythm of forty minutes', () => {
  const shown = (...minutes: readonly number[]) =>
    shownBy(...minutes.map((at) => ({ at: at * minute, client: 'entra' }))).includes('cycle');

  test.each([
    ['the second run on time', [0, 40]],
    ['a run that takes a while', [0, 5, 12, 41]],
    ['a little late', [0, 43]],
    ['after two cycles with nothing to say', [0, 120]],
    ['clicks before it, and then the cycle', [0, 11, 25, 65]],
  ])('is seen: %s', (_what, minutes) => {
    expect(shown(...minutes)).toBe(true);
  });

  test.each([
    ['one run', [0, 3, 9]],
    ['clicks at odd times', [0, 15, 34, 60]],
    ['a day without', [0, 1440]],
  ])('is not seen: %s', (_what, minutes) => {
    expect(shown(...minutes)).toBe(false);
  });
});

test('what the directory shows takes the place of records that are gone, of none that is there', () => {
  const evidence = [record({ seq: 7, at: 70 })].reduce(withRecord, noEvidence);
  const { seen } = withArrivals(evidence, {
    people: { count: 12, firstAt: 5 },
    groups: { count: 2, firstAt: 6, withMembers: false },
  });
  expect(seen.reached?.recordSeq).toBe(7);
  expect(seen.arrived).toEqual({ at: 5, call: null, recordSeq: null, count: 12 });
  expect(Object.keys(seen).sort()).toEqual(['arrived', 'group', 'reached']);
});
