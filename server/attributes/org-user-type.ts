// User as one org has it: the resource type with the org's own schema, kept until its version moves. Knows no request.
import { LRUCache } from 'lru-cache';
import type { CustomAttributes } from '../../shared/custom-attributes.ts';
import type { Db } from '../db/database.ts';
import type { Attributes, Json, ResourceType } from '../scim/protocol/attribute.ts';
import { isJsonObject } from '../scim/protocol/json.ts';
import { userType } from '../scim/protocol/user-schema.ts';
import { definitionsOf, schemaOf } from './attribute-definitions.ts';
import { findAttributeSchema } from './attribute-schema-store.ts';

/** What an org made of User. */
export interface OrgUserType {
  readonly version: number;
  /** As it is declared. */
  readonly declared: ResourceType<'User'>;
  /** As a tolerant connection is read: nobody is turned away for what the org's own schema requires. */
  readonly tolerant: ResourceType<'User'>;
  /** Undefined where the org defined nothing so far. */
  readonly custom?: CustomAttributes;
}

const plain: OrgUserType = { version: 0, declared: userType, tolerant: userType };

// By org. The version comes with each look-up of a connection or reader, so a change made by another process is met at once.
const kept = new LRUCache<string, OrgUserType>({ max: 1000 });

/** The type in the version that the connection's row told of; reads the definitions only when that has moved. */
export async function orgUserType(db: Db, orgId: string, version: number): Promise<OrgUserType> {
  if (version === 0) return plain;
  const known = kept.get(orgId);
  if (known?.version === version) return known;
  const row = await findAttributeSchema(db, orgId);
  if (row === undefined) return plain;
  const type = typeOf(definitionsOf(row));
  kept.set(orgId, type);
  return type;
}

/** The type as it is now, for whoever was told of no version. */
export async function currentUserType(db: Db, orgId: string): Promise<OrgUserType> {
  const row = await findAttributeSchema(db, orgId);
  return row === undefined ? plain : typeOf(definitionsOf(row));
}

function typeOf(custom: CustomAttributes): OrgUserType {
  const schema = schemaOf(custom);
  if (schema === undefined) return { ...plain, version: custom.version, custom };
  const attributes = schema.attributes.map((one) => ({ ...one, required: false }));
  const required = schema.attributes.some((one) => one.required);
  const edition = { urn: schema.id, key: String(custom.version) };
  const extended = (with_: ResourceType['extensions'][number]): ResourceType<'User'> => ({
    ...userType,
    extensions: [...userType.extensions, with_],
    edition,
  });
  return {
    version: custom.version,
    declared: extended({ schema, required }),
    tolerant: extended({ schema: { ...schema, attributes }, required: false }),
    custom,
  };
}

/** A person's document without the values of removed attributes. */
export function withoutHidden(document: Attributes, { custom }: OrgUserType): Attributes {
  if (custom === undefined || !isJsonObject(document[custom.urn])) return document;
  const { [custom.urn]: values, ...rest } = document;
  const shown = definedIn(custom, values);
  return Object.keys(shown).length === 0 ? rest : { ...rest, [custom.urn]: shown };
}

/** The attributes after a client's change, with the hidden values that it could not know of. */
export function keepingHidden(after: Attributes, before: Attributes, { custom }: OrgUserType): Attributes {
  const [was, is] = custom === undefined ? [] : [before[custom.urn], after[custom.urn]];
  if (custom === undefined || !isJsonObject(was)) return after;
  const hidden = Object.entries(was).filter(([name]) =>
    custom.removed.some((one) => one.attribute.name === name),
  );
  if (hidden.length === 0) return after;
  return { ...after, [custom.urn]: { ...Object.fromEntries(hidden), ...(isJsonObject(is) ? is : {}) } };
}

/** The values that definitions stand for, by name. */
export function definedIn(
  { attributes }: CustomAttributes,
  values: Json | undefined,
): Readonly<Record<string, Json>> {
  if (!isJsonObject(values)) return {};
  return Object.fromEntries(
    attributes.flatMap(({ name }) => (values[name] === undefined ? [] : [[name, values[name]] as const])),
  );
}
