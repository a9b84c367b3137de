// The core Group schema and the Group resource type, as data. Knows the attributes of RFC 7643 §4.2, no behaviour.
import { attribute, type ResourceType, type Schema } from './attribute.ts';

/** @see RFC 7643 §4.2 */
export const coreGroupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';

const groupSchema: Schema = {
  id: coreGroupUrn,
  name: 'Group',
  description: 'A named set of users and groups.',
  attributes: [
    attribute('displayName', 'string', 'The name of the group; no two groups share one.', {
      required: true,
      uniqueness: 'server',
    }),
    attribute('members', 'complex', 'The users and groups in this group.', {
      multiValued: true,
      subAttributes: [
        attribute('value', 'string', 'The identifier of the member.', { mutability: 'immutable' }),
        attribute('$ref', 'reference', 'The address of the member.', {
          caseExact: true,
          mutability: 'immutable',
          referenceTypes: ['User', 'Group'],
        }),
        attribute('display', 'string', "The member's display name.", { mutability: 'immutable' }),
        attribute('type', 'string', 'Whether the member is a user or a group.', {
          mutability: 'immutable',
          canonicalValues: ['User', 'Group'],
        }),
      ],
    }),
  ],
};

/** The Group resource type. @see RFC 7643 §6, §8.6 */
export const groupType: ResourceType<'Group'> = {
  name: 'Group',
  endpoint: '/Groups',
  description: 'The groups of the organization.',
  schema: groupSchema,
  extensions: [],
};
