// Which attributes of a resource go out: `returned`, `attributes`, `excludedAttributes`. Knows schemas, no store.
import type { Attribute, Attributes, Json, ResourceType } from './attribute.ts';
import { findExtension, topLevelAttributes } from './attribute-lookup.ts';
import { isJsonArray, isJsonObject } from './json.ts';
import { parsePath, printPath, resolvePath } from './path.ts';

/** The attributes that an answer will carry, worked out once a request. */
export interface Projection {
  /** Nothing is ever left out, so a resource goes out as it is. */
  readonly everything: boolean;
  /** By canonical path ("name", "urn:…:User:department"); what is missing does not go out. */
  readonly selections: ReadonlyMap<string, Selection>;
  /** Whether any part of a top-level attribute will be returned; if not, it need not be loaded. */
  includes(attribute: Attribute, extension?: string): boolean;
}

/** A whole value, or the sub-attributes of it that are named. */
type Selection = 'whole' | ReadonlySet<string>;

/**
 * Reads the two lists of attribute names, which may hold sub-attributes and URNs in any letter case; a bare schema URN
 * names the whole schema. Unknown names are ignored, and so is `excludedAttributes` next to `attributes`.
 * @see RFC 7644 §3.9, §3.10
 */
export function readProjection(
  type: ResourceType,
  attributes: readonly string[] | undefined,
  excludedAttributes: readonly string[] | undefined,
): Projection {
  const only = resolveNames(type, attributes);
  if (only !== undefined) return projectionOf(type, requested(only));
  const without = resolveNames(type, excludedAttributes);
  return without === undefined ? defaultProjection(type) : projectionOf(type, remaining(without));
}

const defaults = new WeakMap<ResourceType, Projection>();

/** What goes out when a request names no attributes. @see RFC 7643 §7 (returned) */
export function defaultProjection(type: ResourceType): Projection {
  const known = defaults.get(type);
  if (known !== undefined) return known;
  const projection = projectionOf(type, remaining(new Set()));
  defaults.set(type, projection);
  return projection;
}

/** The part of a full resource that a projection lets out; values and extensions left empty are dropped. */
export function project(type: ResourceType, resource: Attributes, projection: Projection): Attributes {
  if (projection.everything) return resource;
  const { selections } = projection;
  const result: Record<string, Json> = {};
  for (const key of Object.keys(resource)) {
    const value = resource[key];
    const kept = isExtension(type, key) ? parts(key, value, selections) : part(key, value, selections);
    if (kept !== undefined) result[key] = kept;
  }
  return result;
}

type Selections = Projection['selections'];

const isExtension = (type: ResourceType, key: string) =>
  type.extensions.some(({ schema }) => schema.id === key);

function parts(urn: string, value: Json | undefined, selections: Selections): Attributes | undefined {
  if (!isJsonObject(value)) return undefined;
  const result: Record<string, Json> = {};
  for (const name of Object.keys(value)) {
    const kept = part(`${urn}:${name}`, value[name], selections);
    if (kept !== undefined) result[name] = kept;
  }
  return Object.keys(result).length === 0 ? undefined : result;
}

function part(path: string, value: Json | undefined, selections: Selections): Json | undefined {
  const selection = selections.get(path);
  if (selection === undefined || selection === 'whole') return selection && value;
  if (!isJsonArray(value)) return pick(value, selection);
  const entries = value.map((entry) => pick(entry, selection)).filter((entry) => entry !== undefined);
  return entries.length === 0 ? undefined : entries;
}

function pick(value: Json | undefined, names: ReadonlySet<string>): Attributes | undefined {
  if (!isJsonObject(value)) return undefined;
  const kept = Object.entries(value).filter(([name]) => names.has(name));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** The names as canonical paths and schema URNs; undefined where no list was given. */
function resolveNames(
  type: ResourceType,
  names: readonly string[] | undefined,
): ReadonlySet<string> | undefined {
  if (names === undefined || names.length === 0) return undefined;
  return new Set(names.flatMap((name) => canonicalName(type, name.trim()) ?? []));
}

function canonicalName(type: ResourceType, name: string): string | undefined {
  if (name.toLowerCase() === type.schema.id.toLowerCase()) return type.schema.id;
  const extension = findExtension(type, name);
  if (extension !== undefined) return extension.id;
  const path = parsePath(name);
  const resolved = path && resolvePath(type, path);
  return resolved && printPath(resolved);
}

type Choice = (attribute: Attribute, path: string, schema: string) => Selection | undefined;

/** The minimum set and what was named; naming an attribute names its sub-attributes, save those "on request". */
function requested(names: ReadonlySet<string>): Choice {
  return (attribute, path, schema) => {
    const { returned, subAttributes = [] } = attribute;
    if (returned === 'never') return undefined;
    const whole = returned === 'always' || names.has(path) || (returned === 'default' && names.has(schema));
    const subs = subAttributes.filter((sub) =>
      names.has(`${path}.${sub.name}`) ? sub.returned !== 'never' : whole && sub.returned === 'default',
    );
    return whole || subs.length > 0 ? selectionOf(attribute, subs) : undefined;
  };
}

/** The minimum set and the default set without what was named. */
function remaining(names: ReadonlySet<string>): Choice {
  return (attribute, path, schema) => {
    const { returned, subAttributes = [] } = attribute;
    if (returned === 'never' || returned === 'request') return undefined;
    if (returned === 'default' && (names.has(path) || names.has(schema))) return undefined;
    const subs = subAttributes.filter(
      (sub) => sub.returned === 'default' && !names.has(`${path}.${sub.name}`),
    );
    return selectionOf(attribute, subs);
  };
}

/** The chosen sub-attributes; those that are "always" returned come along wherever their attribute does. */
function selectionOf(
  { subAttributes, limited }: Attribute,
  subs: readonly Attribute[],
): Selection | undefined {
  const kept = subAttributes?.filter((sub) => sub.returned === 'always' || subs.includes(sub));
  if (kept === undefined || (kept.length === subAttributes?.length && !limited)) return 'whole';
  return kept.length === 0 ? undefined : new Set(kept.map(({ name }) => name));
}

function projectionOf(type: ResourceType, choose: Choice): Projection {
  const selections = new Map<string, Selection>();
  let everything = type.limited !== true;
  const select = (attributes: readonly Attribute[], schema: string, extension: string | undefined) => {
    for (const attribute of attributes) {
      const path = pathOf(attribute, extension);
      const selection = choose(attribute, path, schema);
      if (selection !== undefined) selections.set(path, selection);
      if (selection !== 'whole') everything = false;
    }
  };
  select(topLevelAttributes(type), type.schema.id, undefined);
  for (const { schema } of type.extensions) select(schema.attributes, schema.id, schema.id);
  return {
    everything,
    selections,
    includes: (attribute, extension) => selections.has(pathOf(attribute, extension)),
  };
}

const pathOf = (attribute: Attribute, extension: string | undefined) =>
  printPath(extension === undefined ? { attribute } : { extension, attribute });
