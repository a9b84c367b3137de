// The web page on which somebody plays the admin of the demo's identity providers. Knows addresses and forms; what a page looks
// like and what a button does is told by the files beside.
import type { AddressInfo } from 'node:net';
import formbody from '@fastify/formbody';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { ReactElement } from 'react';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { day, hour, minute } from '../idp/simulated-time.ts';
import type { Desk } from './admin-frame.tsx';
import { liveScript } from './admin-live.ts';
import { speeds } from './demo-clock.ts';
import { GroupPage } from './group-page.tsx';
import { OverviewPage } from './overview-page.tsx';
import { PersonPage } from './person-page.tsx';
import { type Fields, pressButton, type Said } from './provider-actions.ts';
import { ProviderPage } from './provider-page.tsx';

export interface AdminApp {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * How often something happens in the company by itself, in one provider after the other: often enough that each of Entra's
 * cycles has something to send, so that its silence is heard.
 */
export const livelyEvery = 10 * minute;

/** Listens on this machine only. */
export async function startAdminApp(desk: Desk, extensionId: string, port: number): Promise<AdminApp> {
  const app = Fastify({ forceCloseConnections: true });
  await app.register(formbody);
  let said: Said | undefined;
  const provider = (key: string) => desk.providers.find((one) => one.key === key);

  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    page: (said: Said | undefined) => ReactElement,
  ): FastifyReply => {
    // What is said once stays for the page that somebody opens, not for its refreshing.
    const isRefresh = request.headers['x-live'] !== undefined;
    const words = isRefresh ? undefined : said;
    if (!isRefresh) said = undefined;
    return reply.type('text/html').send(`<!DOCTYPE html>${renderToStaticMarkup(page(words))}`);
  };
  const goBack = (request: FastifyRequest, reply: FastifyReply, words?: Said): FastifyReply => {
    said = words;
    const { referer } = request.headers;
    const { pathname, search } = new URL(referer ?? '/', url());
    return reply.redirect(`${pathname}${search}`, 303);
  };
  const url = () => `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

  // Another site's page is not to press the buttons of this one.
  app.addHook('onRequest', async (request, reply) => {
    const from = request.headers['sec-fetch-site'];
    if (request.method === 'POST' && from !== undefined && from !== 'same-origin')
      return reply.code(403).send();
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    reply.header(
      'content-security-policy',
      "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; frame-ancestors 'none'",
    );
  });
  app.get('/live.js', async (_request, reply) => reply.type('text/javascript').send(liveScript));
  // The extension's pages ask what time it is.
  app.get('/time', async (_request, reply) =>
    reply.header('access-control-allow-origin', '*').send({ now: desk.clock.now, speed: desk.clock.speed() }),
  );
  app.post('/time', async (request, reply) => {
    const { speed, skip } = request.body as Fields;
    const next = speeds.find((one) => String(one) === speed);
    if (next !== undefined) desk.clock.setSpeed(next);
    if (skip === 'hour') await desk.clock.skip(hour);
    if (skip === 'day') await desk.clock.skip(day);
    return goBack(request, reply);
  });
  app.post('/life', async (request, reply) => {
    desk.life.pace((request.body as Fields).lively === 'yes' ? livelyEvery : null);
    return goBack(request, reply);
  });
  app.get('/', async (request, reply) =>
    show(request, reply, (words) => createElement(OverviewPage, { desk, extensionId, said: words })),
  );
  app.get<{ Params: { key: string }; Querystring: { q?: string } }>('/:key', async (request, reply) => {
    const found = provider(request.params.key);
    if (found === undefined) return reply.code(404).send('There is no such identity provider.');
    const query = request.query.q ?? '';
    return show(request, reply, (words) =>
      createElement(ProviderPage, { desk, provider: found, query, said: words }),
    );
  });
  app.get<{ Params: { key: string; id: string } }>('/:key/people/:id', async (request, reply) => {
    const found = provider(request.params.key);
    const person = found?.idp.company.people.get(request.params.id);
    if (found === undefined || person === undefined)
      return reply.code(404).send('There is nobody of this id.');
    return show(request, reply, (words) =>
      createElement(PersonPage, { desk, provider: found, person, said: words }),
    );
  });
  app.get<{ Params: { key: string; id: string } }>('/:key/groups/:id', async (request, reply) => {
    const found = provider(request.params.key);
    const group = found?.idp.company.groups.get(request.params.id);
    if (found === undefined || group === undefined) return reply.redirect(`/${request.params.key}`);
    return show(request, reply, (words) =>
      createElement(GroupPage, { desk, provider: found, group, said: words }),
    );
  });
  app.post<{ Params: { key: string } }>('/:key/do', async (request, reply) => {
    const found = provider(request.params.key);
    if (found === undefined) return reply.code(404).send('There is no such identity provider.');
    const { what = '', ...fields } = request.body as Fields;
    const words = await desk.clock.inTurn(() => pressButton(found, what, fields, desk.life));
    return goBack(request, reply, words);
  });

  await app.listen({ host: '127.0.0.1', port });
  return { url: url(), close: () => app.close() };
}
