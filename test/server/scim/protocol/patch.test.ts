import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Attributes, attribute, type ResourceType } from '../../../../server/scim/protocol/attribute.ts';
import { enterpriseUserUrn } from '../../../../server/scim/protocol/enterprise-user-schema.ts';
import { groupType } from '../../../../server/scim/protocol/group-schema.ts';
import { applyPatch } from '../../../../server/scim/protocol/patch.ts';
import { patchOpUrn, planPatch } from '../../../../server/scim/protocol/patch-plan.ts';
import { ProtocolError } from '../../../../server/scim/protocol/protocol-error.ts';
import { userType } from '../../../../server/scim/protocol/user-schema.ts';
import { models, modelType, naive, operations, sorted } from './patch-model.ts';
import { type RecordedReading, strict, tolerant } from './recorded-reading.ts';
import { refusalOf } from './refusal.ts';

interface Operation {
  readonly op: string;
  readonly path?: string;
  readonly value?: unknown;
}
interface Options {
  readonly type?: ResourceType;
  readonly createUnmatched?: boolean;
  readonly reading?: RecordedReading;
}

function patched(resource: Attributes, operations: readonly Operation[], options: Options = {}): Attributes {
  const { type = userType, createUnmatched = false, reading = tolerant() } = options;
  const steps = planPatch(type, { schemas: [patchOpUrn], Operations: operations }, reading);
  return applyPatch(type, resource, steps, { createUnmatched }, reading);
}

const mira = { value: '2819c223', display: 'Mira Halloran', $ref: 'https://scim.example/v2/Users/2819c223' };
const sam = { value: '08e1d05d', display: 'Sam Reed', $ref: 'https://scim.example/v2/Users/08e1d05d' };
const group = { displayName: 'Guides', members: [mira] };
const inGroup = { type: groupType };

const work = { type: 'work', streetAddress: '1 Apple Plaza', locality: 'Orchard', primary: false };
const home = { type: 'home', streetAddress: '4 Pear Lane', locality: 'Orchard', primary: true };
const user = {
  userName: 'mira@orchard.example',
  name: { givenName: 'Mira', familyName: 'Halloran' },
  emails: [
    { value: 'mira@orchard.example', type: 'work', primary: true },
    { value: 'mira@home.example', type: 'home' },
  ],
  addresses: [work, home],
};

describe('RFC 7644 §3.5.2.1: add', () => {
  test('RFC 7644 §3.5.2.1: a member is added to a group', () => {
    expect(patched(group, [{ op: 'add', path: 'members', value: [sam] }], inGroup)).toEqual({
      ...group,
      members: [mira, sam],
    });
  });

  test('RFC 7644 §3.5.2.1: adding a member who is one already changes nothing', () => {
    expect(patched(group, [{ op: 'add', path: 'members', value: [mira] }], inGroup)).toBe(group);
  });

  test('RFC 7644 §3.5.2.1: attributes are added without a path', () => {
    const value = { emails: [{ value: 'mira@new.example', type: 'other' }], nickname: 'Mir' };
    expect(patched(user, [{ op: 'add', value }])).toEqual({
      ...user,
      emails: [...user.emails, value.emails[0]],
      nickName: 'Mir',
    });
  });

  test.each([
    [
      'a single value replaces the one there',
      { path: 'userName', value: 'm@x.example' },
      { userName: 'm@x.example' },
    ],
    ['a single value is set where there was none', { path: 'title', value: 'Guide' }, { title: 'Guide' }],
    [
      'sub-attributes join those of a complex attribute',
      { path: 'name', value: { middleName: 'June' } },
      { name: { ...user.name, middleName: 'June' } },
    ],
    [
      'a sub-attribute by its path',
      { path: 'name.middleName', value: 'J' },
      { name: { ...user.name, middleName: 'J' } },
    ],
    [
      'a sub-attribute of nothing makes its attribute',
      { path: `${enterpriseUserUrn}:manager.value`, value: 'u2' },
      {
        [enterpriseUserUrn]: { manager: { value: 'u2' } },
      },
    ],
    [
      'a value filter chooses the entries that are completed',
      { path: 'addresses[type eq "work"]', value: { region: 'CA' } },
      { addresses: [{ ...work, region: 'CA' }, home] },
    ],
    [
      'a sub-attribute without filter concerns every entry',
      { path: 'addresses.country', value: 'US' },
      {
        addresses: [
          { ...work, country: 'US' },
          { ...home, country: 'US' },
        ],
      },
    ],
    [
      'a sub-attribute of no entries makes one',
      { path: 'roles.value', value: 'admin' },
      { roles: [{ value: 'admin' }] },
    ],
  ])('RFC 7644 §3.5.2.1: %s', (_, operation, change) => {
    expect(patched(user, [{ op: 'add', ...operation }])).toEqual({ ...user, ...change });
  });

  test('RFC 7644 §3.5.2: an added entry that is primary takes the mark from the others', () => {
    const added = { value: 'mira@new.example', primary: true };
    expect(patched(user, [{ op: 'add', path: 'emails', value: [added] }]).emails).toEqual([
      { ...user.emails[0], primary: false },
      user.emails[1],
      added,
    ]);
  });
});

