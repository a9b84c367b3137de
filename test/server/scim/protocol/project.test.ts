import { describe, expect, test } from 'vitest';
import { attribute, type ResourceType } from '../../../../server/scim/protocol/attribute.ts';
import { enterpriseUserUrn } from '../../../../server/scim/protocol/enterprise-user-schema.ts';
import { groupType } from '../../../../server/scim/protocol/group-schema.ts';
import { defaultProjection, project, readProjection } from '../../../../server/scim/protocol/project.ts';
import { coreUserUrn, userType } from '../../../../server/scim/protocol/user-schema.ts';

const user = {
  schemas: [coreUserUrn, enterpriseUserUrn],
  id: 'u1',
  userName: 'mira',
  name: { givenName: 'Mira', familyName: 'Halloran' },
  emails: [{ value: 'mira@orchard.example', type: 'work' }, { type: 'home' }],
  [enterpriseUserUrn]: { department: 'Tours', manager: { value: 'u2', displayName: 'Sam' } },
  meta: { resourceType: 'User', location: 'https://scim.example/v2/Users/u1' },
};
const minimum = { schemas: user.schemas, id: 'u1' };
const { userName, name, emails, meta } = user;
const enterprise = user[enterpriseUserUrn];

const show = (attributes?: readonly string[], excluded?: readonly string[]) =>
  project(userType, user, readProjection(userType, attributes, excluded));

describe('RFC 7644 §3.9: attributes', () => {
  test.each([
    ['one name', ['userName'], { userName }],
    ['another letter case', ['USERNAME'], { userName }],
    ['the core URN', [`${coreUserUrn}:userName`], { userName }],
    ['several names', ['userName', 'meta'], { userName, meta }],
    ['a sub-attribute', ['name.givenName'], { name: { givenName: 'Mira' } }],
    ['a sub-attribute of entries', ['emails.value'], { emails: [{ value: 'mira@orchard.example' }] }],
    ['an attribute and its sub-attribute', ['name', 'name.givenName'], { name }],
    [
      'an extension attribute',
      [`${enterpriseUserUrn}:department`],
      { [enterpriseUserUrn]: { department: 'Tours' } },
    ],
    [
      'an extension sub-attribute',
      [`${enterpriseUserUrn}:manager.value`.toLowerCase()],
      { [enterpriseUserUrn]: { manager: { value: 'u2' } } },
    ],
    ['a whole extension', [enterpriseUserUrn], { [enterpriseUserUrn]: enterprise }],
    ['the whole core schema', [coreUserUrn], { userName, name, emails, meta }],
    ['what is always returned', ['id'], {}],
    ['unknown names only', ['shoeSize', 'name.nick', 'not a path'], {}],
    ['blanks around a name', [' userName '], { userName }],
  ])('%s: the minimum set and what was named', (_, names, expected) => {
    expect(show(names)).toEqual({ ...minimum, ...expected });
  });

  test('attributes wins over excludedAttributes', () => {
    expect(show(['userName'], ['userName'])).toEqual({ ...minimum, userName });
  });
});

describe('RFC 7644 §3.9: excludedAttributes', () => {
  test.each([
    ['an attribute', ['emails'], { userName, name, [enterpriseUserUrn]: enterprise, meta }],
    ['a sub-attribute', ['name.givenName'], { ...user, name: { familyName: 'Halloran' } }],
    [
      'all that an attribute holds',
      ['name.givenName', 'name.familyName'],
      { userName, emails, [enterpriseUserUrn]: enterprise, meta },
    ],
    ['a sub-attribute of entries', ['emails.type'], { ...user, emails: [{ value: 'mira@orchard.example' }] }],
    ['an extension', [enterpriseUserUrn.toUpperCase()], { userName, name, emails, meta }],
    [
      'all that an extension holds',
      [`${enterpriseUserUrn}:department`, `${enterpriseUserUrn}:manager`],
      { userName, name, emails, meta },
    ],
    ['what is always returned', ['id', 'schemas'], user],
    ['unknown names', ['shoeSize'], user],
  ])('%s: everything else', (_, names, expected) => {
    expect(show(undefined, names)).toEqual({ ...minimum, ...expected });
  });
});

describe('RFC 7643 §7: returned', () => {
  const sub = (returned: 'always' | 'never' | 'default' | 'request') =>
    attribute(returned, 'string', '', { returned });
  const subAttributes = [sub('always'), sub('never'), sub('default'), sub('request')];
  const type: ResourceType = {
    ...userType,
    schema: {
      ...userType.schema,
      attributes: [
        ...subAttributes,
        attribute('box', 'complex', '', { subAttributes }),
        attribute('boxes', 'complex', '', { multiValued: true, subAttributes }),
        attribute('vault', 'complex', '', { subAttributes, returned: 'never' }),
      ],
    },
    extensions: [],
  };
  const all = { always: 'a', never: 'n', default: 'd', request: 'r' };
  const resource = { ...all, box: all, boxes: [all, { never: 'n' }], vault: all };
  const shown = (attributes?: readonly string[], excluded?: readonly string[]) =>
    project(type, resource, readProjection(type, attributes, excluded));
  const usual = { always: 'a', default: 'd' };

  test.each([
    ['nothing asked', undefined, undefined, { ...usual, box: usual, boxes: [usual] }],
    ['request asked', ['request'], undefined, { always: 'a', request: 'r' }],
    ['never asked', ['never', 'vault', 'vault.default'], undefined, { always: 'a' }],
    ['a complex attribute asked', ['box'], undefined, { always: 'a', box: usual }],
    [
      'a sub-attribute on request asked',
      ['box.request'],
      undefined,
      { always: 'a', box: { always: 'a', request: 'r' } },
    ],
    ['a never sub-attribute asked', ['box.never'], undefined, { always: 'a' }],
    ['always excluded', undefined, ['always', 'box.always', 'boxes'], { ...usual, box: usual }],
    [
      'default excluded',
      undefined,
      ['default', 'box.default', 'boxes'],
      { always: 'a', box: { always: 'a' } },
    ],
  ])('%s', (_, attributes, excluded, expected) => {
    expect(shown(attributes, excluded)).toEqual(expected);
  });
});

describe('what need not be loaded', () => {
  const members =
    groupType.schema.attributes.find((candidate) => candidate.name === 'members') ??
    attribute('', 'string', '');

  test.each([
    [undefined, undefined, true],
    [undefined, ['members'], false],
    [['displayName'], undefined, false],
    [['members.value'], undefined, true],
  ])(
    'with attributes %j and excludedAttributes %j members are included: %j',
    (attributes, excluded, expected) => {
      expect(readProjection(groupType, attributes, excluded).includes(members)).toBe(expected);
    },
  );

  test('an extension attribute is asked for with its URN', () => {
    const [department] = userType.extensions[0]?.schema.attributes.slice(4) ?? [];
    const projection = readProjection(userType, [`${enterpriseUserUrn}:department`], undefined);
    expect(department && projection.includes(department, enterpriseUserUrn)).toBe(true);
    expect(department && projection.includes(department)).toBe(false);
  });

  test('with the default projection a resource goes out as it is, uncopied', () => {
    expect(project(userType, user, defaultProjection(userType))).toBe(user);
    expect(readProjection(userType, undefined, [])).toBe(defaultProjection(userType));
  });
});
