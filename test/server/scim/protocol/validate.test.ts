import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { enterpriseUserUrn } from '../../../../server/scim/protocol/enterprise-user-schema.ts';
import { coreGroupUrn, groupType } from '../../../../server/scim/protocol/group-schema.ts';
import { ProtocolError } from '../../../../server/scim/protocol/protocol-error.ts';
import { coreUserUrn, userType } from '../../../../server/scim/protocol/user-schema.ts';
import { readResource } from '../../../../server/scim/protocol/validate.ts';
import { strict, tolerant } from './recorded-reading.ts';
import { refusalOf } from './refusal.ts';

const id = '5d0c4e0e-6f1b-4f0e-9d3a-6a1a5c2f7b10';
const meta = {
  resourceType: 'User',
  created: '2024-01-23T04:56:22Z',
  lastModified: '2024-05-13T04:42:34Z',
  version: 'W/"a330bc54f0671c9"',
  location: `https://scim.example/v2/Users/${id}`,
};
const minimalUser = { schemas: [coreUserUrn], id, userName: 'mira@orchard.example', meta };
const fullAttributes = {
  externalId: '701984',
  userName: 'mira@orchard.example',
  name: {
    formatted: 'Dr. Mira J Halloran, III',
    familyName: 'Halloran',
    givenName: 'Mira',
    middleName: 'June',
    honorificPrefix: 'Dr.',
    honorificSuffix: 'III',
  },
  displayName: 'Mira Halloran',
  nickName: 'Mira',
  profileUrl: 'https://people.orchard.example/mira',
  emails: [
    { value: 'mira@orchard.example', type: 'work', primary: true },
    { value: 'mira@home.example', type: 'home' },
  ],
  addresses: [
    {
      type: 'work',
      streetAddress: '100 Apple Plaza',
      locality: 'Orchard',
      region: 'CA',
      postalCode: '91608',
      country: 'US',
      formatted: '100 Apple Plaza\nOrchard, CA 91608 US',
      primary: true,
    },
    { type: 'home', streetAddress: '4 Pear Lane', locality: 'Orchard' },
  ],
  phoneNumbers: [
    { value: '555-555-0155', type: 'work' },
    { value: '555-555-0144', type: 'mobile' },
  ],
  ims: [{ value: 'mira', type: 'aim' }],
  photos: [
    { value: 'https://photos.example/mira/F', type: 'photo' },
    { value: 'https://photos.example/mira/T', type: 'thumbnail' },
  ],
  userType: 'Employee',
  title: 'Guide',
  preferredLanguage: 'en-US',
  locale: 'en-US',
  timezone: 'America/Los_Angeles',
  active: true,
  x509Certificates: [{ value: 'MIIDQzCCAqygAwIBAgICEAAwDQYJKoZIhvcNAQEFBQAwTjEL' }],
};
const fullUser = {
  schemas: [coreUserUrn],
  id,
  ...fullAttributes,
  groups: [{ value: 'g-1', $ref: 'https://scim.example/v2/Groups/g-1', display: 'Guides' }],
  meta,
};
const enterprise = {
  employeeNumber: '701984',
  costCenter: '4130',
  organization: 'Orchard Studios',
  division: 'Park',
  department: 'Tours',
  manager: { value: '26118915', $ref: '../Users/26118915' },
};
const member = {
  value: '2819c223',
  $ref: 'https://scim.example/v2/Users/2819c223',
  display: 'Mira Halloran',
};

describe('the example resources of RFC 7643', () => {
  test('RFC 7643 §8.1: the minimal user reads as its userName', () => {
    expect(readResource(userType, minimalUser, strict())).toEqual({ userName: 'mira@orchard.example' });
  });

  test('RFC 7643 §8.2: the full user reads as what a client may write, without any tolerance', () => {
    const reading = strict();
    expect(readResource(userType, fullUser, reading)).toEqual(fullAttributes);
    expect(reading.notes).toEqual([]);
  });

  test('RFC 7643 §8.2: the password of the full user is neither kept nor refused', () => {
    const reading = tolerant();
    expect(readResource(userType, { ...fullUser, password: 'not-a-secret' }, reading)).toEqual(
      fullAttributes,
    );
    expect(reading.notes).toEqual([['password-ignored', 'password']]);
  });

  test("RFC 7643 §8.3: the enterprise user keeps its extension, and the manager's name is the directory's", () => {
    const reading = tolerant();
    const body = {
      ...fullUser,
      schemas: [coreUserUrn, enterpriseUserUrn],
      [enterpriseUserUrn]: { ...enterprise, manager: { ...enterprise.manager, displayName: 'Sam Reed' } },
    };
    expect(readResource(userType, body, reading)).toEqual({
      ...fullAttributes,
      [enterpriseUserUrn]: enterprise,
    });
    expect(reading.notes).toEqual([['read-only-ignored', `${enterpriseUserUrn}:manager.displayName`]]);
  });

  test('RFC 7643 §8.4: the group keeps its members', () => {
    const body = { schemas: [coreGroupUrn], id, displayName: 'Guides', members: [member], meta };
    expect(readResource(groupType, body, strict())).toEqual({ displayName: 'Guides', members: [member] });
  });
});

