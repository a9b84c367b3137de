import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashToken, newToken } from '../../../server/core/secrets.ts';
import { type KnownToken, readCredentials } from '../../../server/scim/authenticate.ts';

const now = Date.UTC(2026, 10, 23, 12);
const live = newToken();
const rotated = newToken();
const revoked = newToken();
const expired = newToken();
const stranger = newToken();

const known = (token: string, changes: Partial<KnownToken> = {}): KnownToken => ({
  id: `id of ${token.slice(-4)}`,
  hash: hashToken(token),
  last4: token.slice(-4),
  expires_at: null,
  revoked_at: null,
  ...changes,
});
const tokens = [
  known(live),
  known(rotated, { expires_at: now + 1 }),
  known(revoked, { revoked_at: Date.UTC(2026, 10, 3), expires_at: now - 5 }),
  known(expired, { expires_at: now }),
];
const secrets = [live, rotated, revoked, expired, stranger];

const read = (header: string | undefined, kind?: 'okta' | 'entra' | 'other') =>
  readCredentials(header, tokens, now, kind);
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const jwt = (payload: object) => `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(payload)}.c2lnbmVk`;

describe('RFC 6750 §2.1: a live bearer token lets the request in', () => {
  test.each([
    ['as it is', `Bearer ${live}`, live],
    ['with the scheme in lower case', `bearer ${live}`, live],
    ['after several blanks', `  Bearer   ${live} `, live],
    ['in its last millisecond', `Bearer ${rotated}`, rotated],
  ])('%s', (_, header, token) => {
    expect(read(header)).toEqual({ tokenId: `id of ${token.slice(-4)}` });
  });
});

const right = 'The token itself is right.';
const refusals: readonly (readonly [
  what: string,
  header: string | undefined,
  refused: string,
  says: readonly string[],
])[] = [
  ['no header', undefined, 'missing', ['No token came']],
  ['an empty header', '  ', 'missing', ['No token came']],
  ['the scheme alone', 'Bearer ', 'missing', ['No token came']],
  [
    'Basic',
    `Basic ${Buffer.from(`ada:${live}`).toString('base64')}`,
    'not-bearer',
    ['signs in with Basic', 'bearer token'],
  ],
  ['the scheme Token', `Token ${live}`, 'not-bearer', ['signs in with Token']],
  [
    'Bearer twice before a live token',
    `Bearer Bearer ${live}`,
    'double-bearer',
    ['Remove the word Bearer', right],
  ],
  ['Bearer twice in quotes', `Bearer "Bearer ${live}"`, 'double-bearer', ['Remove the word Bearer', right]],
  [
    'Bearer twice before a revoked token',
    `Bearer bearer ${revoked}`,
    'double-bearer',
    ['Remove the word Bearer', 'was revoked on 3 Nov 2026'],
  ],
  [
    'Bearer twice before an unknown token',
    `Bearer Bearer ${stranger}`,
    'double-bearer',
    ['Remove the word Bearer', 'is not known'],
  ],
  [
    'a live token without scheme',
    live,
    'no-scheme',
    ['Put the word Bearer and a space before the token', right],
  ],
  ['a live token in quotes without scheme', `"${live}"`, 'no-scheme', [right]],
  ['an unknown token without scheme', stranger, 'no-scheme', ['Put the word Bearer', 'is not known']],
  ['quotes around a live token', `Bearer "${live}"`, 'decorated', ['quotation marks', right]],
  [
    'curly quotes around a live token',
    `Bearer \u00e2\u0080\u009c${live}\u00e2\u0080\u009d`,
    'decorated',
    [right],
  ],
  [
    'quotes around an expired token',
    `Bearer '${expired}'`,
    'decorated',
    ['quotation marks', 'expired on 23 Nov 2026'],
  ],
  [
    'a revoked token',
    `Bearer ${revoked}`,
    'revoked',
    [`ending in ${revoked.slice(-4)}`, 'was revoked on 3 Nov 2026', 'Make a new one'],
  ],
  [
    'a token in its first expired millisecond',
    `Bearer ${expired}`,
    'expired',
    ['expired on 23 Nov 2026', 'Make a new one'],
  ],
  [
    "another server's token",
    `Bearer ${stranger}`,
    'unknown',
    [`52 characters, ending in ${stranger.slice(-4)}.`],
  ],
  ['a token cut short', `Bearer ${live.slice(0, 43)}`, 'unknown', ['43 characters', 'have 52 characters']],
  ['a password', 'Bearer hunter2', 'unknown', ['not known: 7 characters, while']],
  [
    "Entra's own token",
    `Bearer ${jwt({ iss: 'https://sts.windows.net/11111111-2222-3333-4444-555555555555/' })}`,
    'entra-jwt',
    ['Secret Token is empty in Entra'],
  ],
  [
    "Entra's own token of version 2",
    `Bearer ${jwt({ iss: 'https://login.microsoftonline.com/1111/v2.0' })}`,
    'entra-jwt',
    ['Secret Token is empty in Entra'],
  ],
  [
    "another issuer's token",
    `Bearer ${jwt({ iss: 'https://sts.windows.net.larch.example/' })}`,
    'other-jwt',
    ['JSON Web Token'],
  ],
  ['a token of no issuer', `Bearer ${jwt({ iss: 7 })}`, 'other-jwt', ['JSON Web Token']],
  ['three words with dots', 'Bearer one.two.three', 'unknown', ['is not known']],
];

test.each(refusals)('%s', (_, header, refused, says) => {
  const answer = read(header);
  expect(answer).toEqual({ refused, detail: expect.any(String) });
  for (const words of says) expect(answer).toHaveProperty('detail', expect.stringContaining(words));
});

test.each([
  ['okta', 'in Okta under Provisioning > Integration'],
  ['entra', 'in Entra under Provisioning, field Secret Token'],
  ['other', "in your identity provider's SCIM settings"],
] as const)('a connection of kind %s is told where to paste in its own words', (kind, place) => {
  expect(read(`Bearer ${stranger}`, kind)).toHaveProperty('detail', expect.stringContaining(place));
});

test('no refusal repeats a token or the first word of an unknown header', () => {
  for (const [, header] of refusals) {
    const answer = JSON.stringify(read(header));
    for (const secret of [...secrets, 'hunter2', 'one.two']) expect(answer).not.toContain(secret);
  }
  expect(JSON.stringify(read('correct horse battery'))).not.toContain('correct');
});

test('a live token of a connection is not let in by another connection', () => {
  expect(readCredentials(`Bearer ${live}`, [], now)).toHaveProperty('refused', 'unknown');
});

test('any header is answered, with a sentence that never holds a whole secret', () => {
  const word = fc.oneof(
    fc.constantFrom('Bearer', 'bearer:', 'Basic', '"', '.', ' ', ...secrets.slice(2)),
    fc.string(),
  );
  const header = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(header, (any) => {
      const answer = read(any);
      expect(answer).toHaveProperty('refused');
      for (const secret of secrets) expect(JSON.stringify(answer)).not.toContain(secret);
    }),
  );
});

test('a header of 16,000 characters that tries the patterns is read in no time', () => {
  const started = performance.now();
  for (const piece of ['"', ' ', '.', 'a ', 'a.', '"a', '{'])
    read(`Bearer ${piece.repeat(16_000 / piece.length)}x!`);
  expect(performance.now() - started).toBeLessThan(1000);
});
