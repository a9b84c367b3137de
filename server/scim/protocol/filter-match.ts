// Whether a resource, as JSON, matches a resolved filter. Knows values, no schema beyond the paths it is given.
//
// The same answers must come from SQL, so they are exact, and two-valued: a filter matches or it does not.
// - One value. `eq` is identity. `ne` is its exact opposite, so an absent value is `ne` to everything. All other
//   operators need a value. A stored value of another JSON type than the schema's counts as absent here.
// - Strings that are not `caseExact` are folded (`foldCase`) before any operator; all order is by code point, not by
//   UTF-16 unit. dateTimes are stored as UTC with milliseconds, so their text order is their time order.
//   `co`, `sw` and `ew` with "" match every value, and no absent one.
// - Many values. A multi-valued attribute matches where some element does, an element without the named sub-attribute
//   being one with an absent value. No element at all matches nothing but `ne`: `emails.type ne "work"` is
//   "some e-mail is not of type work, or there is no e-mail".
// - A value path needs one element that satisfies the whole inner filter; no element, no match, whatever the filter
//   (`emails[not (type eq "work")]` needs an e-mail). A singular complex attribute is its own one element.
// - `pr`: not null, "", [], {}, nor an array or object that holds nothing else; false and 0 are values. With a
//   sub-attribute, some element must have it. `eq null` and `ne null` are its opposite and itself.
// - `not` is plain negation: `not (title eq "x")` matches where there is no title. `never` never matches.
import type { Attribute, Attributes, Json } from './attribute.ts';
import type { CompareOp } from './filter.ts';
import type { ResolvedComparison, ResolvedFilter } from './filter-resolve.ts';
import { comparableText } from './filter-value.ts';
import { isJsonArray, isJsonObject } from './json.ts';
import type { ResolvedPath } from './path.ts';

/** Whether a full resource (with `id`, `meta` and its extensions under their URNs) matches. @see RFC 7644 §3.4.2.2 */
export function matchFilter(filter: ResolvedFilter, resource: Attributes): boolean {
  return matchElement(filter, resource);
}

/** Whether one element of a complex attribute matches the filter inside a value path. */
export function matchElement(filter: ResolvedFilter, element: Json): boolean {
  switch (filter.kind) {
    case 'and':
      return matchElement(filter.left, element) && matchElement(filter.right, element);
    case 'or':
      return matchElement(filter.left, element) || matchElement(filter.right, element);
    case 'not':
      return !matchElement(filter.filter, element);
    case 'compare':
      return matchesComparison(filter, element);
    case 'present':
      return valuesAt(filter.path, element).some(isPresent);
    case 'valuePath':
      return valuesAt(filter.path, element).some(
        (inner) => isPresent(inner) && matchElement(filter.filter, inner),
      );
    case 'never':
      return false;
  }
}

function matchesComparison({ path, op, value }: ResolvedComparison, json: Json): boolean {
  const target = path.sub ?? path.attribute;
  const values = valuesAt(path, json);
  if (values.length === 0) return op === 'ne';
  return values.some((stored) => holds(op, comparable(target, stored, typeof value), value));
}

/** The values at a path, one an element: a singular attribute has one, absent or not; a multi-valued one any number. */
function valuesAt({ extension, attribute, sub }: ResolvedPath, json: Json): readonly (Json | undefined)[] {
  const value = member(extension === undefined ? json : member(json, extension), attribute.name);
  const elements = attribute.multiValued ? (isJsonArray(value) ? value : []) : [value];
  return sub === undefined ? elements : elements.map((element) => member(element, sub.name));
}

function member(json: Json | undefined, name: string): Json | undefined {
  return isJsonObject(json) && Object.hasOwn(json, name) ? json[name] : undefined;
}

/** Whether a value counts as assigned. @see RFC 7643 §2.5, RFC 7644 §3.4.2.2 (pr) */
function isPresent(json: Json | undefined): json is Json {
  if (json === undefined || json === null || json === '') return false;
  return typeof json !== 'object' || Object.values(json).some(isPresent);
}

type Scalar = string | number | boolean;

function comparable(attribute: Attribute, stored: Json | undefined, type: string): Scalar | undefined {
  if (typeof stored === 'string' && type === 'string') return comparableText(attribute, stored);
  return typeof stored === type && typeof stored !== 'object' ? stored : undefined;
}

function holds(op: CompareOp, stored: Scalar | undefined, value: Scalar): boolean {
  if (op === 'ne') return stored !== value;
  if (stored === undefined) return false;
  switch (op) {
    case 'eq':
      return stored === value;
    case 'co':
      return String(stored).includes(String(value));
    case 'sw':
      return String(stored).startsWith(String(value));
    case 'ew':
      return String(stored).endsWith(String(value));
    case 'gt':
      return order(stored, value) > 0;
    case 'ge':
      return order(stored, value) >= 0;
    case 'lt':
      return order(stored, value) < 0;
    case 'le':
      return order(stored, value) <= 0;
  }
}

function order(a: Scalar, b: Scalar): number {
  return typeof a === 'string' && typeof b === 'string' ? compareCodePoints(a, b) : Number(a) - Number(b);
}

/** Orders two strings by code point, as a UTF-8 database with binary collation does. */
function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above U+FFFF, yet their units lie below U+E000. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
