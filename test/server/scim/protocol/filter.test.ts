import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Filter,
  filterLimits,
  parseFilter,
  printFilter,
} from '../../../../server/scim/protocol/filter.ts';
import type { AttributePath } from '../../../../server/scim/protocol/path.ts';
import { ProtocolError } from '../../../../server/scim/protocol/protocol-error.ts';

function refusal(text: string): string {
  try {
    parseFilter(text);
  } catch (error) {
    if (error instanceof ProtocolError && error.scimType === 'invalidFilter') return error.message;
    throw error;
  }
  return `read as ${printFilter(parseFilter(text))}`;
}

const pr = (attribute: string): Filter => ({ kind: 'present', path: { attribute } });

describe('RFC 7644 §3.4.2.2, figure 2: the example filters', () => {
  test.each([
    'userName eq "bjensen"',
    'name.familyName co "O\'Malley"',
    'userName sw "J"',
    'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"',
    'title pr',
    'meta.lastModified gt "2011-05-13T04:42:34Z"',
    'meta.lastModified ge "2011-05-13T04:42:34Z"',
    'meta.lastModified lt "2011-05-13T04:42:34Z"',
    'meta.lastModified le "2011-05-13T04:42:34Z"',
    'title pr and userType eq "Employee"',
    'title pr or userType eq "Intern"',
    'schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"',
    'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
    'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
    'userType eq "Employee" and emails[type eq "work" and value co "@example.com"]',
    'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
  ])('%s prints back as it was', (text) => {
    expect(printFilter(parseFilter(text))).toBe(text);
  });

  test('brackets that change nothing are read and not printed', () => {
    const text = 'userType eq "Employee" and (emails.type eq "work")';
    expect(printFilter(parseFilter(text))).toBe('userType eq "Employee" and emails.type eq "work"');
  });

  test('a filter may run over several lines', () => {
    expect(parseFilter('title pr\r\n\tand  nickName pr ')).toEqual(parseFilter('title pr and nickName pr'));
  });
});