describe('RFC 7644 §3.5.2.2: remove', () => {
  const members = { ...group, members: [mira, sam] };

  test('RFC 7644 §3.5.2.2: a single member', () => {
    expect(patched(members, [{ op: 'remove', path: 'members[value eq "2819c223"]' }], inGroup)).toEqual({
      ...group,
      members: [sam],
    });
  });

  test('RFC 7644 §3.5.2.2: a user who was no member: no change, no error', () => {
    expect(patched(members, [{ op: 'remove', path: 'members[value eq "nobody"]' }], inGroup)).toBe(members);
  });

  test('RFC 7644 §3.5.2.2: all members', () => {
    expect(patched(members, [{ op: 'remove', path: 'members' }], inGroup)).toEqual({ displayName: 'Guides' });
  });

  test('RFC 7644 §3.5.2.2: entries of a complex attribute by two conditions', () => {
    const path = 'emails[type eq "work" and value ew "orchard.example"]';
    expect(patched(user, [{ op: 'remove', path }]).emails).toEqual([user.emails[1]]);
  });

  test('RFC 7644 §3.5.2.2: the last entry takes the attribute with it', () => {
    expect(patched(user, [{ op: 'remove', path: 'emails[value pr]' }])).not.toHaveProperty('emails');
  });

  test('RFC 7644 §3.5.2.2: remove one member and add another', () => {
    const operations = [
      { op: 'remove', path: 'members[value eq"2819c223"]' },
      { op: 'add', path: 'members', value: [sam] },
    ];
    expect(patched(group, operations, inGroup).members).toEqual([sam]);
  });

  test('RFC 7644 §3.5.2.2: replace all members by removing them and adding others', () => {
    const operations = [
      { op: 'remove', path: 'members' },
      { op: 'add', path: 'members', value: [mira, sam] },
    ];
    expect(patched(group, operations, inGroup).members).toEqual([mira, sam]);
  });

  test.each([
    ['a single value', 'userName', 'mutability'],
    ['a single value, by its URN', 'urn:ietf:params:scim:schemas:core:2.0:User:USERNAME', 'mutability'],
    ['a read-only value', 'id', 'mutability'],
  ])('RFC 7644 §3.5.2.2: %s that must stay is refused', (_, path, scimType) => {
    expect(refusalOf(() => patched(user, [{ op: 'remove', path }]))).toBe(scimType);
  });

  test('RFC 7644 §3.5.2.2: without a path there is no target', () => {
    expect(refusalOf(() => patched(user, [{ op: 'remove' }]))).toBe('noTarget');
  });

  test.each([
    ['name.givenName', { ...user, name: { familyName: 'Halloran' } }],
    [
      'emails[type eq "work"].type',
      { ...user, emails: [{ value: 'mira@orchard.example', primary: true }, user.emails[1]] },
    ],
    [
      'emails.type',
      { ...user, emails: [{ value: 'mira@orchard.example', primary: true }, { value: 'mira@home.example' }] },
    ],
    ['nickName', user],
    ['roles.value', user],
    [`${enterpriseUserUrn}:manager`, user],
  ])('RFC 7644 §3.5.2.2: %s', (path, expected) => {
    expect(patched(user, [{ op: 'remove', path }])).toEqual(expected);
  });

  test('an object left without attributes goes too', () => {
    const held = { ...user, [enterpriseUserUrn]: { manager: { value: 'u2' } } };
    expect(patched(held, [{ op: 'remove', path: `${enterpriseUserUrn}:manager.value` }])).toEqual(user);
  });
});

