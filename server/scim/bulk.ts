// Bulk: many operations in one request, each on its own, references between them resolved whichever way they point.
// @see RFC 7644 §3.7
import { setImmediate as breathe } from 'node:timers/promises';
import { referencesIn, resolveReferences, withoutReferences } from './bulk-references.ts';
import { scimLimits } from './discovery.ts';
import { versionTest } from './etag.ts';
import type { Attributes } from './protocol/attribute.ts';
import { readProjection } from './protocol/project.ts';
import { ProtocolError } from './protocol/protocol-error.ts';
import type { ResourceEndpoint } from './resource-endpoint.ts';
import type { ScimAnswer, ScimContext } from './scim-context.ts';
import { errorBody, type ScimFault, ScimRefusal } from './scim-error.ts';

/** One operation as it was asked for. */
interface Operation {
  readonly method: string;
  readonly path: string;
  readonly bulkId: string | undefined;
  readonly version: string | undefined;
  readonly data: unknown;
}

/** Turns a failure into a fault; an unforeseen one is logged by whoever provides this. */
export type FaultOf = (error: unknown) => ScimFault;

const bulkRequest = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

/**
 * Carries out a BulkRequest in order, an operation later only where it refers to one that stands behind it.
 * @throws ProtocolError invalidSyntax, invalidValue; ScimRefusal 413 beyond `maxOperations`
 */
export async function answerBulk(
  context: ScimContext,
  endpoints: readonly ResourceEndpoint[],
  body: unknown,
  faultFor: FaultOf,
): Promise<ScimAnswer> {
  const { operations, failOnErrors } = readBulkRequest(body);
  const job = new BulkJob(context, endpoints, operations, faultFor);
  const results = new Map<Operation, Attributes>();
  let errors = 0;
  for (let operation = job.next(); operation && errors < failOnErrors; operation = job.next()) {
    const result = await job.run(operation);
    results.set(operation, result);
    if (Number(result.status) >= 400) errors++;
    await breathe();
  }
  for (const [operation, version] of await job.closeCircles()) {
    results.set(operation, { ...results.get(operation), version });
  }
  // In the order of the request: only what a POST made has a bulkId to be told by.
  const inOrder = operations.flatMap((operation) => results.get(operation) ?? []);
  return {
    status: 200,
    body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'], Operations: inOrder },
    outcome: `bulk: ${results.size} of ${operations.length} operations, ${errors} failed`,
  };
}

