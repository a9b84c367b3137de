// An org's definitions as they are stored, read and written as one JSON text, and as a SCIM schema. Pure.
import type { CustomAttribute, CustomAttributes, RemovedAttribute } from '../../shared/custom-attributes.ts';
import { attribute, type Schema } from '../scim/protocol/attribute.ts';
import type { AttributeSchemaRow } from './attribute-schema-store.ts';

interface Stored {
  readonly attributes: readonly CustomAttribute[];
  readonly removed: readonly RemovedAttribute[];
}

/**
 * The URN of an org's schema. It is made of the short name, which outlives every renaming of the org, and has the form
 * that Entra ID asks of a target attribute; "rollcall-" keeps it from being anybody else's.
 */
export function schemaUrn(slug: string): string {
  return `urn:ietf:params:scim:schemas:extension:rollcall-${slug}:2.0:User`;
}

export function definitionsOf(row: AttributeSchemaRow): CustomAttributes {
  const { attributes, removed } = JSON.parse(row.definitions) as Stored;
  return { urn: row.urn, version: row.version, attributes, removed };
}

/** The row that holds these definitions. */
export function rowOf(
  orgId: string,
  { urn, version, attributes, removed }: CustomAttributes,
): AttributeSchemaRow {
  const due = removed.map(({ eraseAt }) => eraseAt);
  return {
    org_id: orgId,
    urn,
    version,
    definitions: JSON.stringify({ attributes, removed } satisfies Stored),
    erase_at: due.length === 0 ? null : Math.min(...due),
  };
}

/** The definitions as RFC 7643 §7 prints them; undefined while there are none. */
export function schemaOf({ urn, attributes }: CustomAttributes): Schema | undefined {
  if (attributes.length === 0) return undefined;
  return {
    id: urn,
    name: 'CustomUser',
    description: 'What this organization keeps about its people.',
    attributes: attributes.map(scimAttribute),
  };
}

/** One definition as SCIM has it. */
export function scimAttribute(custom: CustomAttribute) {
  const { name, type, description, multiValued, required, canonicalValues } = custom;
  return attribute(name, type, description, {
    multiValued,
    required,
    // RFC 7643 §2.3.7: a reference is case exact.
    caseExact: type === 'reference' || custom.caseExact,
    ...(canonicalValues.length > 0 && { canonicalValues }),
    ...(type === 'reference' && { referenceTypes: ['external'] }),
  });
}
