// The core User schema and the User resource type, as data. Knows the attributes of RFC 7643 §4.1, no behaviour.
import { type Attribute, attribute, type ResourceType, type Schema } from './attribute.ts';
import { enterpriseUserSchema } from './enterprise-user-schema.ts';

/** @see RFC 7643 §4.1 */
export const coreUserUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';

const label = (name: string, canonicalValues: readonly string[]) =>
  attribute('type', 'string', `What kind of ${name} this is.`, { canonicalValues });

const primary = (name: string) =>
  attribute('primary', 'boolean', `Whether this is the preferred ${name}; at most one is.`);

/** A multi-valued attribute with the sub-attributes of RFC 7643 §2.4: `value`, `display`, `type`, `primary`. */
function plural(
  name: string,
  singular: string,
  canonicalTypes: readonly string[],
  value?: Attribute,
): Attribute {
  return attribute(name, 'complex', `Every ${singular} of the user.`, {
    multiValued: true,
    subAttributes: [
      value ?? attribute('value', 'string', `The ${singular} itself.`),
      attribute('display', 'string', `The ${singular} as people read it.`),
      label(singular, canonicalTypes),
      primary(singular),
    ],
  });
}

const name = attribute('name', 'complex', "The parts of the person's name.", {
  subAttributes: [
    attribute('formatted', 'string', 'The whole name in one line, ready for display.'),
    attribute('familyName', 'string', 'The family name, or last name.'),
    attribute('givenName', 'string', 'The given name, or first name.'),
    attribute('middleName', 'string', 'Any names between the given and the family name.'),
    attribute('honorificPrefix', 'string', 'A title before the name, such as "Dr.".'),
    attribute('honorificSuffix', 'string', 'A suffix after the name, such as "III".'),
  ],
});

// §8.7.1 forgets `primary` here, though §4.1.2 gives it to every plural attribute and RFC 7644 §3.5.2.3 patches it.
const addresses = attribute('addresses', 'complex', "The user's postal addresses.", {
  multiValued: true,
  subAttributes: [
    attribute('formatted', 'string', 'The whole address as on an envelope; may hold line breaks.'),
    attribute('streetAddress', 'string', 'Street, house number and what else stands above the city.'),
    attribute('locality', 'string', 'The city or town.'),
    attribute('region', 'string', 'The state, province or canton.'),
    attribute('postalCode', 'string', 'The postal code.'),
    attribute('country', 'string', 'The country, as an ISO 3166-1 alpha-2 code.'),
    label('address', ['work', 'home', 'other']),
    primary('address'),
  ],
});

const groups = attribute(
  'groups',
  'complex',
  'The groups the user is in; changed through the groups themselves.',
  {
    multiValued: true,
    mutability: 'readOnly',
    subAttributes: [
      attribute('value', 'string', 'The identifier of the group.', { mutability: 'readOnly' }),
      attribute('$ref', 'reference', 'The address of the group.', {
        caseExact: true,
        mutability: 'readOnly',
        referenceTypes: ['Group'],
      }),
      attribute('display', 'string', "The group's display name.", { mutability: 'readOnly' }),
      attribute('type', 'string', 'Whether the user is in the group itself or in a group within it.', {
        mutability: 'readOnly',
        canonicalValues: ['direct', 'indirect'],
      }),
    ],
  },
);

/** The characteristics of RFC 7643 §8.7.1, without `password`; references and binaries are case-exact (§2.3.6, §2.3.7). */
const userSchema: Schema = {
  id: coreUserUrn,
  name: 'User',
  description: 'A person who has, or had, an account.',
  attributes: [
    attribute('userName', 'string', 'The name the user signs in with; no two users share one.', {
      required: true,
      uniqueness: 'server',
    }),
    name,
    attribute('displayName', 'string', 'The name shown to other people.'),
    attribute('nickName', 'string', 'What colleagues call the user.'),
    attribute('profileUrl', 'reference', "The address of the user's profile page.", {
      caseExact: true,
      referenceTypes: ['external'],
    }),
    attribute('title', 'string', 'The job title.'),
    attribute('userType', 'string', 'How the user relates to the organization, such as "Contractor".'),
    attribute('preferredLanguage', 'string', 'The languages the user reads best, as in Accept-Language.'),
    attribute('locale', 'string', 'The locale for dates, numbers and currency, such as "en-US".'),
    attribute('timezone', 'string', 'The time zone by its IANA name, such as "Europe/Zurich".'),
    attribute('active', 'boolean', 'Whether the user may sign in.'),
    plural('emails', 'e-mail address', ['work', 'home', 'other']),
    plural('phoneNumbers', 'phone number', ['work', 'home', 'mobile', 'fax', 'pager', 'other']),
    plural('ims', 'instant messaging address', [
      'aim',
      'gtalk',
      'icq',
      'xmpp',
      'msn',
      'skype',
      'qq',
      'yahoo',
    ]),
    plural(
      'photos',
      'photo',
      ['photo', 'thumbnail'],
      attribute('value', 'reference', 'The address of the photo.', {
        caseExact: true,
        referenceTypes: ['external'],
      }),
    ),
    addresses,
    groups,
    plural('entitlements', 'entitlement', ['work', 'other']),
    plural('roles', 'role', ['work', 'other']),
    plural(
      'x509Certificates',
      'X.509 certificate',
      ['work', 'other'],
      attribute('value', 'binary', 'The DER certificate in base64.', { caseExact: true }),
    ),
  ],
};

/** The User resource type with the enterprise extension. @see RFC 7643 §6, §8.6 */
export const userType: ResourceType<'User'> = {
  name: 'User',
  endpoint: '/Users',
  description: 'The people of the organization.',
  schema: userSchema,
  extensions: [{ schema: enterpriseUserSchema, required: false }],
};