describe('RFC 7644 §3.5.2.3: replace', () => {
  test('RFC 7644 §3.5.2.3: all members at once', () => {
    expect(patched(group, [{ op: 'replace', path: 'members', value: [sam, mira] }], inGroup).members).toEqual(
      [sam, mira],
    );
  });

  test('RFC 7644 §3.5.2.3: the whole work address, which becomes the primary one', () => {
    const value = { type: 'work', streetAddress: '911 Apple Plaza', locality: 'Orchard', primary: true };
    expect(patched(user, [{ op: 'replace', path: 'addresses[type eq "work"]', value }]).addresses).toEqual([
      value,
      { ...home, primary: false },
    ]);
  });

  test('RFC 7644 §3.5.2.3: one sub-attribute of the work address', () => {
    const operation = {
      op: 'replace',
      path: 'addresses[type eq "work"].streetAddress',
      value: '1010 Broadway',
    };
    expect(patched(user, [operation]).addresses).toEqual([{ ...work, streetAddress: '1010 Broadway' }, home]);
  });

  test('RFC 7644 §3.5.2.3: all values of the attributes named, without a path', () => {
    const value = { emails: [{ value: 'mira@new.example', type: 'work', primary: true }], nickname: 'Mir' };
    expect(patched(user, [{ op: 'replace', value }])).toEqual({
      ...user,
      emails: value.emails,
      nickName: 'Mir',
    });
  });

  test('RFC 7644 §3.5.2.3: an attribute that has no value is added', () => {
    expect(patched(user, [{ op: 'replace', path: 'title', value: 'Guide' }])).toEqual({
      ...user,
      title: 'Guide',
    });
  });

  test('RFC 7644 §3.5.2.3: sub-attributes that a complex value does not name stay', () => {
    expect(patched(user, [{ op: 'replace', path: 'name', value: { givenName: 'Mir' } }]).name).toEqual({
      givenName: 'Mir',
      familyName: 'Halloran',
    });
  });

  test('RFC 7644 §3.5.2.3: a filter that matches several entries replaces them all', () => {
    const operation = { op: 'replace', path: 'addresses[locality eq "orchard"].region', value: 'CA' };
    expect(patched(user, [operation]).addresses).toEqual([
      { ...work, region: 'CA' },
      { ...home, region: 'CA' },
    ]);
  });

  test.each([
    { op: 'replace', path: 'addresses[type eq "other"]', value: { locality: 'X' } },
    { op: 'replace', path: 'addresses[type eq "other"].locality', value: 'X' },
    { op: 'add', path: 'addresses[type eq "other"].locality', value: 'X' },
  ])('RFC 7644 §3.5.2.3: a value filter without a match is noTarget: $op $path', (operation) => {
    expect(refusalOf(() => patched(user, [operation]))).toBe('noTarget');
  });

  test('null stands for removal', () => {
    expect(
      patched(user, [{ op: 'replace', path: 'emails[type eq "work"].value', value: null }]).emails,
    ).toEqual([{ type: 'work', primary: true }, user.emails[1]]);
  });
});

