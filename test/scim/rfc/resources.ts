// The URNs and small messages that every RFC test is made of. Knows the wire format, no rule.
import { expect } from 'vitest';
import type { ScimServer } from '../../helpers/scim-server.ts';

export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const listUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error';
export const searchUrn = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
/** The org's first owner: in every directory, before anybody else. */
export const owner = 'ada@larkspur.example';

const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export type Answer = Awaited<ReturnType<ScimServer['scim']>>;

export interface PatchOperation {
  readonly op: string;
  readonly path?: string;
  readonly value?: unknown;
}

export function patchOp(...operations: readonly PatchOperation[]) {
  return { schemas: [patchUrn], Operations: operations };
}

export function searchRequest(parameters: Readonly<Record<string, unknown>>) {
  return { schemas: [searchUrn], ...parameters };
}

/** Creates a user with `schemas` filled in; the answer is 201 or the test fails. */
export function createUser(server: ScimServer, attributes: Readonly<Record<string, unknown>>) {
  const schemas = enterpriseUrn in attributes ? [userUrn, enterpriseUrn] : [userUrn];
  return create(server, '/Users', { schemas, ...attributes });
}

export function createGroup(server: ScimServer, attributes: Readonly<Record<string, unknown>>) {
  return create(server, '/Groups', { schemas: [groupUrn], ...attributes });
}

async function create(server: ScimServer, path: string, resource: unknown) {
  const answer = await server.scim('POST', path, resource);
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}

/** GET with a filter, percent-encoded. */
export function find(server: ScimServer, path: string, filter: string, more = '') {
  return server.scim('GET', `${path}?filter=${encodeURIComponent(filter)}${more}`);
}

/** The `userName` or `displayName` of each resource on the page, in its order. */
export function names(answer: Answer): string[] {
  expect(answer.status, answer.text).toBe(200);
  const resources: readonly { userName?: string; displayName?: string }[] = answer.body.Resources;
  return resources.map(({ userName, displayName }) => userName ?? displayName ?? '');
}

/** A SCIM error with this status and keyword, and a sentence in `detail`. @see RFC 7644 §3.12 */
export function expectError(answer: Answer, status: number, scimType?: string) {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/scim+json');
  expect(answer.body).toMatchObject({ schemas: [errorUrn], status: String(status) });
  expect(answer.body.scimType).toBe(scimType);
  expect(answer.body.detail).toMatch(/\w.*\.$/s);
}
