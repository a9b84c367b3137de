// The tRPC API as one Fastify plugin: whom it answers, how large a body may be, what of a failure is logged. No feature.
import cors from '@fastify/cors';
import {
  type CreateFastifyContextOptions,
  type FastifyTRPCPluginOptions,
  fastifyTRPCPlugin,
} from '@trpc/server/adapters/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { apiVersion, apiVersionHeader, isExtensionOrigin } from '../../shared/extension.ts';
import { personOfBearer } from '../auth/signed-in.ts';
import type { ApiDeps } from './api-deps.ts';
import { type AppRouter, appRouter } from './app-router.ts';
import { exportRoutes } from './export-routes.ts';
import { createLiveSeats } from './live-seats.ts';
import type { ApiContext } from './trpc.ts';

/** A CSV file to import comes as one input. */
const bodyLimit = 6 * 1024 * 1024;

/** Calls that may travel together; a page of the extension asks for a handful. */
const largestBatch = 50;

/** Streams that one session may follow at a time: a popup, a side panel and a page in each of its windows. */
const streamsPerSession = 20;

/**
 * Serves the procedures under `/trpc` and the downloads under `/export`. The bearer token is what lets anybody in: no
 * cookie is read, so a foreign page can ride on nobody's session; it is turned away by its origin all the same.
 */
export async function apiPlugin(
  app: FastifyInstance,
  server: Omit<ApiDeps, 'liveSeats' | 'stopping'>,
): Promise<void> {
  const stop = new AbortController();
  const liveSeats = createLiveSeats(streamsPerSession);
  const deps: ApiDeps = { ...server, liveSeats, stopping: stop.signal };
  const isOurExtension = (origin: string) => isExtensionOrigin(origin, deps.extensionRedirects);
  // Streams have no end of their own, and would hold up the stop.
  app.addHook('preClose', async () => {
    stop.abort();
    await deps.events.close();
  });
  app.addHook('onRoute', (route) => {
    route.bodyLimit = bodyLimit;
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      [apiVersionHeader]: String(apiVersion),
    });
    const { origin, 'content-type': type } = request.headers;
    // tRPC would read forms and files of any size.
    if (type !== undefined && !/^application\/json(?:;|$)/i.test(type))
      return reply.code(415).send({ error: 'Only JSON is read at this address.' });
    if (origin === undefined || isOurExtension(origin) || origin === originOf(deps.publicUrl())) return;
    return reply
      .code(403)
      .send({ error: 'Only Rollcall’s own extension may call this address from a browser.' });
  });
  await app.register(cors, {
    origin: (origin, decide) => decide(null, origin !== undefined && isOurExtension(origin)),
    methods: ['GET', 'POST'],
    allowedHeaders: ['authorization', 'content-type', 'trpc-accept', 'last-event-id'],
    exposedHeaders: [apiVersionHeader],
    maxAge: 600,
  });
  await app.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: {
      router: appRouter,
      maxBatchSize: largestBatch,
      createContext: ({ req }: CreateFastifyContextOptions) => contextOf(deps, req),
      onError: ({ error, path, ctx }) => {
        if (error.code !== 'INTERNAL_SERVER_ERROR' && error.code !== 'SERVICE_UNAVAILABLE') return;
        app.log.error(
          { err: error.cause ?? error, path, requestId: ctx?.origin.requestId },
          'a procedure failed',
        );
      },
    },
  } satisfies FastifyTRPCPluginOptions<AppRouter>);
  await app.register(exportRoutes, { prefix: '/export', deps });
}

async function contextOf(deps: ApiDeps, request: FastifyRequest): Promise<ApiContext> {
  const person = await personOfBearer(deps, request.headers.authorization);
  return { deps, person, origin: { requestId: request.id, from: request.ip } };
}

function originOf(publicUrl: string): string | undefined {
  return URL.canParse(publicUrl) ? new URL(publicUrl).origin : undefined;
}
