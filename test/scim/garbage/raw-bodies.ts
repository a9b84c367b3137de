// Bodies of any bytes, too deep, too odd or of another type than they say.
import fc from 'fast-check';
import { type Garbage, ids } from './garbage.ts';
import { oddValue } from './odd-values.ts';

const target = fc.constantFrom(
  ['POST', '/Users'],
  ['PUT', `/Users/${ids.user}`],
  ['PATCH', `/Users/${ids.user}`],
  ['POST', '/Groups'],
  ['PATCH', `/Groups/${ids.group}`],
  ['POST', '/Bulk'],
  ['POST', '/.search'],
  ['POST', '/Groups/.search'],
  ['DELETE', '/Users/nobody'],
  ['GET', '/Users'],
) as fc.Arbitrary<readonly [string, string]>;

const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);
const rawBody = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.json({ maxDepth: 4, stringUnit: 'binary' }),
  oddValue.map((value) => JSON.stringify(value)),
  fc.nat(20_000).map((depth) => nested('[', ']', depth)),
  fc.nat(5000).map((depth) => `{"Operations":${nested('{"value":', '}', depth).replace('}', '1}')}}`),
  fc.nat(3000).map((depth) => `{"userName":"deep","name":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`),
  fc.constantFrom(
    '{"__proto__":{"userName":"x"},"userName":"proto"}',
    '{"constructor":{"prototype":{"active":true}},"userName":"constructor"}',
    '{"userName":"twice","userName":"twice again"}',
    '{"userName":"\\ud800"}',
    '{"userName":"nul\\u0000"}',
    '{"userName":1e999}',
    '\ufeff{"userName":"marked"}',
    'null',
    '',
    ' ',
  ),
);
export const rawRequest: fc.Arbitrary<Garbage> = fc
  .tuple(
    target,
    rawBody,
    fc.constantFrom(
      'application/scim+json',
      'application/json',
      'application/json; charset=utf-16',
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/scim+json;;',
      '/',
      '',
    ),
  )
  .map(([[method, path], body, type]) => ({ method, path, headers: { 'content-type': type }, body }));
