import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localPath } from '../../../server/pages/local-path.ts';
import { lastMailTo } from '../../helpers/mailbox.ts';
import { type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

const evil = 'evil.example';

/** What proxies and clients say about the host that was asked for; none of it is a secret to anybody. */
const lies: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['Host', { host: evil }],
  ['X-Forwarded-Host', { 'x-forwarded-host': evil, 'x-forwarded-proto': 'https' }],
  ['Forwarded', { forwarded: `for=192.0.2.1;host=${evil};proto=https` }],
  ['X-Host and others', { 'x-host': evil, 'x-original-host': evil, 'x-forwarded-server': evil }],
  ['X-Original-URL', { 'x-original-url': '//evil.example/', 'x-rewrite-url': '//evil.example/' }],
];

describe.each([
  ['by nobody', {}],
  ['by a proxy that is trusted', { TRUSTED_PROXIES: '127.0.0.0/8' }],
])('a foreign host that is named %s', (_name, env: Record<string, string>) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ env });
  });
  afterAll(() => server.close());

  test.each(lies)('in %s stands in no mail and no answer', async (_header, headers) => {
    server.clock.now += 20 * 60_000;
    const page = await server.app.inject({ url: '/sign-in', headers });
    const [cookie] = page.cookies;
    const form_token = /name="form_token" value="(\w+)"/.exec(page.body)?.[1] ?? '';
    const sent = await server.app.inject({
      method: 'POST',
      url: '/sign-in',
      headers: {
        ...headers,
        cookie: `${cookie?.name}=${cookie?.value}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ email: 'ada@larkspur.example', form_token }).toString(),
    });
    expect([sent.statusCode, sent.headers.location]).toEqual([303, '/sign-in/code']);
    const home = await server.app.inject({ url: '/', headers });
    expect(home.headers.location).toBe('/sign-in?continue=%2F');
    for (const { body, headers: answered } of [page, sent, home])
      expect(`${body}${JSON.stringify(answered)}`).not.toContain(evil);
    const { text } = await lastMailTo(server.deps, 'ada@larkspur.example');
    expect(text).toContain(`${server.url}/sign-in/link?token=`);
    expect(text).not.toContain(evil);
  });

  test.each(['//evil.example', '//evil.example/%2e%2e', '/\\evil.example', '/sessions//evil.example'])(
    'in the address %s leads nowhere else',
    async (url) => {
      const { headers } = await server.app.inject({ url, headers: { accept: 'text/html' } });
      const location = new URL(String(headers.location ?? '/'), server.url);
      expect(location.origin).toBe(server.url);
      const goesOn = localPath(location.searchParams.get('continue') ?? '/');
      expect(new URL(goesOn, server.url).origin).toBe(server.url);
    },
  );
});
