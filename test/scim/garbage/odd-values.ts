// Texts, keys and values that nobody expects, for wherever one stands in a request.
import fc from 'fast-check';
import { ids } from './garbage.ts';

const halfPair = fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit));
export const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 })
    .map((units) => String.fromCharCode(...units)),
  halfPair,
  fc.constantFrom(
    '',
    '\0',
    'a\0b',
    '__proto__',
    'constructor',
    'toString',
    'İ',
    'ß'.repeat(400),
    'x'.repeat(20_000),
    'bulkId:',
    'bulkId:a',
    'members[value eq "\0"]',
    '%00',
    "' or 1=1 --",
    ids.user,
  ),
);

const deep = (depth: number) => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1);
export const oddValue = fc.oneof(
  fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }),
  oddText,
  fc.constantFrom<unknown>(
    null,
    [],
    {},
    [null],
    [[]],
    -0,
    1e308,
    -1,
    0.1,
    Number.MAX_SAFE_INTEGER + 2,
    true,
    deep(40),
    Array.from({ length: 3000 }, (_, n) => ({ value: `member-${n}` })),
    Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`key${n}`, n])),
  ),
);
export const oddKey = fc.oneof(
  oddText,
  fc.constantFrom(
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'schemas',
    'id',
    'meta',
    'USERNAME',
    'emails.value',
  ),
);

/** As a part of an address; half a pair of surrogates has no place there. */
export const encode = (text: string) => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
