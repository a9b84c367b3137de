// Requests that nobody should send: real SCIM bodies broken, any bytes, odd queries, addresses and headers. Knows what
// may go wrong on the wire, not what the server makes of it.
import fc from 'fast-check';

/** A request below the connection's base URL; the path in Latin-1, the body as bytes or text. */
export interface Garbage {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
}

export const json = { 'content-type': 'application/scim+json' } as const;
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
/** Stand in a path or body for somebody and some group that are there. */
export const ids = {
  user: '{user}',
  group: '{group}',
} as const;

// Bodies as identity providers send them, to be broken.
const realBodies: readonly (readonly [method: string, path: string, body: unknown])[] = [
  [
    'POST',
    '/Users',
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterpriseUrn],
      externalId: '00u1',
      userName: 'mira@finch.example',
      active: true,
      name: { givenName: 'Mira', familyName: 'Finch' },
      emails: [{ value: 'mira@finch.example', type: 'work', primary: true }],
      phoneNumbers: [{ value: '+41 44 000 00 00', type: 'work' }],
      roles: [{ value: '{"id":"1","value":"Admin"}', primary: 'True' }],
      [enterpriseUrn]: {
        department: 'Casting',
        manager: { value: ids.user },
      },
    },
  ],
  ['PUT', `/Users/${ids.user}`, { userName: 'mira', displayName: 'Mira', meta: { version: 'W/"1"' } }],
  [
    'PATCH',
    `/Users/${ids.user}`,
    {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'm@finch.example' },
        { op: 'add', value: { active: 'False', 'name.givenName': 'M' } },
        { op: 'remove', path: 'phoneNumbers[type eq "fax" and value sw "+"]' },
      ],
    },
  ],
  [
    'POST',
    '/Groups',
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'Casters',
      externalId: 'g1',
      members: [{ value: ids.user, $ref: null, type: 'User' }],
    },
  ],
  ['PUT', `/Groups/${ids.group}`, { displayName: 'Moulders', members: [{ value: ids.user }] }],
  [
    'PATCH',
    `/Groups/${ids.group}`,
    {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [
        { op: 'add', path: 'members', value: [{ value: ids.user }] },
        { op: 'remove', path: `members[value eq "${ids.user}"]` },
        { op: 'replace', path: 'displayName', value: 'Cast' },
      ],
    },
  ],
  [
    'POST',
    '/Users/.search',
    {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter: 'userName sw "m" and emails[type eq "work"]',
      attributes: ['userName', 'emails.value'],
      sortBy: 'name.familyName',
      sortOrder: 'descending',
      startIndex: 1,
      count: 10,
    },
  ],
  [
    'POST',
    '/Bulk',
    {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      failOnErrors: 3,
      Operations: [
        { method: 'POST', path: '/Users', bulkId: 'a', data: { userName: 'bulk' } },
        {
          method: 'PATCH',
          path: `/Groups/${ids.group}`,
          data: { Operations: [{ op: 'add', path: 'members', value: [{ value: 'bulkId:a' }] }] },
        },
        { method: 'DELETE', path: '/Users/bulkId:a', version: 'W/"1"' },
      ],
    },
  ],
];

