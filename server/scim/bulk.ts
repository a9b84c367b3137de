// Bulk: many operations in one request, each on its own, references between them resolved whichever way they point.
// @see RFC 7644 §3.7
import { setImmediate as breathe } from 'node:timers/promises';
import { BulkJob, type FaultOf } from './bulk-job.ts';
import { type BulkOperation, readBulkRequest } from './bulk-request.ts';
import type { Attributes } from './protocol/attribute.ts';
import type { ResourceEndpoint } from './resource-endpoint.ts';
import type { ScimAnswer, ScimContext } from './scim-context.ts';

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
  const results = new Map<BulkOperation, Attributes>();
  let errors = 0;
  for (let operation = job.next(); operation && errors < failOnErrors; operation = job.next()) {
    const result = await job.run(operation);
    results.set(operation, result);
    if (Number(result.status) >= 400) errors++;
    await breathe();
  }
  for (const [operation, result] of await job.closeCircles()) {
    results.set(operation, { ...results.get(operation), ...result });
    if (result.status !== undefined) errors++;
  }
  // In the order of the request: only what a POST made has a bulkId to be told by.
  const inOrder = operations.flatMap((operation) => results.get(operation) ?? []);
  return {
    status: 200,
    body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'], Operations: inOrder },
    outcome: `bulk: ${results.size} of ${operations.length} operations, ${errors} failed`,
  };
}
