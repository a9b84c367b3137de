import { describe, expect, test } from 'vitest';
import { attribute } from '../../../../server/scim/protocol/attribute.ts';
import { appendEntries, distinctEntries, unmarkOthers } from '../../../../server/scim/protocol/value-list.ts';

const emails = attribute('emails', 'complex', '', {
  multiValued: true,
  subAttributes: ['value', 'type', 'display'].map((name) => attribute(name, 'string', '')),
});
const addresses = attribute('addresses', 'complex', '', {
  multiValued: true,
  subAttributes: ['type', 'locality'].map((name) => attribute(name, 'string', '')),
});
const tags = attribute('tags', 'string', '', { multiValued: true });

describe('appendEntries', () => {
  const work = { value: 'mira@orchard.example', type: 'work' };

  test.each([
    ['another value', emails, [work], [{ value: 'b' }], [work, { value: 'b' }]],
    ['the same entry', emails, [work], [work], [work]],
    [
      'the same value in another letter case',
      emails,
      [work],
      [{ ...work, value: work.value.toUpperCase() }],
      [{ ...work, value: work.value.toUpperCase() }],
    ],
    [
      'the same value without a type',
      emails,
      [work],
      [{ value: work.value, display: 'M' }],
      [{ ...work, display: 'M' }],
    ],
    [
      'the same value of another type',
      emails,
      [work],
      [{ ...work, type: 'home' }],
      [work, { ...work, type: 'home' }],
    ],
    [
      'a type for an entry that had none',
      emails,
      [{ value: 'a' }],
      [{ value: 'a', type: 'work' }],
      [{ value: 'a', type: 'work' }],
    ],
    ['the same entry twice', emails, [], [work, work], [work]],
    [
      'an entry that has no value, again',
      addresses,
      [{ type: 'work', locality: 'X' }],
      [{ locality: 'X', type: 'work' }],
      [{ type: 'work', locality: 'X' }],
    ],
    [
      'an entry that has no value, another',
      addresses,
      [{ type: 'work' }],
      [{ type: 'home' }],
      [{ type: 'work' }, { type: 'home' }],
    ],
    ['simple values', tags, ['a', 'b'], ['b', 'c'], ['a', 'b', 'c']],
  ])('%s', (_, definition, existing, added, expected) => {
    expect(appendEntries(definition, existing, added)).toEqual(expected);
  });
});

test('distinctEntries keeps the first of equal entries, whatever the order of their keys', () => {
  const entries = [{ value: 'a', type: 'work' }, { type: 'work', value: 'a' }, { value: 'a' }];
  expect(distinctEntries(emails, entries)).toEqual([entries[0], entries[2]]);
});

test('unmarkOthers takes the mark from every entry but one', () => {
  const entries = [{ value: 'a', primary: true }, { value: 'b', primary: true }, { value: 'c' }];
  expect(unmarkOthers(emails, entries, 1)).toEqual([{ value: 'a', primary: false }, entries[1], entries[2]]);
});
