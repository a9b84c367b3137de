// One attribute's JSON to its canonical value. Knows attribute definitions and what is tolerated, no schema by name.
import type { Attribute, Attributes, Json } from './attribute.ts';
import { findAttribute } from './attribute-lookup.ts';
import { isObject } from './json.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Reading } from './quirk.ts';
import { missingValue, readSimpleValue, wrongType } from './simple-value.ts';
import { distinctEntries, isPrimary, unmarkOthers } from './value-list.ts';

/**
 * Reads one attribute's value by its definition; undefined where it is unassigned (null, [], {}).
 * @throws ProtocolError invalidValue | invalidSyntax (strict: unknown sub-attributes)
 * @see RFC 7643 §2.3 to §2.5
 */
export function readValue(
  attribute: Attribute,
  value: unknown,
  path: string,
  reading: Reading,
): Json | undefined {
  if (value === null || value === undefined) return undefined;
  if (attribute.multiValued) return readList(attribute, value, path, reading);
  if (!Array.isArray(value)) return readSingle(attribute, value, path, reading);
  if (value.length === 0) return undefined;
  if (value.length > 1 || reading.strict) throw wrongType(attribute, path);
  reading.note('single-as-array', path);
  // Entra wraps even a plain string: [{"value": "x"}].
  const [only] = value;
  const unwrapped = attribute.type !== 'complex' && isObject(only) ? only.value : only;
  return readSingle(attribute, unwrapped, path, reading);
}

/** Takes note of an attribute no schema defines, and of a password under its own name; strict: refuses. */
export function dropUnknown(path: string, reading: Reading): undefined {
  const name = path.length > 200 ? `${path.slice(0, 200)}…` : path;
  if (reading.strict)
    throw new ProtocolError(
      'invalidSyntax',
      `No schema of this resource defines "${name}". Remove it from the attribute mapping in your identity provider.`,
    );
  reading.note(isPassword(path) ? 'password-ignored' : 'unknown-attribute', name);
}

const isPassword = (path: string) => /^(?:urn:.*:)?password$/i.test(path);

/** @throws ProtocolError invalidValue: a required attribute has no value */
export function checkRequired(attributes: readonly Attribute[], values: Attributes, prefix: string): void {
  for (const { name, required } of attributes)
    if (required && values[name] === undefined) throw missingValue(prefix + name);
}

/** Reads the attributes of an extension or of a complex value; undefined where none has a value. */
export function readAttributes(
  attributes: readonly Attribute[],
  source: { readonly [key: string]: unknown },
  prefix: string,
  reading: Reading,
): Attributes | undefined {
  const result: Record<string, Json> = {};
  let empty = true;
  for (const key of Object.keys(source)) {
    const attribute = findAttribute(attributes, key);
    if (attribute === undefined) dropUnknown(prefix + key, reading);
    else if (readAttribute(result, attribute, source[key], prefix + attribute.name, reading)) empty = false;
  }
  return empty ? undefined : result;
}

/** The read-only attributes that every client sends back which reads before it writes. */
export const echoedAttributes: ReadonlySet<string> = new Set(['id', 'meta', 'groups']);

/** Reads one attribute into `result`, unless it is read-only or unassigned; whether it did. */
export function readAttribute(
  result: Record<string, Json>,
  attribute: Attribute,
  value: unknown,
  path: string,
  reading: Reading,
): boolean {
  if (attribute.mutability === 'readOnly') {
    if (!echoedAttributes.has(path)) reading.note('read-only-ignored', path);
    return false;
  }
  const read = readValue(attribute, value, path, reading);
  if (read === undefined) return false;
  result[attribute.name] = read;
  return true;
}

/** How many entries a multi-valued attribute may hold; only a group's members run into many thousands. */
const maxEntries = (attribute: Attribute) => (attribute.name === 'members' ? 200_000 : 10_000);

function readList(attribute: Attribute, value: unknown, path: string, reading: Reading): Json | undefined {
  if (!Array.isArray(value)) {
    if (reading.strict) throw wrongType(attribute, path);
    reading.note('array-as-single', path);
    return readList(attribute, [value], path, reading);
  }
  if (value.length > maxEntries(attribute))
    throw new ProtocolError(
      'invalidValue',
      `"${path}" holds more than ${maxEntries(attribute)} entries. Send it in several requests.`,
    );
  const entries: Json[] = [];
  for (const item of value) {
    const entry = readSingle(attribute, unwrapped(attribute, item, path, reading), path, reading);
    if (entry !== undefined) entries.push(entry);
  }
  if (entries.length === 0) return undefined;
  return onePrimary(attribute, distinctEntries(attribute, entries), path, reading);
}

/** Entra wraps an entry of a list of plain values as if it had parts: {"value": "x"}. */
function unwrapped(attribute: Attribute, item: unknown, path: string, reading: Reading): unknown {
  if (attribute.type === 'complex' || reading.strict || !isObject(item) || item.value === undefined)
    return item;
  reading.note('simple-as-complex', path);
  return item.value;
}

/** @see RFC 7643 §2.4 (primary) */
function onePrimary(
  attribute: Attribute,
  entries: readonly Json[],
  path: string,
  reading: Reading,
): readonly Json[] {
  if (entries.filter(isPrimary).length <= 1) return entries;
  if (reading.strict)
    throw new ProtocolError(
      'invalidValue',
      `"${path}" marks several entries as primary. Mark one of them only.`,
    );
  reading.note('several-primaries', path);
  return unmarkOthers(attribute, entries, entries.findLastIndex(isPrimary));
}

function readSingle(attribute: Attribute, value: unknown, path: string, reading: Reading): Json | undefined {
  if (value === null || value === undefined) return undefined;
  if (value === '' && attribute.type !== 'string' && attribute.type !== 'reference' && !reading.strict) {
    reading.note('empty-string-as-removal', path);
    return undefined;
  }
  return attribute.type === 'complex'
    ? readComplex(attribute, value, path, reading)
    : readSimpleValue(attribute, value, path, reading);
}

function readComplex(
  attribute: Attribute,
  value: unknown,
  path: string,
  reading: Reading,
): Attributes | undefined {
  const subAttributes = attribute.subAttributes ?? [];
  if (isObject(value)) {
    const result = readAttributes(subAttributes, value, `${path}.`, reading);
    if (result !== undefined) checkRequired(subAttributes, result, `${path}.`);
    return result;
  }
  if (reading.strict || typeof value === 'object' || findAttribute(subAttributes, 'value') === undefined)
    throw wrongType(attribute, path);
  reading.note('string-as-complex', path);
  return readComplex(attribute, { value }, path, reading);
}
