// The SCIM edge as one Fastify plugin: bodies in, errors out, and a record of everything. Knows HTTP, no resource.
import {
  errorCodes,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { scimLimits } from './discovery.ts';
import { errorBody, faultOf, internalFault, type ScimFault } from './scim-error.ts';
import {
  connectionPrefix,
  type EdgeDeps,
  openExchange,
  openReaderExchange,
  readerPrefix,
  recordExchange,
} from './scim-exchange.ts';
import { sendScim } from './scim-reply.ts';
import { scimRoutes } from './scim-routes.ts';

/** Serves every connection's and every reader's addresses. Each request is recorded, those first that are turned away. */
export async function scimPlugin(app: FastifyInstance, deps: EdgeDeps): Promise<void> {
  app.decorateRequest('exchange', null);
  readBodies(app);
  app.addHook('onResponse', async (request, reply) => recordExchange(deps, request, reply));
  app.setErrorHandler((error: FastifyError, request, reply) =>
    sendFault(request, reply, faultFor(request, error)),
  );
  const serve = (prefix: string, open: typeof openExchange) =>
    app.register(
      async (below) => {
        below.addHook('onRequest', (request) => open(deps, request));
        await scimRoutes(below, { faultFor });
      },
      { prefix },
    );
  await serve(connectionPrefix, openExchange);
  await serve(readerPrefix, openReaderExchange);
}

function faultFor(request: FastifyRequest, error: unknown): ScimFault {
  const fault = faultOf(error);
  if (fault !== undefined) {
    if (fault.status === 503) request.log.warn({ err: error }, 'a SCIM request found the directory busy');
    return fault;
  }
  request.log.error({ err: error }, 'a SCIM request failed');
  return internalFault(request.id);
}

function sendFault(request: FastifyRequest, reply: FastifyReply, fault: ScimFault): FastifyReply {
  if (request.exchange) request.exchange.fault = fault;
  reply.code(fault.status).headers(fault.headers ?? {});
  return sendScim(reply, JSON.stringify(errorBody(fault)));
}

/** SCIM's own media type, plain JSON, and no type at all; an empty body is no body. @see RFC 7644 §3.1, §8.1 */
function readBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('remove', 'remove');
  const options = { parseAs: 'string', bodyLimit: scimLimits.bodyBytes } as const;
  type Done = (error: Error | null, body?: unknown) => void;
  const parse = (request: FastifyRequest, body: string, done: Done) => {
    if (body === '') done(null, undefined);
    else parseJson(request, body, done);
  };
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(['application/scim+json', 'application/json'], options, parse);
  // This one gets every other body; of those, one that names no type is JSON too.
  app.addContentTypeParser('*', options, (request: FastifyRequest, body: string, done: Done) => {
    const type = request.headers['content-type'];
    if (type === undefined) parse(request, body, done);
    else done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(type));
  });
}
