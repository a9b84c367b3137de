import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pagesPlugin } from '../../../server/pages/pages-plugin.ts';
import { type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { visitor } from '../../helpers/visitor.ts';

/** What may be sent without a page of ours: no cookie gives any of it a right. */
const sentFromElsewhere = [
  '/extension/revoke',
  '/extension/token',
  '/sso/:org/logout',
  '/sso/:org/start',
  '/unsubscribe',
];

describe('forms that were not sent from a page of ours', async () => {
  const server: ScimServer = await startScimServer();
  const routes: { readonly url: string; readonly foreign: boolean }[] = [];
  const app = Fastify();
  app.addHook('onRoute', ({ method, url, config }) => {
    if ([method].flat().some((one) => !['GET', 'HEAD', 'OPTIONS'].includes(one)))
      routes.push({ url, foreign: config?.foreignForm === true });
  });
  await app.register(pagesPlugin, server.deps);
  await app.ready();
  const forms = routes.filter(({ foreign }) => !foreign).map(({ url }) => url);

  let own: { readonly cookie: string; readonly token: string };
  beforeAll(async () => {
    const who = visitor(server.url);
    const { text } = await who.get('/sign-in');
    own = {
      cookie: `rollcall-browser=${who.cookies.get('rollcall-browser')}`,
      token: /name="form_token" value="(\w+)"/.exec(text)?.[1] ?? '',
    };
  });
  afterAll(async () => {
    await app.close();
    await server.close();
  });

  const send = (url: string, form_token: string, headers: Record<string, string>) =>
    fetch(new URL(url, server.url), {
      method: 'POST',
      body: new URLSearchParams({ form_token }),
      headers,
      redirect: 'manual',
    });

  test('are everything that is sent to a page, but for what no cookie serves', () => {
    expect(forms.length).toBeGreaterThan(6);
    expect(
      routes
        .filter(({ foreign }) => foreign)
        .map(({ url }) => url)
        .sort(),
    ).toEqual(sentFromElsewhere);
  });

  describe.each(forms)('%s', (url) => {
    test('refuses them', async () => {
      const { cookie, token } = own;
      const evil = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
      const cases = {
        'without a token': await send(url, '', { cookie }),
        'with a token of another browser': await send(url, token, {
          cookie: `rollcall-browser=${'x'.repeat(43)}`,
        }),
        'with a token and no cookie': await send(url, token, {}),
        'from another site': await send(url, token, { cookie, ...evil }),
        'from a neighbouring host': await send(url, token, { cookie, 'sec-fetch-site': 'same-site' }),
        'from an origin that is another': await send(url, token, { cookie, origin: 'https://evil.example' }),
        'from nowhere that is told': await send(url, token, { cookie, origin: 'null' }),
      };
      for (const [name, answer] of Object.entries(cases)) {
        expect(answer.status, name).toBe(403);
        expect(await answer.text(), name).toContain('not sent from a page that this browser has open');
      }
    });

    test('takes its own', async () => {
      const { cookie, token } = own;
      const here = { 'sec-fetch-site': 'same-origin', origin: server.url };
      expect((await send(url, token, { cookie, ...here })).status).not.toBe(403);
      expect((await send(url, token, { cookie })).status).not.toBe(403);
    });
  });
});