describe('names', () => {
  test('RFC 7643 §2.1: attribute names are understood in any letter case and come out canonical', () => {
    const body = {
      SCHEMAS: [coreUserUrn.toUpperCase()],
      USERNAME: 'mira',
      Name: { FAMILYname: 'Halloran' },
      EMAILS: [{ VALUE: 'mira@orchard.example' }],
      [enterpriseUserUrn.toLowerCase()]: { DEPARTMENT: 'Tours' },
    };
    const reading = strict();
    expect(readResource(userType, body, reading)).toEqual({
      userName: 'mira',
      name: { familyName: 'Halloran' },
      emails: [{ value: 'mira@orchard.example' }],
      [enterpriseUserUrn]: { department: 'Tours' },
    });
    expect(reading.notes).toEqual([]);
  });

  test('an attribute that no schema defines is left out and noted with its path', () => {
    const reading = tolerant();
    const body = {
      ...minimalUser,
      shoeSize: 44,
      name: { nick: 'M', familyName: 'Halloran' },
      [enterpriseUserUrn]: { badge: '7' },
    };
    expect(readResource(userType, body, reading)).toEqual({
      userName: 'mira@orchard.example',
      name: { familyName: 'Halloran' },
    });
    expect(reading.notes).toEqual([
      ['unknown-attribute', 'shoeSize'],
      ['unknown-attribute', 'name.nick'],
      ['unknown-attribute', `${enterpriseUserUrn}:badge`],
    ]);
  });

  test.each([
    ['an attribute', { shoeSize: 44 }],
    ['a sub-attribute', { name: { nick: 'M' } }],
    ['an extension', { 'urn:example:params:scim:schemas:hr': { badge: '7' } }],
    ['a password', { password: 'not-a-secret' }],
    ['a schema URI', { schemas: [coreUserUrn, 'urn:example:params:scim:schemas:hr'] }],
    ['a SCIM 1.1 schema URI', { schemas: [coreUserUrn, 'urn:scim:schemas:core:1.0'] }],
    ['no schemas', { schemas: undefined }],
    ['no core schema', { schemas: [enterpriseUserUrn] }],
  ])('read strictly, %s that is not defined is invalidSyntax', (_, extra) => {
    expect(refusalOf(() => readResource(userType, { ...minimalUser, ...extra }, strict()))).toBe(
      'invalidSyntax',
    );
  });

  test.each([
    ['urn:example:params:scim:schemas:hr', 'unknown-schema'],
    ['urn:scim:schemas:core:1.0', 'scim-1.1-schema'],
    ['http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group', 'group-urn-unknown'],
  ])('the schema URI %s is noted as %s', (uri, quirk) => {
    const reading = tolerant();
    readResource(groupType, { schemas: [uri], displayName: 'Guides' }, reading);
    expect(reading.notes).toEqual([[quirk, uri]]);
  });

  test('a body that names no schemas is taken with a note', () => {
    const reading = tolerant();
    readResource(userType, { userName: 'mira' }, reading);
    expect(reading.notes).toEqual([['schemas-missing', undefined]]);
  });

  test('the enterprise extension of SCIM 1.1 is read as the one of 2.0', () => {
    const reading = tolerant();
    const urn = 'urn:scim:schemas:extension:enterprise:1.0';
    const body = { ...minimalUser, [urn]: { department: 'Tours' } };
    expect(readResource(userType, body, reading)[enterpriseUserUrn]).toEqual({ department: 'Tours' });
    expect(reading.notes).toEqual([['scim-1.1-schema', urn]]);
  });
});

describe('what must be there', () => {
  test.each([
    ['User', userType, { schemas: [coreUserUrn] }],
    ['User', userType, { schemas: [coreUserUrn], userName: null }],
    ['User', userType, { schemas: [coreUserUrn], userName: '' }],
    ['User', userType, { schemas: [coreUserUrn], userName: '  ' }],
    ['Group', groupType, { schemas: [coreGroupUrn], members: [member] }],
  ])('a %s without its required attribute is invalidValue', (_, type, body) => {
    expect(refusalOf(() => readResource(type, body, tolerant()))).toBe('invalidValue');
  });

  test('RFC 7643 §2.5: null, [] and {} are the same as nothing sent', () => {
    const body = {
      ...minimalUser,
      title: null,
      emails: [],
      name: {},
      phoneNumbers: [{}],
      addresses: [{ locality: null }],
      [enterpriseUserUrn]: { manager: {}, department: null },
    };
    expect(readResource(userType, body, strict())).toEqual({ userName: 'mira@orchard.example' });
  });

  test.each([null, 'text', 7, true, [], [minimalUser]].map((body) => [body]))(
    'the body %j is invalidSyntax',
    (body) => {
      expect(refusalOf(() => readResource(userType, body, tolerant()))).toBe('invalidSyntax');
    },
  );

  test('an extension that is no object is invalidValue', () => {
    const body = { ...minimalUser, [enterpriseUserUrn]: 'Tours' };
    expect(refusalOf(() => readResource(userType, body, tolerant()))).toBe('invalidValue');
  });
});

describe('hostile bodies', () => {
  test('keys with a meaning in JavaScript are unknown attributes like any other', () => {
    const body = JSON.parse(
      `{"userName":"mira","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"name":{"__proto__":{"polluted":1}}}`,
    );
    expect(readResource(userType, body, tolerant())).toEqual({ userName: 'mira' });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('no JSON makes it throw anything but a ProtocolError, nor touches Object.prototype', () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const names = fc.constantFrom(
      'userName',
      'name',
      'emails',
      'active',
      'schemas',
      enterpriseUserUrn,
      '__proto__',
    );
    const body = fc.oneof(fc.jsonValue(), fc.dictionary(fc.oneof(names, fc.string()), fc.jsonValue()));
    fc.assert(
      fc.property(body, fc.boolean(), (value, isStrict) => {
        try {
          readResource(userType, JSON.parse(JSON.stringify(value)), isStrict ? strict() : tolerant());
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      }),
    );
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });

  test('reading what was read changes nothing', () => {
    const first = readResource(userType, { ...fullUser, [enterpriseUserUrn]: enterprise }, tolerant());
    expect(readResource(userType, first, tolerant())).toEqual(first);
  });
});