/** The state of one bulk request: what is still to do and which ids the bulkIds have become. */
class BulkJob {
  readonly #ids = new Map<string, string>();
  readonly #waiting: Set<Operation>;
  readonly #circles: {
    readonly operation: Operation;
    readonly endpoint: ResourceEndpoint;
    readonly id: string;
  }[] = [];

  constructor(
    readonly context: ScimContext,
    readonly endpoints: readonly ResourceEndpoint[],
    operations: readonly Operation[],
    readonly faultFor: FaultOf,
  ) {
    this.#waiting = new Set(operations);
  }

  /** The first operation that refers to nothing still to come; in a circle, the first that makes something. */
  next(): Operation | undefined {
    const coming = new Set([...this.#waiting].map((operation) => operation.bulkId));
    const isFree = (operation: Operation) =>
      ![...referencesIn([operation.path, operation.data])].some(
        (id) => coming.has(id) && id !== operation.bulkId,
      );
    const waiting = [...this.#waiting];
    const operation = waiting.find(isFree) ?? waiting.find(({ method }) => method === 'POST') ?? waiting[0];
    if (operation) this.#waiting.delete(operation);
    return operation;
  }

  async run(operation: Operation): Promise<Attributes> {
    const { method, bulkId } = operation;
    const echo = { method, ...(bulkId !== undefined && { bulkId }) };
    let location: string | undefined;
    try {
      const path = String(resolveReferences(operation.path, this.#ids));
      const { endpoint, id } = this.#target(path, method);
      if (id !== '') location = `${this.context.base}${endpoint.type.endpoint}/${id}`;
      const answer = await this.#carryOut(operation, endpoint, id);
      if (bulkId !== undefined && answer.subject) this.#ids.set(bulkId, answer.subject.id);
      location = answer.location ?? location;
      return {
        ...echo,
        ...(location !== undefined && { location }),
        ...(answer.etag !== undefined && { version: answer.etag }),
        status: String(answer.status),
      };
    } catch (error) {
      const fault = this.faultFor(error);
      return {
        ...echo,
        ...(location !== undefined && { location }),
        status: String(fault.status),
        response: errorBody(fault),
      };
    }
  }

  async #carryOut(operation: Operation, endpoint: ResourceEndpoint, id: string): Promise<ScimAnswer> {
    const { context } = this;
    const projection = readProjection(endpoint.type, undefined, undefined);
    const isExpected = operation.version === undefined ? () => true : versionTest(operation.version);
    const data = resolveReferences(operation.data, this.#ids);
    const open = referencesIn(data);
    if (operation.method === 'POST') {
      const circular = [...open].some((bulkId) => this.#isComing(bulkId) || bulkId === operation.bulkId);
      if (open.size > 0 && !circular) throw unresolved(open);
      const answer = await endpoint.create(context, circular ? withoutReferences(data) : data, projection);
      if (circular && answer.subject) this.#circles.push({ operation, endpoint, id: answer.subject.id });
      return answer;
    }
    if (open.size > 0) throw unresolved(open);
    if (operation.method === 'PUT') return endpoint.replace(context, id, data, projection, isExpected);
    if (operation.method === 'PATCH')
      return endpoint.modify(context, id, data, projection, isExpected, false);
    return endpoint.remove(context, id, isExpected);
  }

  #isComing(bulkId: string): boolean {
    return [...this.#waiting].some((operation) => operation.bulkId === bulkId);
  }

  /**
   * What was made without its references gets them now, and with them a new version. A reference to something that
   * failed stays out.
   */
  async closeCircles(): Promise<ReadonlyMap<Operation, string>> {
    const versions = new Map<Operation, string>();
    for (const { operation, endpoint, id } of this.#circles) {
      const data = withoutReferences(resolveReferences(operation.data, this.#ids));
      const projection = readProjection(endpoint.type, undefined, undefined);
      const { etag } = await endpoint.replace(this.context, id, data, projection, () => true);
      if (etag !== undefined) versions.set(operation, etag);
    }
    return versions;
  }

  #target(path: string, method: string): { readonly endpoint: ResourceEndpoint; readonly id: string } {
    const [, type, id = ''] = /^\/?(Users|Groups)(?:\/([^/?]+))?\/?$/.exec(path) ?? [];
    const endpoint = this.endpoints.find((candidate) => candidate.type.endpoint === `/${type}`);
    if (endpoint === undefined || (method === 'POST') !== (id === '')) {
      throw new ProtocolError(
        'invalidValue',
        `"${path.slice(0, 100)}" is not a path for ${method}. Use "/Users" or "/Groups" for POST, and "/Users/{id}" or "/Groups/{id}" for PUT, PATCH and DELETE.`,
      );
    }
    return { endpoint, id };
  }
}

function unresolved(bulkIds: ReadonlySet<string>): ScimRefusal {
  return new ScimRefusal({
    status: 409,
    detail: `Nothing in this request was made under the bulkId ${[...bulkIds].map((id) => `"${id}"`).join(', ')}. Check the reference, or see why that operation failed.`,
    outcome: 'refused: bulkId unresolved',
  });
}

function readBulkRequest(body: unknown): {
  readonly operations: readonly Operation[];
  readonly failOnErrors: number;
} {
  const request = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  if (!Array.isArray(request.schemas) || !request.schemas.includes(bulkRequest)) {
    throw new ProtocolError('invalidSyntax', `A bulk request names "${bulkRequest}" in its "schemas".`);
  }
  if (!Array.isArray(request.Operations)) {
    throw new ProtocolError('invalidSyntax', 'A bulk request lists what to do in "Operations".');
  }
  if (request.Operations.length > scimLimits.bulkOperations) {
    throw new ScimRefusal({
      status: 413,
      detail: `A bulk request holds at most ${scimLimits.bulkOperations} operations. Split it into several.`,
      outcome: 'refused: bulk too large',
    });
  }
  const { failOnErrors = Number.POSITIVE_INFINITY } = request;
  if (typeof failOnErrors !== 'number' || failOnErrors < 1) {
    throw new ProtocolError('invalidValue', '"failOnErrors" is a number of errors, 1 or more.');
  }
  const operations = request.Operations.map(readOperation);
  const bulkIds = operations.flatMap(({ bulkId }) => bulkId ?? []);
  if (new Set(bulkIds).size < bulkIds.length) {
    throw new ProtocolError(
      'invalidValue',
      'Every "bulkId" stands for one resource. Give each operation its own.',
    );
  }
  return { operations, failOnErrors };
}

function readOperation(operation: unknown): Operation {
  const given = (typeof operation === 'object' && operation !== null ? operation : {}) as Record<
    string,
    unknown
  >;
  const text = (name: string) => (typeof given[name] === 'string' ? given[name] : undefined);
  const method = text('method')?.toUpperCase() ?? '';
  const path = text('path');
  if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) || path === undefined) {
    throw new ProtocolError(
      'invalidSyntax',
      'Each bulk operation needs a "method" (POST, PUT, PATCH or DELETE) and a "path".',
    );
  }
  const bulkId = text('bulkId');
  if (method === 'POST' && bulkId === undefined) {
    throw new ProtocolError(
      'invalidSyntax',
      'A bulk operation that makes a resource needs a "bulkId" to tell it by.',
    );
  }
  return { method, path, bulkId, version: text('version'), data: given.data };
}
