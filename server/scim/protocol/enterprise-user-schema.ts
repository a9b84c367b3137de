// The enterprise extension of User, as data. Knows the attributes of RFC 7643 §4.3, no behaviour.
import { attribute, type Schema } from './attribute.ts';

/** @see RFC 7643 §4.3 */
export const enterpriseUserUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** The characteristics of RFC 7643 §8.7.1; `manager.value` holds whatever the identity provider sends. */
export const enterpriseUserSchema: Schema = {
  id: enterpriseUserUrn,
  name: 'EnterpriseUser',
  description: 'What an employer knows about a user.',
  attributes: [
    attribute('employeeNumber', 'string', 'The number or code the organization gave the user.'),
    attribute('costCenter', 'string', 'The cost center.'),
    attribute('organization', 'string', 'The organization, such as the legal entity.'),
    attribute('division', 'string', 'The division.'),
    attribute('department', 'string', 'The department.'),
    attribute('manager', 'complex', 'The person the user reports to.', {
      subAttributes: [
        attribute('value', 'string', "The identifier of the manager's User resource."),
        attribute('$ref', 'reference', "The address of the manager's User resource.", {
          caseExact: true,
          referenceTypes: ['User'],
        }),
        attribute('displayName', 'string', "The manager's display name.", { mutability: 'readOnly' }),
      ],
    }),
  ],
};
