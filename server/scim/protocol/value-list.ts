// The entries of a multi-valued attribute: repeats, the primary mark, adding. Knows RFC 7643 §2.4, no attribute by name.
import type { Attribute, Attributes, Json } from './attribute.ts';
import { findAttribute } from './attribute-lookup.ts';
import { comparableText } from './filter-value.ts';
import { isJsonObject, sameJson } from './json.ts';

/** Leaves out the entries that repeat an earlier one exactly. */
export function distinctEntries(attribute: Attribute, entries: readonly Json[]): readonly Json[] {
  if (entries.length < 2) return entries;
  const seen = new Set<string>();
  return entries.filter((entry) => seen.size < seen.add(canonicalText(attribute, entry)).size);
}

/** An entry as text, its sub-attributes in the schema's order. */
function canonicalText({ subAttributes }: Attribute, entry: Json): string {
  return JSON.stringify(isJsonObject(entry) ? subAttributes?.map(({ name }) => entry[name]) : entry);
}

/** Whether an entry carries the mark that at most one may carry. */
export function isPrimary(entry: Json): boolean {
  return isJsonObject(entry) && entry.primary === true;
}

/** Takes the primary mark from every entry but one, and leaves out what is then the same. @see RFC 7644 §3.5.2 */
export function unmarkOthers(
  attribute: Attribute,
  entries: readonly Json[],
  marked: number,
): readonly Json[] {
  const unmarked = entries.map((entry, index) =>
    index !== marked && isJsonObject(entry) && entry.primary === true ? { ...entry, primary: false } : entry,
  );
  return distinctEntries(attribute, unmarked);
}

/**
 * Adds entries to those already there. One that says the same `value` without another `type` is the entry that exists,
 * and completes it: no (type, value) pair stands twice.
 * @see RFC 7644 §3.5.2.1, RFC 7643 §2.4
 */
export function appendEntries(
  attribute: Attribute,
  existing: readonly Json[],
  added: readonly Json[],
): readonly Json[] {
  const result = [...existing];
  const positions = new Map<string, number[]>();
  const remember = (entry: Json, index: number) => {
    const key = identity(attribute, entry);
    const known = positions.get(key);
    if (known === undefined) positions.set(key, [index]);
    else known.push(index);
  };
  existing.forEach(remember);
  for (const entry of added) {
    const index = positions.get(identity(attribute, entry))?.find((at) => isSameType(result[at], entry));
    if (index === undefined) remember(entry, result.push(entry) - 1);
    else result[index] = completed(result[index], entry);
  }
  return result;
}

/** What entries have in common when they may be one and the same. */
function identity(attribute: Attribute, entry: Json): string {
  const value = findAttribute(attribute.subAttributes ?? [], 'value');
  if (!isJsonObject(entry) || value === undefined || entry.value === undefined)
    return canonicalText(attribute, entry);
  // In brackets, no value reads like an entry without one.
  return JSON.stringify([typeof entry.value === 'string' ? comparableText(value, entry.value) : entry.value]);
}

function isSameType(existing: Json | undefined, added: Json): boolean {
  if (!isJsonObject(existing) || !isJsonObject(added)) return sameJson(existing, added);
  return existing.type === undefined || added.type === undefined || sameJson(existing.type, added.type);
}

function completed(existing: Json | undefined, added: Json): Json {
  return isJsonObject(existing) && isJsonObject(added)
    ? ({ ...existing, ...added } satisfies Attributes)
    : added;
}
