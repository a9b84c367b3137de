// The web server put together: limits, logs, health, the SCIM edge and the pages. Knows which rooms there are, nothing in them.
import { METHODS, maxHeaderSize } from 'node:http';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { apiPlugin } from './api/api-plugin.ts';
import { changeDepsOf } from './audit/change-context.ts';
import { requestId } from './core/log.ts';
import type { Deps } from './deps.ts';
import { opsRoutes } from './ops/ops-routes.ts';
import { guardAgainstOverload, type OverloadLimits } from './ops/overload.ts';
import { stopPromptly } from './ops/prompt-stop.ts';
import { observeRequests } from './ops/request-metrics.ts';
import { sendNotFoundPage } from './pages/error-page.tsx';
import { pagesPlugin } from './pages/pages-plugin.ts';
import { oauthPlugin } from './scim/oauth-plugin.ts';
import { scimPlugin } from './scim/scim-plugin.ts';
import { answerUnreadable, readableUrl } from './scim/unreadable-request.ts';

/** How long a client may take to send one request, in milliseconds. */
const requestTimeout = 60_000;

/** Identity providers reuse connections between the people of one cycle; longer than any proxy's usual minute. */
const keepAliveTimeout = 72_000;

/** Builds the server; listening and closing are the caller's. `overload` says when requests are turned away. */
export async function buildApp(deps: Deps, overload: OverloadLimits = {}): Promise<FastifyInstance> {
  let closing = false;
  const app = Fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    trustProxy: [...deps.trustedProxies],
    bodyLimit: 1024 * 1024,
    requestTimeout,
    keepAliveTimeout,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: maxHeaderSize },
    rewriteUrl: readableUrl,
    clientErrorHandler: answerUnreadable,
  });
  // The SCIM room answers and records whatever is asked of it, methods that nobody serves included.
  for (const method of METHODS) if (!app.supportedMethods.includes(method)) app.addHttpMethod(method);
  app.addHook('preClose', async () => {
    closing = true;
  });
  stopPromptly(app);
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    request.log.debug(
      { method, route: routeOptions.url, status: reply.statusCode, ms: reply.elapsedTime },
      'answered',
    );
  });
  app.setNotFoundHandler(async (request, reply) => {
    if (request.headers.accept?.includes('text/html')) return sendNotFoundPage(request, reply);
    return reply.code(404).send({ error: 'There is nothing at this address.' });
  });
  observeRequests(app, deps.metrics);
  await guardAgainstOverload(app, overload);
  await app.register(opsRoutes, { ...deps, isShuttingDown: () => closing });
  await app.register(scimPlugin, deps);
  await app.register(oauthPlugin, { ...deps, db: deps.database.db });
  await app.register(pagesPlugin, deps);
  await app.register(apiPlugin, { ...deps, ...changeDepsOf(deps) });
  return app;
}
