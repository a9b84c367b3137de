// Requests that are no fault of the identity provider, or none any more.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { day } from '../../idp/simulated-time.ts';
import { findingsNow, rulesOf } from './sessions/rule-session.ts';

describe.each(databases)('refused requests, on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
  });
  afterAll(() => server.close());

  test('that somebody tries in a browser are no finding', async () => {
    const { scim, connectionId } = await server.connect('okta');
    const headers = { authorization: '', 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' };
    expect((await scim('GET', '/Users', undefined, headers)).status).toBe(401);
    expect(await findingsNow({ ...server, connectionId })).toEqual([]);
  });

  test('that are more than a week old are not spoken of any more', async () => {
    const { scim, connectionId } = await server.connect('okta');
    await scim('GET', '/Users', undefined, { authorization: 'Bearer wrong' });
    expect(rulesOf(await findingsNow({ ...server, connectionId }))).toEqual(['token.unknown']);
    server.clock.now += 8 * day;
    expect(await findingsNow({ ...server, connectionId })).toEqual([]);
  });
});
