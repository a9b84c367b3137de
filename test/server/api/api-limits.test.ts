import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createLiveSeats } from '../../../server/api/live-seats.ts';
import { type ApiClient, apiClient, signInForApi } from '../../helpers/api-client.ts';
import { allRows } from '../../helpers/rows.ts';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

describe('the streams of one session', () => {
  test('are so many; one more takes the place of the oldest', () => {
    const seats = createLiveSeats(2);
    const [first, second] = [seats.take('ada'), seats.take('ada')];
    const others = seats.take('noor');
    expect([first, second, others].map(({ lost }) => lost.aborted)).toEqual([false, false, false]);
    const third = seats.take('ada');
    expect([first, second, third, others].map(({ lost }) => lost.aborted)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    first.leave();
    second.leave();
    const fourth = seats.take('ada');
    expect([third, fourth].map(({ lost }) => lost.aborted)).toEqual([false, false]);
  });
});

describe.each(databases)('what one caller may ask of the API, on %s', (database) => {
  let server: ScimServer;
  let token: string;
  let owner: ApiClient;
  beforeAll(async () => {
    server = await startScimServer({ database });
    token = await signInForApi(server.deps, server.orgId, server.ownerId);
    owner = apiClient(server.url, token);
  });
  afterAll(() => server.close());

  const post = (path: string, body: string | FormData | Uint8Array<ArrayBuffer>, type?: string) =>
    fetch(`${server.url}/trpc/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...(type !== undefined && { 'content-type': type }) },
      body,
    });

  test('fifty calls travel together and no more', async () => {
    const batch = (calls: number) => {
      const paths = Array.from({ length: calls }, () => 'auth.me').join(',');
      return fetch(`${server.url}/trpc/${paths}?batch=1&input=%7B%7D`, {
        headers: { authorization: `Bearer ${token}` },
      });
    };
    const answer = await batch(50);
    expect([answer.status, ((await answer.json()) as unknown[]).length]).toEqual([200, 50]);
    const refused = await batch(51);
    expect(refused.status).toBe(400);
    expect(await refused.text()).not.toContain('larkspur');
  });

  test('of twenty-one streams the oldest ends and says why', async () => {
    const started = vi.fn();
    const ended: string[] = [];
    const open = (name: string) =>
      owner.live.events.subscribe(undefined, {
        onStarted: started,
        onError: (error) => ended.push(`${name}: ${error.message}`),
      });
    const streams: ReturnType<typeof open>[] = [];
    for (let n = 1; n <= 20; n++) {
      streams.push(open(`stream ${n}`));
      await vi.waitFor(() => expect(started).toHaveBeenCalledTimes(n));
    }
    expect(ended).toEqual([]);
    streams.push(open('stream 21'));
    await vi.waitFor(() => expect(ended).toHaveLength(1));
    expect(ended[0]).toMatch(/^stream 1: Rollcall is open in many places/);
    const other = apiClient(server.url, await signInForApi(server.deps, server.orgId, server.ownerId));
    const elsewhere = other.live.events.subscribe(undefined, { onStarted: started });
    await vi.waitFor(() => expect(started).toHaveBeenCalledTimes(22));
    expect(ended).toHaveLength(1);
    for (const stream of [...streams, elsewhere]) stream.unsubscribe();
    await nextTurn();
  });

  test('only JSON is read, of its size', async () => {
    const before = await allRows(server.deps.database.db);
    const form = new FormData();
    form.set('name', 'Changed');
    for (const [body, type] of [
      [form, undefined],
      [Buffer.from('{"name":"Changed"}'), 'application/octet-stream'],
      ['{"name":"Changed"}', 'text/plain'],
      ['name=Changed', 'application/x-www-form-urlencoded'],
    ] as const)
      expect((await post('org.change', body, type)).status, String(type)).toBe(415);
    const large = JSON.stringify({ name: 'x'.repeat(7 * 1024 * 1024) });
    expect((await post('org.change', large, 'application/json')).status).toBe(413);
    expect(await allRows(server.deps.database.db)).toEqual(before);
  });

  test.each([
    ['a prototype', '{"__proto__":{"name":"Changed"}}'],
    ['a constructor', '{"constructor":{"prototype":{"name":"Changed"}}}'],
    ['a key too many', '{"version":1,"role":"owner"}'],
    ['a document without end', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['half a document', '{"name":'],
  ])('%s changes nothing and is told to be unusable', async (_name, body) => {
    const before = await allRows(server.deps.database.db);
    const answer = await post('org.change', body, 'application/json');
    expect(answer.status, await answer.text()).toBe(400);
    expect(Object.hasOwn(Object.prototype, 'name')).toBe(false);
    expect(await allRows(server.deps.database.db)).toEqual(before);
  });

  test('answers are kept in no cache', async () => {
    const { headers } = await fetch(`${server.url}/trpc/auth.me`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(headers.get('cache-control')).toBe('no-store');
  });
});
