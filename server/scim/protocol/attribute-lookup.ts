// Finding definitions by the names that clients type, in one table look-up. Knows names and URNs, no values.
import { type Attribute, commonAttributes, type ResourceType, type Schema } from './attribute.ts';

const tables = new WeakMap<readonly Attribute[], ReadonlyMap<string, Attribute>>();

/** The attribute of a list by its name in any letter case. */
export function findAttribute(attributes: readonly Attribute[], name: string): Attribute | undefined {
  const table = tableOf(attributes);
  // Most clients use the schema's spelling, which spares the folding.
  return table.get(name) ?? table.get(name.toLowerCase());
}

function tableOf(attributes: readonly Attribute[]): ReadonlyMap<string, Attribute> {
  const known = tables.get(attributes);
  if (known !== undefined) return known;
  const table = new Map<string, Attribute>();
  for (const attribute of attributes) {
    table.set(attribute.name, attribute);
    table.set(attribute.name.toLowerCase(), attribute);
  }
  tables.set(attributes, table);
  return table;
}

const topLevels = new WeakMap<ResourceType, readonly Attribute[]>();

/** What stands at the top level of a resource, extensions aside: the common attributes and the core schema's. */
export function topLevelAttributes(type: ResourceType): readonly Attribute[] {
  const known = topLevels.get(type);
  if (known !== undefined) return known;
  const attributes = [...(type.common ?? commonAttributes), ...type.schema.attributes];
  topLevels.set(type, attributes);
  return attributes;
}

/** A resource type's extension by its URN in any letter case. @see RFC 7644 §3.10 */
export function findExtension(type: ResourceType, urn: string): Schema | undefined {
  const wanted = urn.toLowerCase();
  return type.extensions.find(({ schema }) => schema.id.toLowerCase() === wanted)?.schema;
}
