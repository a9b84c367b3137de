// The work of one bulk request: what is still to do, in which order, and which ids the bulkIds have become.
// @see RFC 7644 §3.7.1, §3.7.2
import { referencesIn, resolveReferences, withoutReferences } from './bulk-references.ts';
import type { BulkOperation } from './bulk-request.ts';
import { versionTest } from './etag.ts';
import type { Attributes } from './protocol/attribute.ts';
import { readProjection } from './protocol/project.ts';
import { ProtocolError } from './protocol/protocol-error.ts';
import type { ResourceEndpoint } from './resource-endpoint.ts';
import type { ScimAnswer, ScimContext } from './scim-context.ts';
import { errorBody, type ScimFault, ScimRefusal } from './scim-error.ts';

/** Turns a failure into a fault; an unforeseen one is logged by whoever provides this. */
export type FaultOf = (error: unknown) => ScimFault;

export class BulkJob {
  readonly #ids = new Map<string, string>();
  readonly #waiting: Set<BulkOperation>;
  /** The bulkIds of what is waiting. */
  readonly #coming: Set<string>;
  readonly #circles: {
    readonly operation: BulkOperation;
    readonly endpoint: ResourceEndpoint;
    readonly id: string;
  }[] = [];

  constructor(
    readonly context: ScimContext,
    readonly endpoints: readonly ResourceEndpoint[],
    operations: readonly BulkOperation[],
    readonly faultFor: FaultOf,
  ) {
    this.#waiting = new Set(operations);
    this.#coming = new Set(operations.flatMap(({ bulkId }) => bulkId ?? []));
  }

  /** The first operation that refers to nothing still to come; in a circle, the first that makes something. */
  next(): BulkOperation | undefined {
    const waiting = [...this.#waiting];
    const isFree = ({ references, bulkId }: BulkOperation) =>
      ![...references].some((id) => id !== bulkId && this.#coming.has(id));
    const operation = waiting.find(isFree) ?? waiting.find(({ method }) => method === 'POST') ?? waiting[0];
    if (operation === undefined) return undefined;
    this.#waiting.delete(operation);
    if (operation.bulkId !== undefined) this.#coming.delete(operation.bulkId);
    return operation;
  }

  async run(operation: BulkOperation): Promise<Attributes> {
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

  async #carryOut(operation: BulkOperation, endpoint: ResourceEndpoint, id: string): Promise<ScimAnswer> {
    const { context } = this;
    const projection = readProjection(endpoint.type, undefined, undefined);
    const isExpected = operation.version === undefined ? () => true : versionTest(operation.version);
    const data = resolveReferences(operation.data, this.#ids);
    const open = referencesIn(data);
    if (operation.method === 'POST') {
      const circular = [...open].some((bulkId) => this.#coming.has(bulkId) || bulkId === operation.bulkId);
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

  /**
   * What was made without its references gets them now, and with them a new version. A reference to something that
   * failed stays out.
   * @returns what changes in the result of each operation that was part of a circle
   */
  async closeCircles(): Promise<ReadonlyMap<BulkOperation, Attributes>> {
    const results = new Map<BulkOperation, Attributes>();
    for (const { operation, endpoint, id } of this.#circles) {
      const data = withoutReferences(resolveReferences(operation.data, this.#ids));
      const projection = readProjection(endpoint.type, undefined, undefined);
      try {
        const { etag } = await endpoint.replace(this.context, id, data, projection, () => true);
        if (etag !== undefined) results.set(operation, { version: etag });
      } catch (error) {
        const fault = this.faultFor(error);
        results.set(operation, { status: String(fault.status), response: errorBody(fault) });
      }
    }
    return results;
  }

  #target(path: string, method: string): { readonly endpoint: ResourceEndpoint; readonly id: string } {
    const [, type, id = ''] = /^\/?(Users|Groups)(?:\/([^/?\0]+))?\/?$/.exec(path) ?? [];
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
