// A PATCH body to the steps it asks for, names and values read by the schema. Knows no resource and applies nothing.
import type { Json, ResourceType, Schema } from './attribute.ts';
import { findExtension } from './attribute-lookup.ts';
import { isObject } from './json.ts';
import { type PatchTarget, parseTarget } from './patch-target.ts';
import { parsePath, printPath } from './path.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Reading } from './quirk.ts';
import { dropUnknown, echoedAttributes, readValue } from './read-value.ts';
import { missingValue } from './simple-value.ts';

/** One change to one target; `value` is absent for a removal only. */
export interface PatchStep {
  readonly op: 'add' | 'replace' | 'remove';
  readonly target: PatchTarget;
  readonly value?: Json;
}

/** @see RFC 7644 §3.5.2 */
export const patchOpUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** A group may lose thousands of members in one request, one operation for each. */
const maxOperations = 10_000;

/**
 * Reads a PATCH body into steps, in order. An operation without path, or on a whole extension, becomes one step an
 * attribute. Unknown attributes and passwords are left out with a note; assigning null is a removal.
 * @throws ProtocolError invalidSyntax | invalidPath | invalidFilter | invalidValue | noTarget | mutability
 * @see RFC 7644 §3.5.2
 */
export function planPatch(type: ResourceType, body: unknown, reading: Reading): readonly PatchStep[] {
  if (!isObject(body)) throw invalidSyntax('The request body must be a JSON object with "Operations".');
  checkMessageSchema(member(body, 'schemas'), reading);
  const operations = member(body, 'Operations');
  if (!Array.isArray(operations) || operations.length === 0)
    throw invalidSyntax('"Operations" must be an array with at least one operation.');
  if (operations.length > maxOperations)
    throw invalidSyntax(`A PATCH takes at most ${maxOperations} operations. Split it into several requests.`);
  return operations.flatMap((operation) => planOperation(type, operation, reading));
}

function checkMessageSchema(schemas: unknown, reading: Reading): void {
  const uris: readonly unknown[] = Array.isArray(schemas) ? schemas : [schemas];
  if (uris.some((uri) => typeof uri === 'string' && uri.toLowerCase() === patchOpUrn.toLowerCase())) return;
  if (reading.strict) throw invalidSyntax(`"schemas" must name "${patchOpUrn}". Add it to the request body.`);
  reading.note('schemas-missing');
}

/** A member of a message by its name in any letter case. */
function member(message: { readonly [key: string]: unknown }, name: string): unknown {
  if (Object.hasOwn(message, name)) return message[name];
  const key = Object.keys(message).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key && message[key];
}

type Op = PatchStep['op'];

function planOperation(type: ResourceType, operation: unknown, reading: Reading): readonly PatchStep[] {
  if (!isObject(operation)) throw invalidSyntax('Each entry of "Operations" must be an object.');
  const op = readOp(member(operation, 'op'), reading);
  const path = member(operation, 'path') ?? '';
  const value = member(operation, 'value');
  if (typeof path !== 'string') throw new ProtocolError('invalidPath', '"path" must be a string.');
  if (path === '') {
    if (op === 'remove')
      throw new ProtocolError(
        'noTarget',
        'A "remove" operation needs a "path". Name the attribute to remove.',
      );
    if (reading.strict)
      throw invalidSyntax('Each operation needs a "path". Send one operation for each attribute.');
    reading.note('missing-path');
    return planAttributes(type, op, value, '', reading);
  }
  const extension = findExtension(type, path);
  if (extension !== undefined) return planExtension(type, op, extension, value, reading);
  const target = parseTarget(type, path, reading);
  return target === undefined ? [] : planStep(op, target, value, reading);
}

function readOp(text: unknown, reading: Reading): Op {
  const op = typeof text === 'string' ? text.toLowerCase() : '';
  if (op !== 'add' && op !== 'replace' && op !== 'remove')
    throw invalidSyntax('"op" must be "add", "replace" or "remove".');
  if (op !== text) reading.note('op-case');
  return op;
}

