// Whose eyes a request looks through: a connection's, which sees what it manages and what nobody does, or a reader's, which
// sees the whole directory within its limits and changes nothing. Knows resource types, no SQL and no HTTP.
import type { ReaderRow } from '../provisioning/reader-store.ts';
import type { Attribute, ResourceType, Schema } from './protocol/attribute.ts';
import { commonAttributes } from './protocol/attribute.ts';
import { groupType } from './protocol/group-schema.ts';
import { userType } from './protocol/user-schema.ts';

/** How far a reader sees: everybody, or its groups and who is directly in them. */
export type ReaderReach = 'everything' | 'groups';

export interface View {
  /** The id of the connection or the reader. */
  readonly viewerId: string;
  /** Undefined for a connection. */
  readonly reach?: ReaderReach;
  /** The resource types with the attributes that are there for whoever looks. */
  readonly types: { readonly User: ResourceType<'User'>; readonly Group: ResourceType<'Group'> };
}

const whole: View['types'] = { User: userType, Group: groupType };

export function connectionView(connectionId: string, user: ResourceType<'User'> = userType): View {
  return { viewerId: connectionId, types: user === userType ? whole : { ...whole, User: user } };
}

/** What is worked out of a resource type is kept by the type, so that readers with equal limits share one. */
const kept = new Map<string, View['types']>();
const mostKept = 200;

export function readerView(
  { id, user_attributes, group_attributes, groups_limited }: ReaderRow,
  users: ResourceType<'User'> = userType,
): View {
  const { edition } = users;
  const own = edition === undefined ? '' : `${edition.urn} ${edition.key}`;
  const key = `${own} ${groups_limited} ${user_attributes} ${group_attributes}`;
  let types = kept.get(key);
  if (types === undefined) {
    const [ofUsers, ofGroups] = [JSON.parse(user_attributes), JSON.parse(group_attributes)];
    types = limitedTypes(users, ofUsers, ofGroups, groups_limited === 1);
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, types);
  }
  return { viewerId: id, reach: groups_limited === 1 ? 'groups' : 'everything', types };
}

function limitedTypes(
  users: ResourceType<'User'>,
  ofUsers: readonly string[],
  ofGroups: readonly string[],
  byGroups: boolean,
): View['types'] {
  // What an attribute says of somebody else is seen only where it could be seen of that one.
  const hidden: Readonly<Record<string, readonly string[]>> = {
    groups: ofGroups.includes('displayName') ? [] : ['display'],
    members: ofUsers.includes('userName') && ofGroups.includes('displayName') ? [] : ['display'],
    manager: !byGroups && ofUsers.includes('displayName') ? [] : ['displayName', '$ref'],
  };
  return {
    User: limited(users, ofUsers, hidden),
    Group: limited(groupType, ofGroups, hidden),
  };
}

function limited<Name extends 'User' | 'Group'>(
  type: ResourceType<Name>,
  paths: readonly string[],
  hidden: Readonly<Record<string, readonly string[]>>,
): ResourceType<Name> {
  const within = (attributes: readonly Attribute[], urn?: string) =>
    attributes
      .filter(
        ({ name, returned }) =>
          paths.includes(urn === undefined ? name : `${urn}:${name}`) ||
          (urn === undefined && returned === 'always'),
      )
      .map((attribute) => withoutSubs(attribute, hidden[attribute.name] ?? []));
  const schemaWithin = (schema: Schema, urn?: string): Schema => ({
    ...schema,
    attributes: within(schema.attributes, urn),
  });
  const { edition } = type;
  const ownSeen = (urn: string) => paths.filter((path) => path.startsWith(`${urn}:`)).join(' ');
  return {
    ...type,
    limited: true,
    // A query over an org's own schema is only for those who see the same of it.
    ...(edition && { edition: { ...edition, key: `${edition.key} ${ownSeen(edition.urn)}` } }),
    common: within(commonAttributes),
    schema: schemaWithin(type.schema),
    extensions: type.extensions
      .map(({ schema, required }) => ({ schema: schemaWithin(schema, schema.id), required }))
      .filter(({ schema }) => schema.attributes.length > 0),
  };
}

function withoutSubs(attribute: Attribute, names: readonly string[]): Attribute {
  const { subAttributes } = attribute;
  if (subAttributes === undefined || names.length === 0) return attribute;
  return {
    ...attribute,
    limited: true,
    subAttributes: subAttributes.filter(({ name }) => !names.includes(name)),
  };
}

/** Whether versions may be told: they move with every attribute, so whoever sees few could watch the others change. */
export function seesVersions({ types }: View, name: 'User' | 'Group'): boolean {
  const { limited: isLimited, common } = types[name];
  return isLimited !== true || common?.some((attribute) => attribute.name === 'meta') === true;
}
