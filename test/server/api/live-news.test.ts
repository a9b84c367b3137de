import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ApiClient, apiClient, signInForApi } from '../../helpers/api-client.ts';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

const eventually = (expectation: () => void) => vi.waitFor(expectation, { timeout: 10_000 });

describe.each(databases)('live.news, on %s', (database) => {
  let server: ScimServer;
  let owner: ApiClient;
  let token: string;
  beforeAll(async () => {
    server = await startScimServer({ database, kind: 'okta' });
    token = await signInForApi(server.deps, server.orgId, server.ownerId);
    owner = apiClient(server.url, token);
  });
  afterAll(() => server.close());

  const open = async () => {
    const told: string[] = [];
    const started = vi.fn();
    const failed = vi.fn();
    const stream = owner.live.news.subscribe(undefined, {
      onStarted: started,
      onData: (kinds) => told.push(...kinds),
      onError: (error) => failed(error.message),
    });
    await eventually(() => expect(started).toHaveBeenCalled());
    return { told, failed, end: () => stream.unsubscribe() };
  };
  /** Asks until the stream, which begins a moment after it was opened, has told of it. */
  const heardOf = async (told: readonly string[], kind: string, ask: () => Promise<unknown>) => {
    await vi.waitFor(
      async () => {
        await ask();
        await server.deps.provisioningLog.flush();
        expect(told).toContain(kind);
      },
      { timeout: 20_000, interval: 200 },
    );
  };
  let people = 0;
  const add = () => server.scim('POST', '/Users', { userName: `person${++people}@larkspur.example` });

  test('tells of requests as they are recorded, refused ones too, and of the events beside them', async () => {
    const news = await open();
    const nonsense = { authorization: 'Bearer nonsense' };
    await heardOf(news.told, 'record', () => server.scim('GET', '/Users', undefined, nonsense));
    expect(new Set(news.told)).toEqual(new Set(['record']));
    await heardOf(news.told, 'member.added', add);
    news.end();
  });

  test('ends within a minute of the session’s end, with the next that happens', async () => {
    const news = await open();
    await heardOf(news.told, 'record', add);
    await apiClient(server.url, token).auth.endOtherSessions.mutate();
    const elsewhere = apiClient(server.url, await signInForApi(server.deps, server.orgId, server.ownerId));
    await elsewhere.auth.endOtherSessions.mutate();
    server.clock.now += 60_000;
    await server.scim('GET', '/Users');
    await server.deps.provisioningLog.flush();
    await eventually(() =>
      expect(news.failed).toHaveBeenCalledWith(expect.stringMatching(/^You are signed out/)),
    );
  });
});

test('a server that stops waits for nobody who follows its news', async () => {
  const server = await startScimServer({ kind: 'okta' });
  const owner = apiClient(server.url, await signInForApi(server.deps, server.orgId, server.ownerId));
  const completed = vi.fn();
  const started = vi.fn();
  owner.live.news.subscribe(undefined, { onStarted: started, onComplete: completed, onError: completed });
  await eventually(() => expect(started).toHaveBeenCalled());
  await server.close();
  await eventually(() => expect(completed).toHaveBeenCalled());
});
