// Small questions about JSON values. Knows JSON, no schema.
import type { Json } from './attribute.ts';

/** Whether a parsed value is a JSON object, neither null nor an array. */
export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `isObject` for values that are JSON already. */
export function isJsonObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return isObject(value);
}

/** Array.isArray does not narrow a readonly array out of a union. */
export function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Whether two values are the same JSON: key order does not count, array order does. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isJsonArray(a))
    return isJsonArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}

const unstorable = /[\0\p{Surrogate}]/u;

/** Whether a UTF-8 database column can hold the text: neither NUL nor half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !unstorable.test(text);
}
