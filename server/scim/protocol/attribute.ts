// What a SCIM attribute, schema and resource type are, as data. Knows the shapes of RFC 7643 §7, no attribute by name.

/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A resource's attributes under their canonical names; an extension's live under its schema URN. */
export type Attributes = { readonly [name: string]: Json };

export type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'reference'
  | 'binary'
  | 'complex';

/** One attribute definition with every characteristic of RFC 7643 §2.2 spelt out. */
export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
  readonly returned: 'always' | 'never' | 'default' | 'request';
  readonly uniqueness: 'none' | 'server' | 'global';
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Attribute[];
  /** True where values hold more sub-attributes than are named here: those never go out. */
  readonly limited?: true;
}

/** A schema definition. @see RFC 7643 §7 */
export interface Schema {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

/** A resource type with its core schema and extensions. @see RFC 7643 §6 */
export interface ResourceType<Name extends 'User' | 'Group' = 'User' | 'Group'> {
  readonly name: Name;
  readonly endpoint: '/Users' | '/Groups';
  readonly description: string;
  readonly schema: Schema;
  readonly extensions: readonly { readonly schema: Schema; readonly required: boolean }[];
  /** True where resources hold more than this type names: what it does not name never goes out. */
  readonly limited?: true;
  /** The common attributes; all of them unless the type is limited. */
  readonly common?: readonly Attribute[];
  /** Where an extension is an org's own: its URN, and what tells its versions apart. */
  readonly edition?: { readonly urn: string; readonly key: string };
}

/**
 * Writes an attribute down with the defaults of RFC 7643 §2.2: optional, single-valued, case-insensitive,
 * readWrite, returned by default, not unique.
 */
export function attribute(
  name: string,
  type: AttributeType,
  description: string,
  traits: Partial<Omit<Attribute, 'name' | 'type' | 'description'>> = {},
): Attribute {
  return {
    name,
    type,
    multiValued: false,
    description,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...traits,
  };
}

/** `id`, `externalId`, `meta` and `schemas`: on every resource, in no schema's list. @see RFC 7643 §3.1 */
export const commonAttributes: readonly Attribute[] = [
  attribute('schemas', 'reference', 'The URIs of the schemas that this resource uses.', {
    multiValued: true,
    required: true,
    caseExact: true,
    returned: 'always',
    referenceTypes: ['uri'],
  }),
  attribute('id', 'string', 'The identifier that the directory gave this resource.', {
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
    uniqueness: 'server',
  }),
  attribute('externalId', 'string', "The resource's identifier in the identity provider.", {
    caseExact: true,
  }),
  attribute('meta', 'complex', 'Facts that the directory keeps about this resource.', {
    mutability: 'readOnly',
    subAttributes: [
      attribute('resourceType', 'string', 'The name of the resource type.', {
        caseExact: true,
        mutability: 'readOnly',
      }),
      attribute('created', 'dateTime', 'When the resource was added.', { mutability: 'readOnly' }),
      attribute('lastModified', 'dateTime', 'When the resource last changed.', { mutability: 'readOnly' }),
      attribute('location', 'reference', 'The address of this resource.', {
        caseExact: true,
        mutability: 'readOnly',
        referenceTypes: ['uri'],
      }),
      attribute('version', 'string', 'The entity tag of this representation.', {
        caseExact: true,
        mutability: 'readOnly',
      }),
    ],
  }),
];
