import { describe, expect, test } from 'vitest';
import { attribute } from '../../../../server/scim/protocol/attribute.ts';
import { groupType } from '../../../../server/scim/protocol/group-schema.ts';
import { readValue } from '../../../../server/scim/protocol/read-value.ts';
import { strict, tolerant } from './recorded-reading.ts';
import { refusalOf } from './refusal.ts';

const title = attribute('title', 'string', '');
const active = attribute('active', 'boolean', '');
const tags = attribute('tags', 'string', '', { multiValued: true });
const emails = attribute('emails', 'complex', '', {
  multiValued: true,
  subAttributes: [
    attribute('value', 'string', '', { required: true }),
    attribute('type', 'string', ''),
    attribute('primary', 'boolean', ''),
  ],
});
const manager = attribute('manager', 'complex', '', { subAttributes: [attribute('value', 'string', '')] });
const name = attribute('name', 'complex', '', { subAttributes: [attribute('familyName', 'string', '')] });

const tolerances = [
  ['an array of one for a single value', title, ['Guide'], 'Guide', 'single-as-array'],
  ['an array of one object for a plain value', title, [{ value: 'Guide' }], 'Guide', 'single-as-array'],
  ['an array of one for an object', manager, [{ value: 'u1' }], { value: 'u1' }, 'single-as-array'],
  ['a bare value for many', tags, 'a', ['a'], 'array-as-single'],
  ['a bare object for many', emails, { value: 'a' }, [{ value: 'a' }], 'array-as-single'],
  ['a string for an object with a value', manager, 'u1', { value: 'u1' }, 'string-as-complex'],
  ['strings for entries with a value', emails, ['a'], [{ value: 'a' }], 'string-as-complex'],
  ['an empty string where no string belongs', active, '', undefined, 'empty-string-as-removal'],
] as const;

describe('readValue', () => {
  test.each(tolerances)('%s is understood and noted', (_, definition, sent, read, quirk) => {
    const reading = tolerant();
    expect(readValue(definition, sent, definition.name, reading)).toEqual(read);
    expect(reading.notes).toEqual([[quirk, definition.name]]);
  });

  test.each(tolerances)('read strictly, %s is invalidValue', (_, definition, sent) => {
    expect(refusalOf(() => readValue(definition, sent, definition.name, strict()))).toBe('invalidValue');
  });

  test.each([
    ['two values for one', title, ['a', 'b']],
    ['an object for a string', title, { value: 'a' }],
    ['nested arrays', tags, [['a']]],
    ['a string for an object without a value', name, 'Halloran'],
    ['an entry without its required value', emails, [{ type: 'work' }]],
    ['more entries than any attribute needs', tags, Array.from({ length: 10_001 }, (_, i) => `t${i}`)],
  ])('%s is invalidValue', (_, definition, sent) => {
    expect(refusalOf(() => readValue(definition, sent, definition.name, tolerant()))).toBe('invalidValue');
  });

  test("a group's members may run into the hundred thousands", () => {
    const members = groupType.schema.attributes.find((candidate) => candidate.name === 'members') ?? tags;
    const sent = Array.from({ length: 20_000 }, (_, i) => ({ value: `u${i}` }));
    expect(readValue(members, sent, 'members', strict())).toEqual(sent);
  });

  test('an empty string is a string', () => {
    expect(readValue(title, '', 'title', strict())).toBe('');
  });

  test('entries that repeat an earlier one are left out, whatever the order of their keys', () => {
    const sent = [{ value: 'a', type: 'work' }, { type: 'work', value: 'a' }, { value: 'a' }];
    expect(readValue(emails, sent, 'emails', strict())).toEqual([
      { value: 'a', type: 'work' },
      { value: 'a' },
    ]);
  });

  test('RFC 7643 §2.4: of several primary entries the last keeps the mark', () => {
    const reading = tolerant();
    const sent = [{ value: 'a', primary: true }, { value: 'b', primary: true }, { value: 'c' }];
    expect(readValue(emails, sent, 'emails', reading)).toEqual([
      { value: 'a', primary: false },
      { value: 'b', primary: true },
      { value: 'c' },
    ]);
    expect(reading.notes).toEqual([['several-primaries', 'emails']]);
    expect(refusalOf(() => readValue(emails, sent, 'emails', strict()))).toBe('invalidValue');
  });
});