/** One step for each attribute of a value; keys may be paths and URNs. Within an extension they are its own names. */
function planAttributes(
  type: ResourceType,
  op: 'add' | 'replace',
  value: unknown,
  extension: string,
  reading: Reading,
): readonly PatchStep[] {
  if (!isObject(value))
    throw new ProtocolError(
      'invalidValue',
      'An operation on several attributes needs an object of attributes as its "value".',
    );
  return Object.keys(value).flatMap((key) => {
    const nested = extension === '' ? findExtension(type, key) : undefined;
    if (nested !== undefined) return planExtension(type, op, nested, value[key], reading);
    const path = extension === '' ? key : `${extension}:${key}`;
    if (!key.includes('[') && parsePath(path) === undefined) {
      dropUnknown(path, reading);
      return [];
    }
    const target = parseTarget(type, path, reading);
    if (target === undefined) return [];
    noteKey(key, target, reading);
    return isEchoed(target) ? [] : planStep(op, target, value[key], reading);
  });
}

/** An extension named whole: the attributes of the value, or all of them where it is removed. */
function planExtension(
  type: ResourceType,
  op: Op,
  { id, attributes }: Schema,
  value: unknown,
  reading: Reading,
): readonly PatchStep[] {
  if (op === 'add' || (op === 'replace' && value !== null))
    return planAttributes(type, op, value, id, reading);
  return attributes
    .filter(({ mutability }) => mutability !== 'readOnly')
    .map((attribute) => ({ op: 'remove', target: { path: { extension: id, attribute } } }));
}

function noteKey(key: string, { path, filter }: PatchTarget, reading: Reading): void {
  if (parsePath(key)?.urn !== undefined) reading.note('urn-key', printPath(path));
  else if (path.sub !== undefined || filter !== undefined) reading.note('dotted-key', printPath(path));
}

/** Clients that send back what they read cannot mean to change these. */
function isEchoed({ path }: PatchTarget): boolean {
  return path.extension === undefined && echoedAttributes.has(path.attribute.name);
}

function planStep(op: Op, target: PatchTarget, value: unknown, reading: Reading): readonly PatchStep[] {
  const { attribute, sub } = target.path;
  const path = printPath(target.path);
  // The directory works `schemas` out of the attributes that have values.
  if (attribute.name === 'schemas') return [];
  if (attribute.mutability === 'readOnly' || sub?.mutability === 'readOnly')
    throw new ProtocolError(
      'mutability',
      `"${path}" is read-only. Remove it from the attribute mapping in your identity provider.`,
    );
  if (reading.strict && target.filter !== undefined && sub === undefined)
    throw new ProtocolError(
      'invalidPath',
      `A value filter must end in a sub-attribute, such as ${path}[type eq "work"].value.`,
    );
  if (op === 'remove') return [{ op, target }];
  if (value === undefined)
    throw new ProtocolError('invalidValue', `The operation on "${path}" needs a "value".`);
  const read = readTargetValue(op, target, value, path, reading);
  if (read !== undefined) return [{ op, target, value: read }];
  if ((sub ?? attribute).required) throw missingValue(path);
  return op === 'replace' ? [{ op: 'remove', target }] : [];
}

function readTargetValue(
  op: Op,
  { path: { attribute, sub }, filter }: PatchTarget,
  value: unknown,
  path: string,
  reading: Reading,
): Json | undefined {
  if (sub !== undefined) return readValue(sub, value, path, reading);
  if (filter !== undefined) return readValue({ ...attribute, multiValued: false }, value, path, reading);
  // §3.5.2.1 adds "a new value": one entry need not stand in an array.
  const bare = op === 'add' && attribute.multiValued && value !== null && !Array.isArray(value);
  return readValue(attribute, bare ? [value] : value, path, reading);
}

function invalidSyntax(detail: string): ProtocolError {
  return new ProtocolError('invalidSyntax', detail);
}
