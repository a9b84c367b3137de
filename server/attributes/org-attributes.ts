// What an org's own attributes say of one person, for whoever shows people. Knows documents and definitions, no request.
import type { CustomAttribute, CustomAttributes, CustomValues } from '../../shared/custom-attributes.ts';
import type { Db } from '../db/database.ts';
import type { Attributes } from '../scim/protocol/attribute.ts';
import { definitionsOf } from './attribute-definitions.ts';
import { findAttributeSchema } from './attribute-schema-store.ts';
import { definedIn } from './org-user-type.ts';

/** An org's definitions; undefined while it has none. */
export async function orgAttributes(db: Db, orgId: string): Promise<CustomAttributes | undefined> {
  const row = await findAttributeSchema(db, orgId);
  return row && definitionsOf(row);
}

/** Only what is chosen by name, in whatever letter case; names that nothing defines are left out. */
export function chosenOf(custom: CustomAttributes, names: readonly string[]): CustomAttributes {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return { ...custom, attributes: custom.attributes.filter(({ name }) => wanted.has(name.toLowerCase())) };
}

/** The values in a person's document that definitions stand for; those of removed attributes stay hidden. */
export function customValuesOf(custom: CustomAttributes | undefined, document: string): CustomValues {
  // Most documents hold nothing of it, and need not be parsed to know.
  if (custom === undefined || custom.attributes.length === 0 || !document.includes(custom.urn)) return {};
  // What was stored was read by a definition: simple values, and lists of them.
  return definedIn(custom, (JSON.parse(document) as Attributes)[custom.urn]) as CustomValues;
}

/** The heading of an attribute's column in a file. */
export function columnOfAttribute({ name }: Pick<CustomAttribute, 'name'>): string {
  return `custom:${name}`;
}
