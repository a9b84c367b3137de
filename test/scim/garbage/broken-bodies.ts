// Bodies as identity providers send them, changed in a few places.
import fc from 'fast-check';
import { enterpriseUrn, type Garbage, ids, json } from './garbage.ts';
import { oddKey, oddValue } from './odd-values.ts';

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

export const brokenBody: fc.Arbitrary<Garbage> = fc
  .tuple(fc.constantFrom(...realBodies), fc.array(mutation, { minLength: 1, maxLength: 3 }))
  .map(([[method, path, body], mutations]) => ({
    method,
    path,
    headers: json,
    body: JSON.stringify(mutations.reduce(mutate, body)),
  }));
