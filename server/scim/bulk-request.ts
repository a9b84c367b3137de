// Reads a BulkRequest: the operations and what each refers to. Knows the message, carries nothing out.
// @see RFC 7644 §3.7
import { referencesIn } from './bulk-references.ts';
import { scimLimits } from './discovery.ts';
import { ProtocolError } from './protocol/protocol-error.ts';
import { ScimRefusal } from './scim-error.ts';

/** One operation as it was asked for. */
export interface BulkOperation {
  readonly method: string;
  readonly path: string;
  readonly bulkId: string | undefined;
  readonly version: string | undefined;
  readonly data: unknown;
  /** The bulkIds that its path and data refer to. */
  readonly references: ReadonlySet<string>;
}

const bulkRequest = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

/** @throws ProtocolError invalidSyntax, invalidValue; ScimRefusal 413 beyond `maxOperations` */
export function readBulkRequest(body: unknown): {
  readonly operations: readonly BulkOperation[];
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

function readOperation(operation: unknown): BulkOperation {
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
  const { data } = given;
  return { method, path, bulkId, version: text('version'), data, references: referencesIn([path, data]) };
}