describe('RFC 7644 §3.5.2: mutability', () => {
  const type: ResourceType = {
    ...userType,
    schema: {
      ...userType.schema,
      attributes: [
        attribute('badge', 'string', '', { mutability: 'immutable' }),
        attribute('locker', 'complex', '', {
          subAttributes: [
            attribute('number', 'string', '', { mutability: 'immutable' }),
            attribute('note', 'string', ''),
          ],
        }),
        attribute('keys', 'complex', '', {
          multiValued: true,
          required: true,
          subAttributes: [
            attribute('value', 'string', '', { required: true }),
            attribute('type', 'string', '', { mutability: 'immutable' }),
          ],
        }),
      ],
    },
    extensions: [],
  };
  const resource = { badge: '7', locker: { number: '1', note: 'x' }, keys: [{ value: 'a', type: 't' }] };

  test.each([
    ['an immutable value to another', { op: 'replace', path: 'badge', value: '8' }],
    ['an immutable value to none', { op: 'remove', path: 'badge' }],
    ['an immutable sub-attribute', { op: 'add', path: 'locker', value: { number: '2' } }],
    [
      'an immutable sub-attribute of an entry',
      { op: 'replace', path: 'keys[value eq "a"].type', value: 'u' },
    ],
    [
      'an entry with an immutable sub-attribute',
      { op: 'replace', path: 'keys[value eq "a"]', value: { value: 'b' } },
    ],
    ['all entries of a required attribute', { op: 'remove', path: 'keys[value eq "a"]' }],
    ['a required sub-attribute', { op: 'remove', path: 'keys[value eq "a"].value' }],
  ])('RFC 7644 §3.5.2: changing %s is refused', (_, operation) => {
    expect(refusalOf(() => patched(resource, [operation], { type }))).toBe('mutability');
  });

  test.each([
    ['the same immutable value', { op: 'replace', path: 'badge', value: '7' }],
    ['the same immutable sub-attribute', { op: 'add', path: 'locker', value: { number: '1' } }],
  ])('RFC 7644 §3.5.2: %s is no change', (_, operation) => {
    expect(patched(resource, [operation], { type })).toBe(resource);
  });

  test('RFC 7644 §3.5.2: an immutable attribute without a value takes one', () => {
    const { badge: _, ...without } = resource;
    expect(patched(without, [{ op: 'add', path: 'badge', value: '8' }], { type })).toEqual({
      ...resource,
      badge: '8',
    });
  });

  test('a whole complex attribute can go, with what is immutable in it', () => {
    expect(patched(resource, [{ op: 'remove', path: 'locker' }], { type })).not.toHaveProperty('locker');
  });
});

describe('RFC 7644 §3.5.2: several operations', () => {
  test('RFC 7644 §3.5.2: each sees what the one before it did', () => {
    const operations = [
      { op: 'add', path: 'emails', value: [{ value: 'mira@new.example', type: 'other' }] },
      { op: 'replace', path: 'emails[type eq "other"].primary', value: true },
      { op: 'remove', path: 'emails[primary eq false]' },
    ];
    expect(patched(user, operations).emails).toEqual([
      user.emails[1],
      { value: 'mira@new.example', type: 'other', primary: true },
    ]);
  });

  test('RFC 7644 §3.5.2: one refusal leaves the resource as it was', () => {
    const before = structuredClone(user);
    const operations = [
      { op: 'replace', path: 'userName', value: 'other' },
      { op: 'replace', path: 'emails[type eq "none"].value', value: 'x' },
    ];
    expect(refusalOf(() => patched(user, operations))).toBe('noTarget');
    expect(user).toEqual(before);
  });

  test('changes that cancel out are no change', () => {
    const operations = [
      { op: 'add', path: 'title', value: 'Guide' },
      { op: 'remove', path: 'title' },
    ];
    expect(patched(user, operations)).toBe(user);
  });
});

