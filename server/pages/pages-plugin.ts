// The server's pages as one Fastify plugin: cookies, forms and their proof, safe headers, errors as pages. Knows which
// pages there are, nothing on them.
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import type { FastifyError, FastifyInstance } from 'fastify';
import { createOidcProviders } from '../auth/oidc-provider.ts';
import { sendErrorPage } from './error-page.tsx';
import { extensionRoutes } from './extension-routes.ts';
import { requireOwnForm } from './form-token.ts';
import { invitationRoutes } from './invitation-routes.ts';
import { mailRoutes } from './mail-routes.ts';
import type { PagesDeps } from './pages-deps.ts';
import { pageHeaders } from './send-page.tsx';
import { sessionRoutes } from './session-routes.ts';
import { leadToSetUp, setUpRoutes, watchForOrg } from './set-up-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { createThrottle } from './sign-in-throttle.ts';
import { signUpRoutes } from './sign-up-routes.ts';
import { ssoRoutes } from './sso-routes.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True for what is sent without a page of ours: no cookie may give it any right. */
    foreignForm?: true;
  }
}

/** Mails asked for, codes and links tried from one place on the internet within ten minutes; an office is one place. */
const triesPerPlace = 100;

/** Serves every page. Whatever is sent to them has to come from a form of ours, unless its route says otherwise. */
export async function pagesPlugin(app: FastifyInstance, deps: PagesDeps): Promise<void> {
  app.decorate('pages', deps);
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: 64 * 1024 });
  app.setErrorHandler((error: FastifyError, request, reply) => sendErrorPage(error, request, reply));
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(pageHeaders);
  });
  app.addHook('preHandler', async (request) => {
    const { method, routeOptions } = request;
    if (method === 'GET' || method === 'HEAD' || routeOptions.config.foreignForm) return;
    requireOwnForm(deps, request);
  });
  const hasOrg = watchForOrg(deps.database.db);
  leadToSetUp(app, hasOrg);
  const throttle = createThrottle(triesPerPlace, 10);
  await app.register(setUpRoutes, { deps, throttle, hasOrg });
  await app.register(signInRoutes, { deps, throttle });
  const providers = createOidcProviders(deps);
  await app.register(ssoRoutes, { deps, providers });
  await app.register(sessionRoutes, { deps, providers });
  await app.register(extensionRoutes, { deps, hasOrg });
  await app.register(invitationRoutes, { deps, throttle });
  await app.register(signUpRoutes, { deps, throttle });
  await app.register(mailRoutes, deps);
}
