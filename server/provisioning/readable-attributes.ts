// The attributes that a reader can be allowed to see, told by the schemas. Knows no reader and no storage.
import type { ReadableAttribute } from '../../shared/reader.ts';
import { type Attribute, commonAttributes, type ResourceType } from '../scim/protocol/attribute.ts';
import { groupType } from '../scim/protocol/group-schema.ts';

/** What nobody can leave out, and what a resource cannot be read without. */
export const alwaysReadable: readonly string[] = ['id', 'schemas'];

function attributesOf(type: ResourceType): readonly ReadableAttribute[] {
  const list = (attributes: readonly Attribute[], urn?: string) =>
    attributes
      .filter(({ returned, name }) => returned !== 'never' && !alwaysReadable.includes(name))
      .map(({ name, description }) => ({
        type: type.name,
        path: urn === undefined ? name : `${urn}:${name}`,
        description,
      }));
  return [
    ...list([...commonAttributes, ...type.schema.attributes]),
    ...type.extensions.flatMap(({ schema }) => list(schema.attributes, schema.id)),
  ];
}

/** Every attribute of users and groups by its path, in the schemas' order, as an org has them. */
export function readableAttributes(users: ResourceType<'User'>): readonly ReadableAttribute[] {
  return [users, groupType].flatMap(attributesOf);
}
