import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, apiClient, signInForApi } from '../../helpers/api-client.ts';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

describe.each(databases)('sync.*, on %s', (database) => {
  let server: ScimServer;
  let owner: ApiClient;
  beforeAll(async () => {
    server = await startScimServer({ database, kind: 'okta' });
    owner = apiClient(server.url, await signInForApi(server.deps, server.orgId, server.ownerId));
  });
  afterAll(() => server.close());

  /** One request as Okta sends it, a second after the one before. */
  const ask = async (method: string, path: string, body?: object, authorization?: string) => {
    server.clock.now += 1000;
    const headers = { 'user-agent': 'Okta SCIM Client 1.0.0', ...(authorization && { authorization }) };
    await server.scim(method, path, body, headers);
    await server.deps.provisioningLog.flush();
  };

  test('a set-up from the first wrong token to the first person, as an admin sees it', async () => {
    expect(await owner.sync.status.query()).toMatchObject({
      state: 'waiting',
      connections: [{ sentence: 'Nothing has arrived yet.' }],
    });

    await ask('GET', '/Users?startIndex=1&count=2', undefined, `Bearer Bearer ${server.token}`);
    expect(await owner.sync.status.query()).toMatchObject({
      state: 'attention',
      connections: [
        {
          findings: [
            {
              rule: 'token.bearer_twice',
              severity: 'blocks',
              stepId: 'credentials',
              remedy: { console: 'Okta', labels: expect.arrayContaining(['Provisioning', 'Integration']) },
            },
          ],
        },
      ],
    });
    expect(await owner.sync.attention.query()).toMatchObject({
      findings: 1,
      serious: [{ kind: 'finding', stepId: 'credentials', at: server.clock.now }],
    });

    await ask('GET', '/Users?startIndex=1&count=2');
    await ask('POST', '/Users', { userName: 'noor@larkspur.example' });
    await ask('POST', '/Groups', { displayName: 'Kiln' });
    const { state, connections } = await owner.sync.status.query();
    expect(state).toBe('healthy');
    expect(connections).toMatchObject([
      {
        connectionId: server.connectionId,
        sentence: 'Okta is healthy.',
        lastContactAt: server.clock.now,
        lastWriteAt: server.clock.now,
        people: 1,
        groups: 1,
        findings: [],
      },
    ]);
    expect(connections[0]?.activity.writes.at(-1)).toBe(2);
    expect(connections[0]?.activity.errors.at(-1)).toBe(1);
    expect(await owner.sync.attention.query()).toMatchObject({ findings: 0, holds: 0, serious: [] });
  });
});
