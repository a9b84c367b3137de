// A POST or PUT body to the attributes of a resource type. Knows schema URIs and what is tolerated; no store, no HTTP.
import type { Attributes, Json, ResourceType, Schema } from './attribute.ts';
import { findAttribute, findExtension, topLevelAttributes } from './attribute-lookup.ts';
import { enterpriseUserUrn } from './enterprise-user-schema.ts';
import { isJsonObject, isObject } from './json.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Reading } from './quirk.ts';
import { checkRequired, dropUnknown, readAttribute, readAttributes } from './read-value.ts';
import { missingValue } from './simple-value.ts';

/**
 * Reads the body of a POST or PUT into what the client may write: core attributes and `externalId` under their
 * canonical names, an extension's under its URN. Without `schemas`, `id`, `meta`, read-only and unassigned attributes.
 * @throws ProtocolError invalidSyntax (no object; strict: unknown attributes and schemas) | invalidValue
 * @see RFC 7644 §3.3, §3.5.1
 */
export function readResource(type: ResourceType, body: unknown, reading: Reading): Attributes {
  if (!isObject(body))
    throw new ProtocolError(
      'invalidSyntax',
      `The request body must be a JSON object that holds a ${type.name}.`,
    );
  let schemas: unknown;
  const result: Record<string, Json> = {};
  const core = topLevelAttributes(type);
  for (const key of Object.keys(body)) {
    const value = body[key];
    const attribute = findAttribute(core, key);
    if (attribute?.name === 'schemas') schemas = value;
    else if (attribute !== undefined) readAttribute(result, attribute, value, attribute.name, reading);
    else readExtension(type, result, key, value, reading);
  }
  checkSchemas(type, schemas, reading);
  checkRequired(type.schema.attributes, result, '');
  for (const { schema, required } of type.extensions) {
    const extension = result[schema.id];
    if (isJsonObject(extension) || required)
      checkRequired(schema.attributes, isJsonObject(extension) ? extension : {}, `${schema.id}:`);
    if (extension === undefined && required) throw missingValue(schema.id);
  }
  return result;
}

function readExtension(
  type: ResourceType,
  result: Record<string, Json>,
  key: string,
  value: unknown,
  reading: Reading,
): void {
  const schema = extensionOf(type, key, reading);
  if (schema === undefined) {
    if (key.includes(':')) dropUnknownSchema(key, reading);
    else dropUnknown(key, reading);
    return;
  }
  if (value === null) return;
  if (!isObject(value))
    throw new ProtocolError(
      'invalidValue',
      `"${schema.id}" must be an object with the extension's attributes.`,
    );
  const attributes = readAttributes(schema.attributes, value, `${schema.id}:`, reading);
  if (attributes !== undefined) result[schema.id] = attributes;
}

// SCIM 1.1 templates live on in OneLogin; its enterprise extension has the same attributes.
const scim11Core = 'urn:scim:schemas:core:1.0';
const scim11Enterprise = 'urn:scim:schemas:extension:enterprise:1.0';

function extensionOf(type: ResourceType, urn: string, reading: Reading): Schema | undefined {
  if (reading.strict || urn.toLowerCase() !== scim11Enterprise) return findExtension(type, urn);
  reading.note('scim-1.1-schema', urn);
  return findExtension(type, enterpriseUserUrn);
}

const microsoftGroupUrn = 'http://schemas.microsoft.com/2006/11/resourcemanagement/adscim/2.0/group';

function dropUnknownSchema(urn: string, reading: Reading): void {
  const name = urn.slice(0, 200);
  if (reading.strict)
    throw new ProtocolError(
      'invalidSyntax',
      `The schema "${name}" is not known here. Remove it, or choose one that /Schemas lists.`,
    );
  const known = urn.toLowerCase();
  if (known === scim11Core || known === scim11Enterprise) reading.note('scim-1.1-schema', urn);
  else reading.note(known === microsoftGroupUrn ? 'group-urn-unknown' : 'unknown-schema', name);
}

function checkSchemas(type: ResourceType, schemas: unknown, reading: Reading): void {
  const uris = typeof schemas === 'string' && !reading.strict ? [schemas] : (schemas ?? []);
  if (!Array.isArray(uris) || !uris.every((uri) => typeof uri === 'string'))
    throw new ProtocolError(
      'invalidSyntax',
      `"schemas" must be an array of URIs, such as "${type.schema.id}".`,
    );
  const core = type.schema.id.toLowerCase();
  for (const uri of uris)
    if (uri.toLowerCase() !== core && findExtension(type, uri) === undefined) dropUnknownSchema(uri, reading);
  if (reading.strict && !uris.some((uri) => uri.toLowerCase() === core))
    throw new ProtocolError(
      'invalidSyntax',
      `"schemas" must name "${type.schema.id}". Add it to the request body.`,
    );
  if (uris.length === 0) reading.note('schemas-missing');
}
