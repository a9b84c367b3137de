// Which address and method is which operation. Reads what HTTP carries, calls the endpoint, sends the answer.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerBulk } from './bulk.ts';
import { listOf, resourceTypeResources, schemaResources, serviceProviderConfig } from './discovery.ts';
import { versionTest } from './etag.ts';
import { groupEndpoint } from './group-resource.ts';
import { answerQuery } from './list-resources.ts';
import { payloadOf } from './payload.ts';
import type { Attributes } from './protocol/attribute.ts';
import { ProtocolError } from './protocol/protocol-error.ts';
import { readAttributeParams } from './protocol/query.ts';
import type { ResourceEndpoint } from './resource-endpoint.ts';
import { type ScimAnswer, typeSeen } from './scim-context.ts';
import { type ScimFault, ScimRefusal } from './scim-error.ts';
import { contextOf } from './scim-exchange.ts';
import { sendScim } from './scim-reply.ts';
import { unknownPath } from './unknown-path.ts';
import { userEndpoint } from './user-resource.ts';
import { seesVersions } from './view.ts';

const endpoints: readonly ResourceEndpoint[] = [userEndpoint, groupEndpoint];

interface Options {
  /** The fault of any failure; an unforeseen one is logged on the way. */
  readonly faultFor: (request: FastifyRequest, error: unknown) => ScimFault;
}

/** Every endpoint of RFC 7644 §3.2 below `/scim/v2`; any other address under the connection is explained. */
export async function scimRoutes(app: FastifyInstance, { faultFor }: Options): Promise<void> {
  for (const endpoint of endpoints) resourceRoutes(app, endpoint);

  app.get('/scim/v2', async (request, reply) =>
    send(reply, await answerQuery(contextOf(request), endpoints, queryOf(request))),
  );
  app.post('/scim/v2/.search', async (request, reply) =>
    send(reply, await answerQuery(contextOf(request), endpoints, searchParams(request.body))),
  );
  app.post('/scim/v2/Bulk', async (request, reply) =>
    send(
      reply,
      await answerBulk(contextOf(request), endpoints, request.body, (error) => faultFor(request, error)),
    ),
  );
  discoveryRoutes(app);

  app.all('/scim/v2/Me', async () => {
    throw new ScimRefusal({
      status: 501,
      detail: 'A provisioning connection is no person, so it has no "/Me". Use "/Users/{id}".',
      outcome: 'refused: no /Me',
    });
  });
  const explain = async (request: FastifyRequest) => {
    const path = (request.params as { '*'?: string })['*'] ?? '';
    throw unknownPath(contextOf(request).base, request.method, path);
  };
  app.all('/', explain);
  app.all('/*', explain);
}

function resourceRoutes(app: FastifyInstance, endpoint: ResourceEndpoint): void {
  const { type } = endpoint;
  const collection = `/scim/v2${type.endpoint}`;
  const resource = `${collection}/:id`;

  app.get(collection, async (request, reply) =>
    send(reply, await answerQuery(contextOf(request), [endpoint], queryOf(request))),
  );
  app.post(`${collection}/.search`, async (request, reply) =>
    send(reply, await answerQuery(contextOf(request), [endpoint], searchParams(request.body))),
  );
  app.post(collection, async (request, reply) => {
    const { projection } = readAttributeParams(typeSeen(contextOf(request), type), queryOf(request));
    return send(reply, await endpoint.create(contextOf(request), request.body, projection));
  });
  app.get(resource, async (request, reply) => {
    const { projection } = readAttributeParams(typeSeen(contextOf(request), type), queryOf(request));
    const known = request.headers['if-none-match'];
    const isKnown = known === undefined ? () => false : versionTest(known);
    return send(reply, await endpoint.read(contextOf(request), idOf(request), projection, isKnown));
  });
  app.put(resource, async (request, reply) => {
    const { projection } = readAttributeParams(typeSeen(contextOf(request), type), queryOf(request));
    const [context, id] = [contextOf(request), idOf(request)];
    return send(reply, await endpoint.replace(context, id, request.body, projection, expectedBy(request)));
  });
  app.patch(resource, async (request, reply) => {
    const { projection, asked } = readAttributeParams(typeSeen(contextOf(request), type), queryOf(request));
    const [context, id] = [contextOf(request), idOf(request)];
    return send(
      reply,
      await endpoint.modify(context, id, request.body, projection, expectedBy(request), asked),
    );
  });
  app.delete(resource, async (request, reply) =>
    send(reply, await endpoint.remove(contextOf(request), idOf(request), expectedBy(request))),
  );
}

/** @see RFC 7644 §4: a filter on these is refused with 403 */
function discoveryRoutes(app: FastifyInstance): void {
  app.get('/scim/v2/ServiceProviderConfig', async (request, reply) => {
    const { base, reading, oauth, view } = contextOf(request);
    const served = {
      strict: reading.strict,
      metadata: oauth.metadata,
      reader: view.reach !== undefined,
      etag: seesVersions(view, 'User'),
    };
    return send(reply, { status: 200, body: serviceProviderConfig(base, served), outcome: 'read' });
  });
  const collections = { ResourceTypes: resourceTypeResources, Schemas: schemaResources };
  for (const [name, resourcesOf] of Object.entries(collections)) {
    app.get(`/scim/v2/${name}`, async (request, reply) => {
      if ('filter' in queryOf(request)) {
        throw new ScimRefusal({
          status: 403,
          detail: `"/${name}" is read whole. Leave out the filter.`,
          outcome: 'refused: filter on discovery',
        });
      }
      const resources = [...resourcesOf(contextOf(request).base, contextOf(request).view.types).values()];
      return send(reply, { status: 200, body: listOf(resources), outcome: 'read' });
    });
    app.get(`/scim/v2/${name}/:id`, async (request, reply) => {
      const body = resourcesOf(contextOf(request).base, contextOf(request).view.types).get(idOf(request));
      if (body === undefined) {
        throw new ScimRefusal({
          status: 404,
          detail: `There is no such entry. "/${name}" lists all of them.`,
          outcome: 'refused: unknown entry',
        });
      }
      return send(reply, { status: 200, body, outcome: 'read' });
    });
  }
}

async function send(reply: FastifyReply, answer: ScimAnswer): Promise<FastifyReply> {
  if (reply.request.exchange) reply.request.exchange.answer = answer;
  const { status, body, etag, location } = answer;
  reply.code(status);
  if (etag !== undefined) reply.header('etag', etag);
  if (location !== undefined) reply.header('location', location);
  if (body === undefined) return reply.send();
  const payload = isPieces(body) ? await payloadOf(body) : JSON.stringify(body);
  return sendScim(reply, payload);
}

function isPieces(body: Attributes | AsyncIterable<string>): body is AsyncIterable<string> {
  return Symbol.asyncIterator in body;
}

function queryOf(request: FastifyRequest): Readonly<Record<string, unknown>> {
  return request.query as Record<string, unknown>;
}

function idOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id;
}

function expectedBy(request: FastifyRequest): (version: number) => boolean {
  const header = request.headers['if-match'];
  return header === undefined ? () => true : versionTest(header);
}

/** @see RFC 7644 §3.4.3 */
function searchParams(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Record<string, unknown>;
  throw new ProtocolError('invalidSyntax', 'A search sends its parameters as one JSON object.');
}