describe('RFC 7644 §3.4.2.2, figure 1: the grammar', () => {
  test('a comparison names path, operator and value', () => {
    expect(parseFilter('urn:example:2.0:Ext:badge.floor ge 3')).toEqual({
      kind: 'compare',
      path: { urn: 'urn:example:2.0:Ext', attribute: 'badge', sub: 'floor' },
      op: 'ge',
      value: 3,
    });
  });

  test('operators and keywords are read in any letter case, names are kept as typed', () => {
    expect(parseFilter('NOT (UserName Eq "a" AND active EQ True) OR Title PR')).toEqual({
      kind: 'or',
      left: {
        kind: 'not',
        filter: {
          kind: 'and',
          left: { kind: 'compare', path: { attribute: 'UserName' }, op: 'eq', value: 'a' },
          right: { kind: 'compare', path: { attribute: 'active' }, op: 'eq', value: true },
        },
      },
      right: pr('Title'),
    });
  });

  test.each([
    [
      'a pr or b pr and c pr',
      { kind: 'or', left: pr('a'), right: { kind: 'and', left: pr('b'), right: pr('c') } },
    ],
    [
      'a pr and b pr or c pr',
      { kind: 'or', left: { kind: 'and', left: pr('a'), right: pr('b') }, right: pr('c') },
    ],
    [
      '(a pr or b pr) and c pr',
      { kind: 'and', left: { kind: 'or', left: pr('a'), right: pr('b') }, right: pr('c') },
    ],
    [
      'a pr or b pr or c pr',
      { kind: 'or', left: { kind: 'or', left: pr('a'), right: pr('b') }, right: pr('c') },
    ],
    ['not (a pr) and b pr', { kind: 'and', left: { kind: 'not', filter: pr('a') }, right: pr('b') }],
  ])('not binds before and, and before or, else from left to right: %s', (text, tree) => {
    expect(parseFilter(text)).toEqual(tree);
  });

  test.each([
    ['"say \\"hi\\""', 'say "hi"'],
    ['"back\\\\slash"', 'back\\slash'],
    ['"\\u00e9\\n\\/"', 'é\n/'],
    ['"a) or (b pr"', 'a) or (b pr'],
    ['"O\'Malley & Søn [Ltd]"', "O'Malley & Søn [Ltd]"],
    ['""', ''],
    ['0', 0],
    ['-0', 0],
    ['-12.50', -12.5],
    ['2e2', 200],
    ['1E-3', 0.001],
    ['true', true],
    ['FALSE', false],
    ['null', null],
  ])('the value %s is JSON', (text, value) => {
    expect(parseFilter(`a eq ${text}`)).toEqual({
      kind: 'compare',
      path: { attribute: 'a' },
      op: 'eq',
      value,
    });
  });

  test('words of the grammar serve as attribute names where a name stands', () => {
    expect(parseFilter('not pr and or pr or pr eq 1')).toEqual({
      kind: 'or',
      left: { kind: 'and', left: pr('not'), right: pr('or') },
      right: { kind: 'compare', path: { attribute: 'pr' }, op: 'eq', value: 1 },
    });
  });

  test('blanks may be missing where no doubt is left', () => {
    expect(parseFilter('a eq"x"and(b pr)')).toEqual(parseFilter('a eq "x" and (b pr)'));
  });

  test('a value path takes a whole filter', () => {
    expect(printFilter(parseFilter('emails[ NOT(type eq "home") and (primary eq true or value pr) ]'))).toBe(
      'emails[not (type eq "home") and (primary eq true or value pr)]',
    );
  });

  test('a comparison after a value path joins its filter, as Entra means it', () => {
    expect(
      printFilter(parseFilter('emails[type eq "work"].value eq "ines@kiln.example" and active eq true')),
    ).toBe('emails[type eq "work" and value eq "ines@kiln.example"] and active eq true');
  });

  test.each([
    ['', 'character 1: expected an attribute name, "not" or "(", found the end'],
    ['userName', 'character 9: expected an operator (pr, eq, ne, co, sw, ew, gt, ge, lt, le), found the end'],
    [
      'userName regex "a"',
      'character 10: expected an operator (pr, eq, ne, co, sw, ew, gt, ge, lt, le), found "regex"',
    ],
    ['userName eq', 'character 12: expected a value, with text in double quotes as in JSON, found the end'],
    [
      'userName eq ines',
      'character 13: expected a text in double quotes, a number, true, false or null, found "ines"',
    ],
    ["userName eq 'ines'", 'character 13: expected a text in double quotes'],
    [
      'userName eq "ines',
      'character 13: expected a value, with text in double quotes as in JSON, found "\\""',
    ],
    ['userName eq "\\a"', 'character 13: expected a value'],
    ['userName eq "a\nb"', 'character 13: expected a value'],
    ['a eq 123abc', 'character 6: expected a text'],
    ['a eq 1e999', 'character 6: expected a text'],
    ['a eq 01', 'character 6: expected a text'],
    ['not userName pr', 'character 5: expected an operator'],
    ['a pr b pr', 'character 6: expected "and", "or" or the end of the filter, found "b"'],
    ['a pr and', 'character 9: expected an attribute name'],
    ['(a pr', 'character 6: expected "and", "or" or ")", found the end'],
    ['a pr)', 'character 5: expected "and", "or" or the end of the filter, found ")"'],
    ['emails[type pr)', 'character 15: expected "and", "or" or "]", found ")"'],
    ['emails[]', 'character 8: expected an attribute name'],
    ['[type pr]', 'character 1: expected an attribute name'],
    ['emails[type pr].', 'character 16: expected a sub-attribute'],
    ['name.a.b pr', 'character 1: expected an attribute name'],
    ['a\u00a0pr', 'character 2: expected an operator'],
  ])('%j is refused with the place and what was missing there', (text, words) => {
    expect(refusal(text)).toContain(`The filter cannot be read at ${words}`);
  });
});

