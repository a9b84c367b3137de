import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ApiClient, apiClient, signInForApi } from '../../helpers/api-client.ts';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

const eventually = (expectation: () => void) => vi.waitFor(expectation, { timeout: 10_000 });

describe.each(databases)('live.records, on %s', (database) => {
  let server: ScimServer;
  let owner: ApiClient;
  let token: string;
  beforeAll(async () => {
    server = await startScimServer({ database, kind: 'okta' });
    token = await signInForApi(server.deps, server.orgId, server.ownerId);
    owner = apiClient(server.url, token);
  });
  afterAll(() => server.close());

  const open = (input?: { readonly connectionId?: string; readonly lastEventId?: string }) => {
    const told: { id: string; outcome: string; connectionId: string }[] = [];
    const started = vi.fn();
    const failed = vi.fn();
    const stream = owner.live.records.subscribe(input, {
      onStarted: started,
      onData: ({ id, data }) => told.push({ id, outcome: data.outcome, connectionId: data.connectionId }),
      onError: (error) => failed(error.message),
    });
    return { told, started, failed, end: () => stream.unsubscribe() };
  };

  test('tells of each request as it is recorded, refused ones too, once across reconnects', async () => {
    await server.scim('GET', '/Users');
    await server.deps.provisioningLog.flush();
    const all = open({ lastEventId: '0' });
    await eventually(() => expect(all.told.map(({ outcome }) => outcome)).toEqual(['found 1 of 1']));
    await server.scim('GET', '/Users', undefined, { authorization: 'Bearer nonsense' });
    await server.scim('POST', '/Users', { userName: 'noor@larkspur.example' });
    await server.deps.provisioningLog.flush();
    await eventually(() =>
      expect(all.told.map(({ outcome }) => outcome)).toEqual(['found 1 of 1', 'refused: unknown', 'created']),
    );
    all.end();
    const again = open({ lastEventId: all.told[1]?.id ?? '' });
    await eventually(() => expect(again.told).toEqual(all.told.slice(2)));
    again.end();
  });

  test('of one connection, tells of no other', async () => {
    const other = await server.connect('entra');
    const followed = open({ connectionId: other.connectionId, lastEventId: '0' });
    await server.scim('GET', '/Groups');
    await other.scim('GET', '/Users');
    await server.deps.provisioningLog.flush();
    await eventually(() => expect(followed.told).toHaveLength(1));
    expect(followed.told[0]?.connectionId).toBe(other.connectionId);
    followed.end();
  });

  test('ends within a minute of the session’s end, with the next record', async () => {
    const followed = open({ lastEventId: '0' });
    await eventually(() => expect(followed.told.length).toBeGreaterThan(0));
    const seen = followed.told.length;
    await apiClient(server.url, token).auth.endOtherSessions.mutate();
    const elsewhere = apiClient(server.url, await signInForApi(server.deps, server.orgId, server.ownerId));
    await elsewhere.auth.endOtherSessions.mutate();
    server.clock.now += 60_000;
    await server.scim('GET', '/Users');
    await server.deps.provisioningLog.flush();
    await eventually(() =>
      expect(followed.failed).toHaveBeenCalledWith(expect.stringMatching(/^You are signed out/)),
    );
    expect(followed.told).toHaveLength(seen);
  });
});

test('a server that stops waits for nobody who follows its records', async () => {
  const server = await startScimServer({ kind: 'okta' });
  const owner = apiClient(server.url, await signInForApi(server.deps, server.orgId, server.ownerId));
  const completed = vi.fn();
  const started = vi.fn();
  owner.live.records.subscribe(undefined, { onStarted: started, onComplete: completed, onError: completed });
  await eventually(() => expect(started).toHaveBeenCalled());
  await server.close();
  await eventually(() => expect(completed).toHaveBeenCalled());
});
