import { expect, test } from 'vitest';
import {
  findAttribute,
  findExtension,
  topLevelAttributes,
} from '../../../../server/scim/protocol/attribute-lookup.ts';
import { enterpriseUserUrn } from '../../../../server/scim/protocol/enterprise-user-schema.ts';
import { userType } from '../../../../server/scim/protocol/user-schema.ts';

test.each([
  ['userName', 'userName'],
  ['USERNAME', 'userName'],
  ['externalid', 'externalId'],
  ['department', undefined],
  ['__proto__', undefined],
  ['constructor', undefined],
])('at the top level of a user, "%s" names %s', (typed, name) => {
  expect(findAttribute(topLevelAttributes(userType), typed)?.name).toBe(name);
});

test('an extension is found by its URN in any letter case', () => {
  expect(findExtension(userType, enterpriseUserUrn.toUpperCase())?.id).toBe(enterpriseUserUrn);
  expect(findExtension(userType, 'urn:example:hr')).toBeUndefined();
});
