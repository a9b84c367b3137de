// A PATCH path to what it points at. Knows the grammar of RFC 7644 §3.5.2 (figure 7), no value and no resource.
import type { Attribute, Attributes, Json, ResourceType } from './attribute.ts';
import { findAttribute } from './attribute-lookup.ts';
import { type Filter, parseFilter } from './filter.ts';
import { type ResolvedFilter, resolveFilter } from './filter-resolve.ts';
import { parsePath, printPath, type ResolvedPath, resolvePath } from './path.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Reading } from './quirk.ts';
import { dropUnknown, readAttribute } from './read-value.ts';

/**
 * Where a step applies: an attribute, a sub-attribute, or with `filter` those entries of a multi-valued attribute that
 * match (`emails[type eq "work"].value`). `seed` is the entry that an `eq` filter describes (`{"type": "work"}`).
 */
export interface PatchTarget {
  readonly path: ResolvedPath;
  readonly filter?: ResolvedFilter;
  readonly seed?: Attributes;
}

/**
 * Reads a PATCH path; undefined where no schema defines the attribute, which is noted.
 * @throws ProtocolError invalidPath (malformed) | invalidFilter | invalidSyntax (strict: unknown attribute)
 */
export function parseTarget(type: ResourceType, text: string, reading: Reading): PatchTarget | undefined {
  const open = text.indexOf('[');
  if (open !== -1) return parseValuePath(type, text, open, reading);
  const typed = parsePath(text);
  if (typed === undefined) throw malformed(text);
  const path = resolvePath(type, typed);
  return path === undefined ? dropUnknown(text, reading) : { path };
}

function parseValuePath(
  type: ResourceType,
  text: string,
  open: number,
  reading: Reading,
): PatchTarget | undefined {
  const end = text.lastIndexOf(']') + 1;
  const name = text.slice(0, open);
  const rest = text.slice(end);
  const typed = parsePath(name);
  if (end === 0 || typed === undefined || typed.sub !== undefined || !/^(?:\.[a-z$][\w$-]*)?$/i.test(rest))
    throw malformed(text);
  const path = resolvePath(type, typed);
  if (path === undefined) return dropUnknown(name, reading);
  const { attribute } = path;
  if (!attribute.multiValued || attribute.type !== 'complex')
    throw new ProtocolError(
      'invalidPath',
      `"${printPath(path)}" has no entries to choose from. Leave the square brackets out of "path".`,
    );
  const filter = parseFilter(text.slice(0, end));
  if (filter.kind !== 'valuePath') throw malformed(text);
  const resolved = resolveFilter(filter, type);
  if (resolved.kind !== 'valuePath') throw malformed(text);
  const sub = rest === '' ? undefined : findAttribute(attribute.subAttributes ?? [], rest.slice(1));
  if (rest !== '' && sub === undefined) return dropUnknown(name + rest, reading);
  const seed = seedOf(attribute, filter.filter);
  return {
    path: sub === undefined ? path : { ...path, sub },
    filter: resolved.filter,
    ...(seed !== undefined && { seed }),
  };
}

/** The entry that a conjunction of `eq` comparisons describes, in the client's own letter case; undefined for others. */
function seedOf(attribute: Attribute, filter: Filter): Attributes | undefined {
  if (filter.kind === 'and') {
    const [left, right] = [seedOf(attribute, filter.left), seedOf(attribute, filter.right)];
    return left && right && { ...left, ...right };
  }
  if (filter.kind !== 'compare' || filter.op !== 'eq') return undefined;
  const sub = findAttribute(attribute.subAttributes ?? [], filter.path.attribute);
  if (sub === undefined) return undefined;
  const seed: Record<string, Json> = {};
  // The filter was resolved before: what it tolerated is no second quirk.
  readAttribute(seed, sub, filter.value, sub.name, { strict: false, note() {} });
  return seed;
}

function malformed(text: string): ProtocolError {
  return new ProtocolError(
    'invalidPath',
    `"${text.slice(0, 200)}" is not a path. Write an attribute such as name.familyName or emails[type eq "work"].value.`,
  );
}