describe('limits', () => {
  test('brackets nest as deep as the limit and no deeper', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}a pr${')'.repeat(depth)}`;
    expect(parseFilter(nested(filterLimits.depth))).toEqual(pr('a'));
    expect(refusal(nested(filterLimits.depth + 1))).toContain('nests more than 30 brackets');
  });

  test('brackets beside one another do not add up', () => {
    expect(refusal(Array(100).fill('(a pr)').join(' and '))).toMatch(/^read as /);
  });

  test('a chain is as long as the limit and no longer', () => {
    const chain = (length: number) => Array(length).fill('a pr').join(' or ');
    expect(printFilter(parseFilter(chain(filterLimits.comparisons)))).toBe(chain(filterLimits.comparisons));
    expect(refusal(chain(filterLimits.comparisons + 1))).toContain('more than 200 comparisons');
  });

  test('a text over the limit is not read at all', () => {
    const long = (length: number) => `a eq "${'x'.repeat(length - 7)}"`;
    expect(parseFilter(long(filterLimits.length)).kind).toBe('compare');
    expect(refusal(long(filterLimits.length + 1))).toContain('8001 characters long');
  });
});

const name = fc.stringMatching(/^[A-Za-z$][A-Za-z0-9_$-]{0,8}$/);
const urn = fc.constantFrom(
  'urn:ietf:params:scim:schemas:core:2.0:User',
  'urn:example:x',
  'https://a.example/b',
);
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const path: fc.Arbitrary<AttributePath> = fc
  .tuple(optional(urn), name, optional(name))
  .map(([urn, attribute, sub]) => ({ ...(urn && { urn }), attribute, ...(sub && { sub }) }));
const literal = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0),
  fc.boolean(),
  fc.constant(null),
);
const op = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le');
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 6, depthSize: 'medium' },
    fc.record({ kind: fc.constant('present'), path }),
    fc.record({ kind: fc.constant('compare'), path, op, value: literal }),
    fc.record({ kind: fc.constantFrom('and', 'or'), left: tie('filter'), right: tie('filter') }),
    fc.record({ kind: fc.constant('not'), filter: tie('filter') }),
    fc.record({ kind: fc.constant('valuePath'), path, filter: tie('filter') }),
  ) as fc.Arbitrary<Filter>,
}));

describe('properties', () => {
  test('every tree prints to a text that reads back as the same tree', () => {
    fc.assert(
      fc.property(filter, (tree) => {
        const text = printFilter(tree);
        fc.pre(text.length <= filterLimits.length);
        expect(parseFilter(text)).toEqual(tree);
        expect(printFilter(parseFilter(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  const token = fc.constantFrom(
    ...[
      '(',
      ')',
      '[',
      ']',
      '"',
      '\\',
      '"a"',
      ' ',
      'and',
      'or',
      'not',
      'pr',
      'eq',
      'gt',
      'a',
      'urn:x:a',
      '.a',
    ],
    ...['emails', '1', '-', '1e9', 'true', 'null', '.', ':', '\n', '\u0000', '\ud800', '😀'],
  );
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join(' ')),
    fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join('')),
  );

  test('every text is either a filter that prints and reads back, or an invalidFilter', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const answer = refusal(text);
        if (!answer.startsWith('read as ')) return;
        const tree = parseFilter(text);
        expect(parseFilter(printFilter(tree))).toEqual(tree);
      }),
      { numRuns: 5000 },
    );
  });

  test('no text of full length takes long, whatever it repeats', () => {
    const repeated = fc
      .tuple(
        fc.constantFrom('', 'a eq ', 'a eq "', 'urn:', '('),
        fc.array(token, { minLength: 1, maxLength: 4 }),
      )
      .map(([start, tokens]) =>
        (start + tokens.join('').repeat(filterLimits.length)).slice(0, filterLimits.length),
      );
    fc.assert(
      fc.property(repeated, (text) => {
        const start = performance.now();
        refusal(text);
        // Linear reading takes under a millisecond; quadratic or exponential backtracking would take seconds.
        expect(performance.now() - start).toBeLessThan(1000);
      }),
      { numRuns: 300 },
    );
  });
});
