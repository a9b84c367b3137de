import { describe, expect, test } from 'vitest';
import { attribute, type ResourceType } from '../../../../server/scim/protocol/attribute.ts';
import { coreGroupUrn, groupType } from '../../../../server/scim/protocol/group-schema.ts';
import { parsePath, printPath, resolvePath, simplePath } from '../../../../server/scim/protocol/path.ts';
import { coreUserUrn, userType } from '../../../../server/scim/protocol/user-schema.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function resolve(text: string, type: ResourceType = userType) {
  const path = parsePath(text);
  return path && resolvePath(type, path);
}

function printed(text: string, type?: ResourceType) {
  const path = resolve(text, type);
  return path && printPath(path);
}

describe('RFC 7644 §3.10: attribute notation', () => {
  test.each([
    ['userName', { attribute: 'userName' }],
    ['name.givenName', { attribute: 'name', sub: 'givenName' }],
    ['members.$ref', { attribute: 'members', sub: '$ref' }],
    [`${enterprise}:manager.value`, { urn: enterprise, attribute: 'manager', sub: 'value' }],
    [
      'https://schemas.kiln.example/badge:floor',
      { urn: 'https://schemas.kiln.example/badge', attribute: 'floor' },
    ],
  ])('%s is split into its parts', (text, path) => {
    expect(parsePath(text)).toEqual(path);
  });

  test.each(['', ' userName', 'name.', '.name', 'name.a.b', '1st', 'a b', 'a[b', 'naïve', 'urn:x:', ':a'])(
    '"%s" is no attribute path',
    (text) => {
      expect(parsePath(text)).toBeUndefined();
    },
  );

  test.each([
    ['USERNAME', 'userName'],
    ['Name.GIVENNAME', 'name.givenName'],
    ['meta.lastmodified', 'meta.lastModified'],
    ['externalID', 'externalId'],
    [`${coreUserUrn}:emails.value`, 'emails.value'],
    [`${coreUserUrn.toUpperCase()}:ID`, 'id'],
    [`${enterprise.toLowerCase()}:Department`, `${enterprise}:department`],
    [`${enterprise}:manager.displayname`, `${enterprise}:manager.displayName`],
  ])('%s means %s', (text, canonical) => {
    expect(printed(text)).toBe(canonical);
  });

  test("an extension's attribute needs no URN where the core schema leaves the name free", () => {
    expect(printed('manager')).toBe(`${enterprise}:manager`);
  });

  test('the core schema keeps a name that an extension uses too', () => {
    const extension = {
      id: 'urn:example:clash',
      name: 'Clash',
      description: '',
      attributes: [attribute('title', 'string', '')],
    };
    const type: ResourceType = { ...userType, extensions: [{ schema: extension, required: false }] };
    expect(printed('title', type)).toBe('title');
    expect(printed('urn:example:clash:title', type)).toBe('urn:example:clash:title');
  });

  test.each([
    'nickname2',
    'name.nick',
    'userName.value',
    enterprise,
    `${coreUserUrn}:department`,
    `${enterprise}:userName`,
    `${coreGroupUrn}:displayName`,
    'constructor',
    '__proto__',
  ])('%s names nothing on a User', (text) => {
    expect(resolve(text)).toBeUndefined();
  });
});

test('equal paths resolve to one object', () => {
  expect(resolve('userName')).toBe(resolve(`${coreUserUrn}:USERNAME`));
});

test('each resource type answers for its own attributes', () => {
  expect(printed('members.value', groupType)).toBe('members.value');
  expect(resolve('members')).toBeUndefined();
});

test('a bare complex attribute is compared by its value, if it has one', () => {
  const simple = (text: string) => {
    const path = resolve(text);
    const found = path && simplePath(path);
    return found && printPath(found);
  };
  expect(simple('emails')).toBe('emails.value');
  expect(simple('emails.type')).toBe('emails.type');
  expect(simple('title')).toBe('title');
  expect(simple('name')).toBeUndefined();
});
