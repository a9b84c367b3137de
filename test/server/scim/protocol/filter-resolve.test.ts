import { describe, expect, test } from 'vitest';
import { attribute, type ResourceType } from '../../../../server/scim/protocol/attribute.ts';
import { parseFilter } from '../../../../server/scim/protocol/filter.ts';
import { type ResolvedFilter, resolveFilter } from '../../../../server/scim/protocol/filter-resolve.ts';
import { groupType } from '../../../../server/scim/protocol/group-schema.ts';
import { printPath } from '../../../../server/scim/protocol/path.ts';
import { ProtocolError } from '../../../../server/scim/protocol/protocol-error.ts';
import { userType } from '../../../../server/scim/protocol/user-schema.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** A User with one attribute of each kind that the standard schemas lack. */
const kilnUser: ResourceType = {
  ...userType,
  extensions: [
    ...userType.extensions,
    {
      required: false,
      schema: {
        id: 'urn:kiln.example:User',
        name: 'KilnUser',
        description: '',
        attributes: [
          attribute('rank', 'integer', ''),
          attribute('hired', 'dateTime', ''),
          attribute('secret', 'string', '', { returned: 'never' }),
        ],
      },
    },
  ],
};

/** A resolved filter in one line, with each path in the schema's spelling. */
function shown(filter: ResolvedFilter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${shown(filter.left)} ${filter.kind} ${shown(filter.right)})`;
    case 'not':
      return `not ${shown(filter.filter)}`;
    case 'compare':
      return `${printPath(filter.path)} ${filter.op} ${JSON.stringify(filter.value)}`;
    case 'present':
      return `${printPath(filter.path)} pr`;
    case 'valuePath':
      return `${printPath(filter.path)}[${shown(filter.filter)}]`;
    case 'never':
      return 'never';
  }
}

function resolved(text: string, type: ResourceType = kilnUser, unknown?: 'refuse' | 'absent'): string {
  return shown(resolveFilter(parseFilter(text), type, unknown));
}

function refusal(text: string): string {
  try {
    return `resolved: ${resolved(text)}`;
  } catch (error) {
    if (error instanceof ProtocolError && error.scimType === 'invalidFilter') return error.message;
    throw error;
  }
}

describe('RFC 7644 §3.4.2.2: names and values take their schema form', () => {
  test.each([
    ['USERNAME eq "INES@Kiln.EXAMPLE"', 'userName eq "ines@kiln.example"'],
    ['externalId eq "AbC"', 'externalId eq "AbC"'],
    ['title sw "ÄRZT"', 'title sw "ärzt"'],
    ['profileUrl co "Kiln"', 'profileUrl co "Kiln"'],
    ['meta.created ge "2011-05-13T06:42:34+02:00"', 'meta.created ge "2011-05-13T04:42:34.000Z"'],
    ['active eq "True"', 'active eq true'],
    ['rank gt 3', 'urn:kiln.example:User:rank gt 3'],
    [`${enterprise}:department eq "Glaze"`, `${enterprise}:department eq "glaze"`],
    ['schemas eq "urn:Example"', 'schemas eq "urn:Example"'],
  ])('%s resolves to %s', (text, answer) => {
    expect(resolved(text)).toBe(answer);
  });

  test.each([
    ['emails co "@kiln.example"', 'emails.value co "@kiln.example"'],
    ['manager eq "26118915"', `${enterprise}:manager.value eq "26118915"`],
    ['emails pr', 'emails pr'],
    ['name pr', 'name pr'],
  ])('a bare complex attribute is compared by its value: %s', (text, answer) => {
    expect(resolved(text)).toBe(answer);
  });

  test.each([
    ['title eq null', 'not title pr'],
    ['title ne null', 'title pr'],
    ['emails eq null', 'not emails pr'],
    ['emails[type eq null]', 'emails[not type pr]'],
  ])('null means "no value": %s', (text, answer) => {
    expect(resolved(text)).toBe(answer);
  });

  test.each([
    ['Emails[Type eq "WORK" and Primary eq "True"]', 'emails[(type eq "work" and primary eq true)]'],
    ['name[not (familyName eq "Ö")]', 'name[not familyName eq "ö"]'],
  ])('inside a value path, names are those of the element: %s', (text, answer) => {
    expect(resolved(text)).toBe(answer);
  });

  test('groups resolve by their own schema', () => {
    expect(resolved('members[value eq "A1"] or displayName eq "Glaze"', groupType)).toBe(
      '(members[value eq "a1"] or displayName eq "glaze")',
    );
  });
});

describe('what cannot be compared is refused', () => {
  test.each([
    ['nickname2 eq "x"', 'names "nickname2", which is no attribute of a User'],
    ['title pr and shoeSize pr', 'names "shoeSize"'],
    ['shoes[size eq 4]', 'names "shoes"'],
    ['emails[city eq "x"]', 'names "city", which is no attribute of "emails"'],
    ['emails[emails.type eq "x"]', 'names "emails.type"'],
    ['name.nick eq "x"', 'names "name.nick"'],
    ['urn:example:other:userName eq "x"', 'names "urn:example:other:userName"'],
    ['members eq "x"', 'names "members"'],
    ['secret eq "x"', 'secret" is never disclosed'],
    ['secret pr', 'never disclosed'],
    ['name eq "Ines"', '"name" is complex. Name one of its sub-attributes, such as "name.formatted"'],
    ['addresses co "x"', '"addresses" is complex'],
    ['title[value eq "x"]', '"title" has no sub-attributes'],
    ['emails.value[type eq "x"]', '"emails.value" has no sub-attributes'],
    ['active gt true', '"gt" cannot be used with "active", which is of type boolean. Use one of: eq, ne.'],
    ['active co "t"', '"co" cannot be used with "active"'],
    ['x509Certificates ge "a"', '"ge" cannot be used with "x509Certificates.value", which is of type binary'],
    ['meta.created sw "2011"', '"sw" cannot be used with "meta.created"'],
    ['rank co 1', '"co" cannot be used'],
    ['title gt null', '"gt" cannot compare with null'],
    ['userName eq 5', '"userName" is compared with text in double quotes'],
    ['userName eq true', '"userName" is compared with text in double quotes'],
    ['active eq "yes"', '"active" is compared with true or false'],
    ['rank eq "1"', 'is compared with a number without quotes'],
    ['hired gt "2011-05-13"', 'is compared with a time such as "2011-05-13T04:42:34Z"'],
    ['title eq "a\\u0000b"', '"title" is compared with text'],
  ])('%s', (text, words) => {
    expect(refusal(text)).toContain(words);
  });
});

describe('RFC 7644 §3.4.2.1: across resource types, an unknown attribute has no value', () => {
  test.each([
    ['shoeSize eq 4', 'never'],
    ['shoeSize pr', 'never'],
    ['shoeSize ne 4', 'not never'],
    ['shoeSize eq null', 'not never'],
    ['shoeSize ne null', 'never'],
    ['shoes[size eq 4]', 'never'],
    ['emails[size ne 4]', 'emails[not never]'],
    ['not (shoeSize eq 4) or title pr', '(not never or title pr)'],
  ])('%s resolves to %s', (text, answer) => {
    expect(resolved(text, userType, 'absent')).toBe(answer);
  });

  test('an attribute that is known still has its type', () => {
    expect(() => resolved('active gt true', userType, 'absent')).toThrow(ProtocolError);
  });
});
