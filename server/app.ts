// The web server put together: limits, logs, health, and the SCIM edge. Knows which rooms there are, nothing in them.
import Fastify, { type FastifyInstance, type FastifyReply, LogController } from 'fastify';
import { requestId } from './core/log.ts';
import type { Deps } from './deps.ts';
import { opsRoutes } from './ops/ops-routes.ts';
import { guardAgainstOverload, type OverloadLimits } from './ops/overload.ts';
import { observeRequests } from './ops/request-metrics.ts';
import { errorBody } from './scim/scim-error.ts';
import { scimPlugin } from './scim/scim-plugin.ts';

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
    bodyLimit: 1024 * 1024,
    requestTimeout,
    keepAliveTimeout,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 5000 },
    frameworkErrors: (error, _request, reply: FastifyReply) => {
      const detail = 'The address cannot be read. A proxy on the way may have changed it.';
      const body = errorBody({ status: 400, scimType: 'invalidSyntax', detail, outcome: error.code });
      reply.code(400).header('content-type', 'application/scim+json').send(JSON.stringify(body));
    },
  });
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    request.log.debug(
      { method, route: routeOptions.url, status: reply.statusCode, ms: reply.elapsedTime },
      'answered',
    );
  });
  app.setNotFoundHandler(async (_request, reply) =>
    reply.code(404).send({ error: 'There is nothing at this address.' }),
  );
  observeRequests(app, deps.metrics);
  await guardAgainstOverload(app, overload);
  await app.register(opsRoutes, { ...deps, isShuttingDown: () => closing });
  await app.register(scimPlugin, deps);
  return app;
}
