import { expect, test } from 'vitest';
import { challengeOf, randomText } from '../../../extension/background/proof-key.ts';

test('the challenge is the one of RFC 7636, appendix B', async () => {
  expect(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  );
});

test('a verifier has 43 characters that need no escaping, and is another each time', () => {
  const texts = Array.from({ length: 50 }, () => randomText());
  for (const text of texts) expect(text).toMatch(/^[\w-]{43}$/);
  expect(new Set(texts).size).toBe(50);
});
