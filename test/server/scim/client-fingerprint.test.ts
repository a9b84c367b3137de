import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ClientTraits, clientFingerprint } from '../../../server/scim/client-fingerprint.ts';

const guid = '2f6d1c88-0b57-4a3e-9c41-7de0a5b3f912';
const bodies = {
  patch: (op: string) => ({ Operations: [{ op, path: 'active', value: 'False' }] }),
  group: {
    schemas: ['http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
    displayName: 'Kiln',
  },
  user: { userName: 'ada@larch.example', meta: { resourceType: 'User' } },
};

const requests: readonly (readonly [what: string, client: string, traits: Partial<ClientTraits>])[] = [
  ['Okta', 'okta', { headers: { 'user-agent': 'Okta SCIM Client 1.0.0' } }],
  [
    'Okta with capital operations',
    'okta',
    { headers: { 'user-agent': 'Okta SCIM Client 1.0.0' }, body: bodies.patch('Replace') },
  ],
  ["Okta's certification suite", 'okta-spec-test', { headers: { 'user-agent': 'OKTA SCIM Integration' } }],
  ['curl', 'curl', { headers: { 'user-agent': 'curl/8.5.0' } }],
  ["Entra's connection test", 'entra', { url: `/Users?filter=userName+eq+%22${guid}%22` }],
  ['the same, encoded otherwise', 'entra', { url: `/Users?filter=externalId%20eq%20%22${guid}%22` }],
  ["Entra's lookup of a person", 'entra', { url: '/Users?filter=userName+eq+%22ada%40larch.example%22' }],
  [
    "Entra's lookup of a group",
    'entra',
    { url: '/Groups?excludedAttributes=members&filter=displayName+eq+%22Kiln%22' },
  ],
  ["Entra's reading of a group", 'entra', { url: `/Groups/${guid}?excludedAttributes=members` }],
  ["Entra's new person", 'entra', { body: bodies.user }],
  ["Entra's new group", 'entra', { body: bodies.group }],
  ["Entra's change", 'entra', { body: bodies.patch('Replace') }],
  ["Entra's address with the flag", 'entra', { url: '/Users/1?aadOptscim062020' }],
  ['a nameless reader', 'other:no user agent', { url: '/Users/1' }],
  ['a nameless writer of lower-case operations', 'other:no user agent', { body: bodies.patch('replace') }],
  [
    'a named client with one habit of Entra',
    'other:python-requests/2.31',
    { headers: { 'user-agent': 'python-requests/2.31' }, body: bodies.patch('Add') },
  ],
  [
    'a name with odd characters',
    'other:we?ird (x)?',
    { headers: { 'user-agent': 'we\u0007\u0008ird (x)<>' } },
  ],
];

test.each(requests)('%s is "%s"', (_, client, traits) => {
  expect(clientFingerprint({ headers: {}, url: '/Users', ...traits })).toBe(client);
});

test('any request has a name of at most 60 characters', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string(),
      fc.anything(),
      (agent, url, body) => {
        const name = clientFingerprint({ headers: { 'user-agent': agent }, url, body });
        expect(name).toMatch(/^[\w .;:()/+?-]{4,60}$/);
      },
    ),
  );
});