describe('where a value filter makes the entry it describes', () => {
  const options = () => ({ createUnmatched: true, reading: tolerant() });

  test.each([
    [
      'replace',
      'phoneNumbers[type eq "work"].value',
      '555',
      'phoneNumbers',
      [{ type: 'work', value: '555' }],
    ],
    ['Add', 'roles[primary eq "True"].value', 'Admin', 'roles', [{ primary: true, value: 'Admin' }]],
    ['add', 'ims[type eq "xmpp"]', { value: 'mira' }, 'ims', [{ type: 'xmpp', value: 'mira' }]],
    ['add', 'ims[type eq "XMPP"].value', 'mira', 'ims', [{ type: 'XMPP', value: 'mira' }]],
  ])('%s %s', (op, path, value, name, expected) => {
    const { reading, ...others } = options();
    expect(patched(user, [{ op, path, value }], { reading, ...others })[name]).toEqual(expected);
    expect(reading.notes.map(([quirk]) => quirk)).toContain('unmatched-filter-made-entry');
  });

  test('the new entry takes the primary mark its filter speaks of', () => {
    const operation = {
      op: 'add',
      path: 'emails[primary eq true and type eq "other"].value',
      value: 'x@new.example',
    };
    expect(patched(user, [operation], options()).emails).toEqual([
      { ...user.emails[0], primary: false },
      user.emails[1],
      { primary: true, type: 'other', value: 'x@new.example' },
    ]);
  });

  test('an entry that only lacked the type is completed', () => {
    const held = { ...user, emails: [{ value: 'mira@orchard.example', primary: true }] };
    const operation = { op: 'replace', path: 'emails[type eq "work"].value', value: 'mira@orchard.example' };
    expect(patched(held, [operation], options()).emails).toEqual([user.emails[0]]);
  });

  test('a filter that describes no entry is noTarget still', () => {
    const operation = { op: 'add', path: 'emails[type sw "x"].value', value: 'x' };
    expect(refusalOf(() => patched(user, [operation], options()))).toBe('noTarget');
  });
});

describe('the interoperability profile, read strictly', () => {
  test('replacing a complex attribute replaces it whole', () => {
    const operation = { op: 'replace', path: 'name', value: { givenName: 'Mir' } };
    expect(patched(user, [operation], { reading: strict() }).name).toEqual({ givenName: 'Mir' });
  });

  test('adding to a complex attribute merges', () => {
    const operation = { op: 'add', path: 'name', value: { givenName: 'Mir' } };
    expect(patched(user, [operation], { reading: strict() }).name).toEqual({
      ...user.name,
      givenName: 'Mir',
    });
  });

  test('a value filter that matches several entries is invalidFilter', () => {
    const operation = { op: 'replace', path: 'addresses[locality eq "Orchard"].region', value: 'CA' };
    expect(refusalOf(() => patched(user, [operation], { reading: strict() }))).toBe('invalidFilter');
  });
});

describe('any operations', () => {
  test('RFC 7644 §3.5.2: the engine agrees with a naive model', () => {
    fc.assert(
      fc.property(
        models,
        fc.array(operations, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (model, list, createUnmatched) => {
          const before = structuredClone(model);
          const expected = naive(model, list, createUnmatched);
          const run = () => patched(model as Attributes, list, { type: modelType, createUnmatched });
          if (expected === undefined) expect(refusalOf(run)).toBe('noTarget');
          else {
            const result = run();
            expect(result).toEqual(expected);
            if (sorted(expected) === sorted(model)) expect(result).toBe(model);
          }
          expect(model).toEqual(before);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('no JSON makes it throw anything but a ProtocolError, nor touches Object.prototype', () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const paths = fc.oneof(
      fc.constantFrom(
        'name',
        'emails',
        'emails[type eq "work"].value',
        'emails.primary',
        '__proto__',
        'name.__proto__',
      ),
      fc.constantFrom(enterpriseUserUrn, `${enterpriseUserUrn}:manager`, 'roles[value eq "a"]', 'active'),
      fc.string(),
    );
    const operation = fc.record(
      {
        op: fc.constantFrom('add', 'replace', 'remove'),
        path: paths,
        value: fc.oneof(fc.jsonValue(), fc.dictionary(paths, fc.jsonValue())),
      },
      { requiredKeys: ['op'] },
    );
    const bodies = fc.oneof(
      fc.jsonValue(),
      fc.record({
        schemas: fc.constant([patchOpUrn]),
        Operations: fc.array(fc.oneof(operation, fc.jsonValue())),
      }),
    );
    fc.assert(
      fc.property(bodies, fc.boolean(), fc.boolean(), (body, isStrict, createUnmatched) => {
        const reading = isStrict ? strict() : tolerant();
        try {
          const steps = planPatch(userType, JSON.parse(JSON.stringify(body)), reading);
          applyPatch(userType, user, steps, { createUnmatched }, reading);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      }),
      { numRuns: 500 },
    );
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });
});
