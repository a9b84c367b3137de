// Binds a filter's names to a resource type's schemas and its literals to the attributes' types. Knows no resource.
import type { ResourceType } from './attribute.ts';
import { findAttribute } from './attribute-lookup.ts';
import type { CompareOp, Filter } from './filter.ts';
import { comparableText, comparisons } from './filter-value.ts';
import {
  type AttributePath,
  printPath,
  type ResolvedPath,
  resolvePath,
  simplePath,
  typedPath,
} from './path.ts';
import { ProtocolError } from './protocol-error.ts';

/** A filter whose every name is an attribute and every value of that attribute's type, ready to be compared. */
export type ResolvedFilter =
  | { readonly kind: 'and' | 'or'; readonly left: ResolvedFilter; readonly right: ResolvedFilter }
  | { readonly kind: 'not'; readonly filter: ResolvedFilter }
  | ResolvedComparison
  | { readonly kind: 'present'; readonly path: ResolvedPath }
  | { readonly kind: 'valuePath'; readonly path: ResolvedPath; readonly filter: ResolvedFilter }
  | { readonly kind: 'never' };

/**
 * A comparison with a simple attribute: `path.sub` is set wherever `path.attribute` is complex.
 * `value` is in the form that stored values compare with: folded where `isFolded` says so, a dateTime as UTC with
 * milliseconds, a JSON boolean or number for those types.
 */
export interface ResolvedComparison {
  readonly kind: 'compare';
  readonly path: ResolvedPath;
  readonly op: CompareOp;
  readonly value: string | number | boolean;
}

/** What to do about a name no schema defines: refuse the filter, or take the attribute as having no value. */
export type UnknownAttribute = 'refuse' | 'absent';

/**
 * Binds a filter to a resource type. Inside a value path, paths are the element's own: `{ attribute }` is the
 * sub-attribute. A bare complex attribute stands for its `value` in a comparison (`emails co "x"`); `eq null` becomes
 * "not present", `ne null` "present".
 * @throws ProtocolError invalidFilter: unknown attribute (under 'refuse'), an operator or value the type does not take
 * @see RFC 7644 §3.4.2.2; §3.4.2.1 for 'absent'
 */
export function resolveFilter(
  filter: Filter,
  type: ResourceType,
  unknown: UnknownAttribute = 'refuse',
): ResolvedFilter {
  const owner = `a ${type.name}${type.limited ? ' that this reader may see' : ''}`;
  return resolve(filter, { owner, unknown, find: (path) => resolvePath(type, path) });
}

interface Scope {
  readonly owner: string;
  readonly unknown: UnknownAttribute;
  find(path: AttributePath): ResolvedPath | undefined;
}

function resolve(filter: Filter, scope: Scope): ResolvedFilter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { kind: filter.kind, left: resolve(filter.left, scope), right: resolve(filter.right, scope) };
    case 'not':
      return { kind: 'not', filter: resolve(filter.filter, scope) };
    case 'compare':
      return resolveComparison(filter, scope);
    case 'present': {
      const path = find(filter.path, scope);
      return path === undefined ? never : { kind: 'present', path };
    }
    case 'valuePath': {
      const path = find(filter.path, scope);
      return path === undefined
        ? never
        : { kind: 'valuePath', path, filter: resolve(filter.filter, elementScope(path, scope)) };
    }
  }
}

const never = { kind: 'never' } as const;

function find(typed: AttributePath, scope: Scope): ResolvedPath | undefined {
  const path = scope.find(typed);
  if (path === undefined) {
    if (scope.unknown === 'absent') return undefined;
    throw invalidFilter(
      `The filter names "${typedPath(typed)}", which is no attribute of ${scope.owner}. ` +
        'Take it out of the filter, or use an attribute that /Schemas lists.',
    );
  }
  if (path.attribute.returned === 'never' || path.sub?.returned === 'never')
    throw invalidFilter(`"${printPath(path)}" is never disclosed. Take it out of the filter.`);
  return path;
}

function elementScope(path: ResolvedPath, { unknown }: Scope): Scope {
  const owner = `"${printPath(path)}"`;
  const { subAttributes } = path.sub ?? path.attribute;
  if (subAttributes === undefined)
    throw invalidFilter(`${owner} has no sub-attributes. Compare it without square brackets.`);
  return {
    owner,
    unknown,
    find({ urn, attribute, sub }) {
      const found =
        urn === undefined && sub === undefined ? findAttribute(subAttributes, attribute) : undefined;
      return found && { attribute: found };
    },
  };
}

function resolveComparison(filter: Filter & { kind: 'compare' }, scope: Scope): ResolvedFilter {
  const { op, value } = filter;
  const found = find(filter.path, scope);
  if (value === null) {
    const present = found === undefined ? never : ({ kind: 'present', path: found } as const);
    if (op === 'ne') return present;
    if (op === 'eq') return { kind: 'not', filter: present };
    throw invalidFilter(`"${op}" cannot compare with null. Use "eq null", "ne null" or "pr".`);
  }
  // An attribute without a value differs from every value.
  if (found === undefined) return op === 'ne' ? { kind: 'not', filter: never } : never;
  const path = simplePath(found) ?? found;
  const target = path.sub ?? path.attribute;
  if (target.type === 'complex') throw complexAttribute(path);
  const { operators, form, read } = comparisons[target.type];
  if (!operators.includes(op))
    throw invalidFilter(
      `"${op}" cannot be used with "${printPath(path)}", which is of type ${target.type}. ` +
        `Use one of: ${operators.join(', ')}.`,
    );
  const typed = read(value);
  if (typed === undefined)
    throw invalidFilter(`"${printPath(path)}" is compared with ${form}. Correct the value.`);
  return {
    kind: 'compare',
    path,
    op,
    value: typeof typed === 'string' ? comparableText(target, typed) : typed,
  };
}

function complexAttribute(path: ResolvedPath): ProtocolError {
  const sub = path.attribute.subAttributes?.[0]?.name ?? 'value';
  return invalidFilter(
    `"${printPath(path)}" is complex. Name one of its sub-attributes, such as "${printPath(path)}.${sub}".`,
  );
}

function invalidFilter(detail: string): ProtocolError {
  return new ProtocolError('invalidFilter', detail);
}
