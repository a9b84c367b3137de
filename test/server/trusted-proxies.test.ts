import { describe, expect, test } from 'vitest';
import { type ScimServer, startScimServer } from '../helpers/scim-server.ts';

/** So many tries of one place are let through. */
const allowed = 120;

/** How many of these tries to get in are turned away for coming too often; each says that it comes from elsewhere. */
async function turnedAway(server: ScimServer): Promise<number> {
  const tries = Array.from({ length: allowed + 5 }, (_, n) =>
    fetch(`${server.url}/extension/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': `192.0.2.${n}` },
      body: JSON.stringify({ grant_type: 'authorization_code', code: 'guessed', code_verifier: 'x' }),
    }),
  );
  const answers = await Promise.all(tries);
  return answers.filter(({ status }) => status === 429).length;
}

describe('where a try to get in comes from', () => {
  test('a proxy that is trusted is believed', async () => {
    const server = await startScimServer({ env: { TRUSTED_PROXIES: '127.0.0.0/8' } });
    expect(await turnedAway(server)).toBe(0);
    await server.close();
  });

  test('nobody else is', async () => {
    for (const env of [{}, { TRUSTED_PROXIES: '10.0.0.0/8' }]) {
      const server = await startScimServer({ env });
      expect(await turnedAway(server)).toBe(5);
      await server.close();
    }
  });
});
