import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiVersion, apiVersionHeader, chromiumExtension } from '../../../shared/extension.ts';
import { type EmptyServer, startEmptyServer } from '../../helpers/empty-server.ts';
import { type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

let server: ScimServer;
let empty: EmptyServer;
beforeAll(async () => {
  [server, empty] = await Promise.all([startScimServer(), startEmptyServer()]);
});
afterAll(async () => {
  await Promise.all([server.close(), empty.close()]);
});

const about = (url: string, origin?: string) =>
  fetch(`${url}/extension/about`, origin === undefined ? {} : { headers: { origin } });
const ours = `chrome-extension://${chromiumExtension.id}`;

describe('what a server says of itself to the extension', () => {
  test('is that it is Rollcall, which API it speaks, and that somebody can sign in', async () => {
    const response = await about(server.url, ours);
    expect(await response.json()).toEqual({ product: 'rollcall', api: apiVersion, ready: true });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('is answered before there is an organisation, instead of the set-up page', async () => {
    const response = await about(empty.url, ours);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ product: 'rollcall', api: apiVersion, ready: false });
  });

  test('names nobody and no organisation', async () => {
    const text = await (await about(server.url)).text();
    expect(Object.keys(JSON.parse(text)).sort()).toEqual(['api', 'product', 'ready']);
  });

  test.each([
    [ours, ours],
    [
      'moz-extension://01234567-89ab-cdef-0123-456789abcdef',
      'moz-extension://01234567-89ab-cdef-0123-456789abcdef',
    ],
    ['https://evil.example', null],
    [`chrome-extension://${'a'.repeat(32)}`, null],
  ])('may be read by our extension alone: %s', async (origin, allowed) => {
    expect((await about(server.url, origin)).headers.get('access-control-allow-origin')).toBe(allowed);
  });
});

describe('every answer of the API', () => {
  test.each([
    ['of a procedure', '/trpc/auth.me'],
    ['of one that there is not', '/trpc/nothing.here'],
    ['of a stream', '/trpc/live.events'],
    ['of a download', '/export/members.csv'],
  ])('%s carries the version, to an extension that may read it', async (_what, path) => {
    const response = await fetch(`${server.url}${path}`, { headers: { origin: ours } });
    expect(response.headers.get(apiVersionHeader)).toBe(String(apiVersion));
    expect(response.headers.get('access-control-expose-headers')).toContain(apiVersionHeader);
    await response.body?.cancel();
  });
});
