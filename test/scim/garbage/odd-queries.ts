// Searches that make no sense, in the address and in a body: filters out of loose tokens, parameters out of anything.
import fc from 'fast-check';
import { type Garbage, ids, json } from './garbage.ts';
import { encode, oddText, oddValue } from './odd-values.ts';

const filterToken = fc.oneof(
  fc.constantFrom(
    ...[
      'userName',
      'emails',
      'emails.value',
      'emails[',
      ']',
      'members',
      'members.value',
      'meta.created',
      'id',
    ],
    ...[
      'active',
      'groups.value',
      'urn:ietf:params:scim:schemas:core:2.0:User:userName',
      'name',
      'x509Certificates',
    ],
    ...[
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value',
      'schemas',
      'password',
      'nope',
    ],
    ...[
      'eq',
      'ne',
      'co',
      'sw',
      'ew',
      'gt',
      'ge',
      'lt',
      'le',
      'pr',
      'and',
      'or',
      'not',
      '(',
      ')',
      '.',
      '"',
      '\\',
    ],
    ...['"a"', '""', '"\\u0000"', '"\\ud800"', 'true', 'null', '1', '1e999', '"2026-11-02T09:00:00Z"'],
  ),
  oddText.map((text) => JSON.stringify(text)),
);
const filterText = fc.oneof(
  fc.array(filterToken, { maxLength: 9 }).map((tokens) => tokens.join(' ')),
  fc
    .tuple(
      fc.constantFrom(
        'userName',
        'externalId',
        'emails.value',
        'displayName',
        'title',
        'meta.location',
        'groups.display',
        'members.value',
      ),
      fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'le'),
      oddText,
    )
    .map(([path, op, value]) => `${path} ${op} ${JSON.stringify(value)}`),
  fc.nat(3000).map((depth) => `${'not ('.repeat(depth)}active eq true${')'.repeat(depth)}`),
  fc.nat(300).map((n) => Array.from({ length: n + 1 }, () => 'userName eq "x"').join(' or ')),
);

const parameter = fc.oneof(
  filterText.map((text) => `filter=${encode(text)}`),
  fc
    .tuple(
      fc.constantFrom(
        'sortBy',
        'sortOrder',
        'attributes',
        'excludedAttributes',
        'cursor',
        'startIndex',
        'count',
      ),
      oddText,
    )
    .map(([name, value]) => `${name}=${encode(value)}`),
  fc
    .tuple(
      fc.constantFrom('sortBy', 'attributes', 'excludedAttributes'),
      fc.constantFrom(
        'userName',
        'name.familyName',
        'emails',
        'emails.value',
        'meta.lastModified',
        'groups',
        'members',
        'id',
        'x509Certificates',
        'urn:ietf:params:scim:schemas:core:2.0:User:',
        '.',
      ),
    )
    .map(([name, value]) => `${name}=${value}`),
  fc
    .tuple(
      fc.constantFrom('startIndex', 'count'),
      fc.oneof(fc.integer().map(String), fc.constantFrom('1e3', '9'.repeat(400), 'NaN', '-0', ' 1', '0x10')),
    )
    .map(([name, value]) => `${name}=${encode(value)}`),
  fc.constantFrom(
    'cursor=',
    'cursor=eyJ9.x',
    'filter',
    '%',
    'filter=%',
    'filter=%FF%FE',
    'a=%E0%A4%A',
    '__proto__=1',
    'count[]=1',
    '=',
    'filter=+eq+',
    'sortBy=%00',
  ),
);

export const queryRequest: fc.Arbitrary<Garbage> = fc
  .tuple(
    fc.constantFrom(
      '/Users',
      '/Groups',
      `/Users/${ids.user}`,
      `/Groups/${ids.group}`,
      '/Schemas',
      '/ResourceTypes',
      '/ServiceProviderConfig',
    ),
    fc.array(parameter, { minLength: 1, maxLength: 4 }),
  )
  .map(([path, parameters]) => ({ method: 'GET', path: `${path}?${parameters.join('&')}`, headers: {} }));

export const searchRequest: fc.Arbitrary<Garbage> = fc
  .tuple(
    fc.constantFrom('/Users/.search', '/Groups/.search', '/.search'),
    fc.record(
      {
        filter: fc.oneof(filterText, oddValue),
        sortBy: oddValue,
        sortOrder: fc.oneof(fc.constantFrom('ascending', 'descending'), oddValue),
        attributes: fc.oneof(fc.array(oddText, { maxLength: 3 }), oddValue),
        startIndex: oddValue,
        count: oddValue,
        cursor: oddValue,
      },
      { requiredKeys: [] },
    ),
  )
  .map(([path, body]) => ({ method: 'POST', path, headers: json, body: JSON.stringify(body) }));
