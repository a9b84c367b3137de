import { describe, expect, test } from 'vitest';
import { attribute } from '../../../../server/scim/protocol/attribute.ts';
import { comparableText, comparisons, isFolded } from '../../../../server/scim/protocol/filter-value.ts';

describe('RFC 7644 §3.4.2.2, table 3: operators by type', () => {
  test.each([
    ['string', 'eq ne gt ge lt le co sw ew'],
    ['reference', 'eq ne gt ge lt le co sw ew'],
    ['dateTime', 'eq ne gt ge lt le'],
    ['integer', 'eq ne gt ge lt le'],
    ['decimal', 'eq ne gt ge lt le'],
    ['boolean', 'eq ne'],
    ['binary', 'eq ne'],
  ] as const)('%s takes %s', (type, operators) => {
    expect(comparisons[type].operators.join(' ')).toBe(operators);
  });
});

test.each([
  ['string', 'Ines', 'Ines'],
  ['string', 5, undefined],
  ['string', true, undefined],
  ['string', 'nul \0', undefined],
  ['string', 'half a pair \ud83d', undefined],
  ['string', 'a whole pair 😀', 'a whole pair 😀'],
  ['reference', 'https://kiln.example/a', 'https://kiln.example/a'],
  ['binary', 'TUlJ', 'TUlJ'],
  ['binary', 1, undefined],
  ['boolean', true, true],
  ['boolean', false, false],
  ['boolean', 'True', true],
  ['boolean', 'false', false],
  ['boolean', 'falsey', undefined],
  ['boolean', 1, undefined],
  ['integer', 7, 7],
  ['integer', '7', undefined],
  ['decimal', 7.5, 7.5],
  ['decimal', true, undefined],
  ['dateTime', '2011-05-13T04:42:34Z', '2011-05-13T04:42:34.000Z'],
  ['dateTime', '2011-05-13T06:42:34.5+02:00', '2011-05-13T04:42:34.500Z'],
  ['dateTime', '2011-05-13', undefined],
  ['dateTime', 1305261754, undefined],
] as const)('a %s reads the literal %j as %j', (type, literal, value) => {
  expect(comparisons[type].read(literal)).toBe(value);
});

test('only strings that are not caseExact are folded', () => {
  const folded = attribute('a', 'string', '');
  const exact = attribute('a', 'string', '', { caseExact: true });
  const reference = attribute('a', 'reference', '');
  expect([folded, exact, reference].map(isFolded)).toEqual([true, false, false]);
  expect([folded, exact, reference].map((each) => comparableText(each, 'ÄB'))).toEqual(['äb', 'ÄB', 'ÄB']);
});
