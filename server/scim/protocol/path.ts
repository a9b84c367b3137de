// Attribute paths: as a client types them, as a resource type's schemas define them. Knows no filter and no value.

import type { Attribute, ResourceType } from './attribute.ts';
import { findAttribute, topLevelAttributes } from './attribute-lookup.ts';

/** An attribute path as the client typed it. @see RFC 7644 §3.10 */
export interface AttributePath {
  readonly urn?: string;
  readonly attribute: string;
  readonly sub?: string;
}

/** A path bound to its definitions; `extension` is the schema URN when the attribute lives under an extension. */
export interface ResolvedPath {
  readonly extension?: string;
  readonly attribute: Attribute;
  readonly sub?: Attribute;
}

// The URI is everything up to the last colon: URNs hold dots ("2.0"), attribute names hold no colon.
const pathSyntax = /^(?:([a-z][^\s"[\]()]*):)?([a-z$][\w$-]*)(?:\.([a-z$][\w$-]*))?$/i;

/** Splits "name.givenName" or "urn:…:User:name.givenName"; undefined where the text is no attribute path. */
export function parsePath(text: string): AttributePath | undefined {
  const match = pathSyntax.exec(text);
  if (match === null) return undefined;
  const [, urn, attribute = '', sub] = match;
  return { ...(urn !== undefined && { urn }), attribute, ...(sub !== undefined && { sub }) };
}

/**
 * Finds what a path means for a resource type, whatever its letter case; undefined where nothing defines it.
 * An extension's attribute answers without its URN too where the core schema has no such name: clients only "SHOULD"
 * qualify it, and Entra asks for a bare `manager`. Equal paths resolve to one object.
 * @see RFC 7644 §3.10
 */
export function resolvePath(type: ResourceType, path: AttributePath): ResolvedPath | undefined {
  return pathsOf(type).get(typedPath(path).toLowerCase());
}

/** A typed path as text, in the client's own spelling. */
export function typedPath({ urn, attribute, sub }: AttributePath): string {
  const name = sub === undefined ? attribute : `${attribute}.${sub}`;
  return urn === undefined ? name : `${urn}:${name}`;
}

/** A resolved path as text, in the schema's spelling: "name.givenName", "urn:…:User:department". */
export function printPath({ extension, attribute, sub }: ResolvedPath): string {
  return typedPath({
    ...(extension !== undefined && { urn: extension }),
    attribute: attribute.name,
    ...(sub !== undefined && { sub: sub.name }),
  });
}

/** The path to compare or sort by: a bare complex attribute stands for its `value`; undefined where it has none. */
export function simplePath(path: ResolvedPath): ResolvedPath | undefined {
  if (path.sub !== undefined || path.attribute.type !== 'complex') return path;
  const sub = findAttribute(path.attribute.subAttributes ?? [], 'value');
  return sub && { ...path, sub };
}

// One table a resource type, from every spelling in lower case to its path. Callers that build resource types at run
// time should keep them, or the table is built anew for each.
const tables = new WeakMap<ResourceType, ReadonlyMap<string, ResolvedPath>>();

function pathsOf(type: ResourceType): ReadonlyMap<string, ResolvedPath> {
  const known = tables.get(type);
  if (known !== undefined) return known;
  const table = new Map<string, ResolvedPath>();
  const add = (path: ResolvedPath, urn: string) => {
    const { attribute, sub } = path;
    const name = typedPath({ attribute: attribute.name, ...(sub !== undefined && { sub: sub.name }) });
    table.set(`${urn}:${name}`.toLowerCase(), path);
    // Core comes first and keeps the bare name; an extension gets it only where it is free.
    if (!table.has(name.toLowerCase())) table.set(name.toLowerCase(), path);
  };
  const addAll = (attributes: readonly Attribute[], urn: string, extension?: string) => {
    for (const attribute of attributes) {
      const whole = { ...(extension !== undefined && { extension }), attribute };
      add(whole, urn);
      for (const sub of attribute.subAttributes ?? []) add({ ...whole, sub }, urn);
    }
  };
  addAll(topLevelAttributes(type), type.schema.id);
  for (const { schema } of type.extensions) addAll(schema.attributes, schema.id, schema.id);
  tables.set(type, table);
  return table;
}
