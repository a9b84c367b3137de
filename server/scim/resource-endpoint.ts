// What the Users and the Groups endpoint have in common. Routes, Bulk and search speak to this, not to either of them.
import type { Attributes, ResourceType } from './protocol/attribute.ts';
import type { Projection } from './protocol/project.ts';
import { readResource } from './protocol/validate.ts';
import type { ListedRow } from './resource-store.ts';
import type { ScimAnswer, ScimContext } from './scim-context.ts';

/** Whether the stored version is the one that the client expects. */
export type VersionTest = (version: number) => boolean;

/** One resource type's operations, RFC 7644 §3.3 to §3.6, behind one shape. */
export interface ResourceEndpoint<Type extends 'User' | 'Group' = 'User' | 'Group'> {
  readonly type: ResourceType<Type>;
  create(context: ScimContext, body: unknown, projection: Projection): Promise<ScimAnswer>;
  /** @throws AppError `member.not_found`, `group.not_found` */
  read(context: ScimContext, id: string, projection: Projection, isKnown: VersionTest): Promise<ScimAnswer>;
  replace(
    context: ScimContext,
    id: string,
    body: unknown,
    projection: Projection,
    isExpected: VersionTest,
  ): Promise<ScimAnswer>;
  /** `asked` says whether the client named attributes, and so wants the resource back. */
  modify(
    context: ScimContext,
    id: string,
    body: unknown,
    projection: Projection,
    isExpected: VersionTest,
    asked: boolean,
  ): Promise<ScimAnswer>;
  remove(context: ScimContext, id: string, isExpected: VersionTest): Promise<ScimAnswer>;
  /** The JSON texts of rows as a client reads them, comma-separated, in pieces. */
  render(
    context: ScimContext,
    rows: readonly ListedRow<Type>[],
    projection: Projection,
  ): AsyncIterable<string>;
}

/** A POST or PUT body as canonical attributes: the dialect first, then the schema. */
export function readBody({ dialect, reading }: ScimContext, type: ResourceType, body: unknown): Attributes {
  return readResource(type, dialect.resource(body, reading.note), reading);
}

export function locationOf({ base }: ScimContext, type: ResourceType, id: string): string {
  return `${base}${type.endpoint}/${id}`;
}

/** `meta` as every resource carries it. */
export function metaOf(
  context: ScimContext,
  type: ResourceType,
  row: { readonly id: string; readonly created_at: number; readonly updated_at: number },
  version: string,
): Attributes {
  return {
    resourceType: type.name,
    created: new Date(row.created_at).toISOString(),
    lastModified: new Date(row.updated_at).toISOString(),
    location: locationOf(context, type, row.id),
    version,
  };
}