const halfPair = fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit));
const oddText = fc.oneof(
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
const oddValue = fc.oneof(
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
const oddKey = fc.oneof(
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

interface Mutation {
  readonly steps: readonly number[];
  readonly how: 'replace' | 'remove' | 'rename' | 'add' | 'repeat' | 'wrap' | 'stringify';
  readonly key: string;
  readonly value: unknown;
}
const mutation: fc.Arbitrary<Mutation> = fc.record({
  steps: fc.array(fc.nat(9), { maxLength: 5 }),
  how: fc.constantFrom<Mutation['how']>(
    'replace',
    'replace',
    'remove',
    'rename',
    'add',
    'repeat',
    'wrap',
    'stringify',
  ),
  key: oddKey,
  value: oddValue,
});

/** The value with one place in it changed, found by taking the n-th child step after step. */
function mutate(value: unknown, { steps: [step, ...rest], ...change }: Mutation): unknown {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const chosen = step === undefined ? undefined : entries[step % Math.max(1, entries.length)];
  if (chosen !== undefined) {
    const [key, child] = chosen;
    const changed = mutate(child, { steps: rest, ...change });
    if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? changed : item));
    return objectOf(entries.map(([name, item]) => [name, name === key ? changed : item]));
  }
  switch (change.how) {
    case 'replace':
      return change.value;
    case 'remove':
      return undefined;
    case 'rename':
      return Array.isArray(value)
        ? value
        : objectOf(entries.map(([name, item], n) => [n === 0 ? change.key : name, item]));
    case 'add':
      return Array.isArray(value)
        ? [...value, change.value]
        : objectOf([...entries, [change.key, change.value]]);
    case 'repeat':
      return Array.isArray(value)
        ? Array.from({ length: 200 }, (_, n) => value[n % Math.max(1, value.length)])
        : [value, value];
    case 'wrap':
      return { value };
    case 'stringify':
      return JSON.stringify(value);
  }
}

/** An object with exactly these own keys, `__proto__` among them if it comes. */
function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  const result = {};
  for (const [key, value] of entries) {
    Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return result;
}

const mutatedBody: fc.Arbitrary<Garbage> = fc
  .tuple(fc.constantFrom(...realBodies), fc.array(mutation, { minLength: 1, maxLength: 3 }))
  .map(([[method, path, body], mutations]) => ({
    method,
    path,
    headers: json,
    body: JSON.stringify(mutations.reduce(mutate, body)),
  }));

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
const rawRequest: fc.Arbitrary<Garbage> = fc
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

const encode = (text: string) => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
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
const queryRequest: fc.Arbitrary<Garbage> = fc
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
const searchRequest: fc.Arbitrary<Garbage> = fc
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

/** What Node's client puts on the wire: no control characters, no blanks, nothing beyond Latin-1. */
const latin1 = fc
  .integer({ min: 0x21, max: 0xff })
  .filter((code) => code !== 0x7f && code !== 0x23)
  .map((code) => String.fromCharCode(code));
const segment = fc.oneof(
  fc.constantFrom(
    'Users',
    'Groups',
    'users',
    'Schemas',
    'Bulk',
    'Me',
    '.search',
    '..',
    '.',
    '',
    '*',
    'scim',
    'v2',
    ids.user,
  ),
  fc.constantFrom(
    '%',
    '%0',
    '%zz',
    '%00',
    '%2F',
    '%2e%2e',
    '%C3%28',
    '%FF',
    '%ED%A0%80',
    '%F0%9F%98%80',
    'x'.repeat(6000),
    '__proto__',
  ),
  fc.string({ unit: latin1, maxLength: 12 }),
  oddText.map(encode),
);
const addressRequest: fc.Arbitrary<Garbage> = fc
  .tuple(
    fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'PURGE'),
    fc.array(segment, { minLength: 1, maxLength: 4 }),
  )
  // A request that HTTP's parser refuses has no method yet, so its answer has a body that HEAD does not expect.
  .filter(
    ([method, segments]) =>
      method !== 'HEAD' || segments.every((text) => text.length < 100 && encode(text) === text),
  )
  .map(([method, segments]) => ({ method, path: `/${segments.join('/')}`, headers: {} }));

const headerText = fc.string({ unit: latin1, maxLength: 30 });
const headerRequest: fc.Arbitrary<Garbage> = fc
  .tuple(
    fc.constantFrom(
      ['GET', `/Users/${ids.user}`],
      ['GET', '/Users'],
      ['PUT', `/Users/${ids.user}`],
      ['DELETE', '/Users/nobody'],
    ),
    fc.record(
      {
        accept: headerText,
        'if-match': fc.oneof(headerText, fc.constantFrom('*', 'W/"1"', '"1"', 'W/"', ',', '"'.repeat(500))),
        'if-none-match': fc.oneof(headerText, fc.constantFrom('*', 'W/"1", W/"2"')),
        'user-agent': headerText,
        'content-encoding': fc.constantFrom('gzip', 'br', 'nonsense'),
        'content-type': fc.oneof(headerText, fc.constantFrom('application/scim+json')),
        'x-request-id': headerText,
        'x-http-method-override': fc.constantFrom('DELETE', 'PATCH'),
        authorization: fc.oneof(
          headerText,
          headerText.map((text) => `Bearer ${text}`),
          fc.constantFrom(
            'Bearer',
            'Bearer ',
            'Basic =',
            'Bearer a.b.c',
            `Bearer ${'e30.'.repeat(900)}`,
            'Bearer eyJpc3MiOjF9.eyJpc3MiOjF9.x',
          ),
        ),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([[method = '', path = ''], headers]) => ({
    method,
    path,
    headers,
    body: method === 'PUT' ? '{"userName":"mira"}' : undefined,
  }));

/** Every kind of request, by what is odd about it. */
export const garbage = {
  'bodies that begin well': mutatedBody,
  'bodies of any bytes': rawRequest,
  queries: queryRequest,
  searches: searchRequest,
  addresses: addressRequest,
  headers: headerRequest,
} as const;
