import { describe, expect, test } from 'vitest';
import {
  type Attributes,
  attribute,
  type Json,
  type ResourceType,
} from '../../../../server/scim/protocol/attribute.ts';
import { parseFilter } from '../../../../server/scim/protocol/filter.ts';
import { matchElement, matchFilter } from '../../../../server/scim/protocol/filter-match.ts';
import { resolveFilter } from '../../../../server/scim/protocol/filter-resolve.ts';
import { coreUserUrn, userType } from '../../../../server/scim/protocol/user-schema.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const kiln = 'urn:kiln.example:User';

const kilnUser: ResourceType = {
  ...userType,
  extensions: [
    ...userType.extensions,
    {
      required: false,
      schema: {
        id: kiln,
        name: 'KilnUser',
        description: '',
        attributes: [
          attribute('rank', 'integer', ''),
          attribute('constructor', 'string', ''),
          attribute('tags', 'string', '', { multiValued: true }),
        ],
      },
    },
  ],
};

const ines: Attributes = {
  schemas: [coreUserUrn, enterprise, kiln],
  id: 'A-1',
  externalId: 'Okta-7',
  userName: 'Ines.Öztürk@kiln.example',
  name: { givenName: 'Ines', familyName: "O'Malley" },
  title: 'Glazer',
  active: false,
  emails: [
    { value: 'Ines@kiln.example', type: 'work', primary: true },
    { value: 'ines@home.example', type: 'home' },
    { value: 'old@kiln.example' },
  ],
  groups: [],
  [enterprise]: { department: 'Ovens', manager: { value: 'B-2' } },
  [kiln]: { rank: 0, tags: ['Raku', 'Salt'] },
  meta: { resourceType: 'User', created: '2026-01-02T03:04:05.000Z', version: 'W/"3"' },
};

function matches(text: string, resource: Attributes = ines): boolean {
  return matchFilter(resolveFilter(parseFilter(text), kilnUser), resource);
}

const table = (yes: readonly string[], no: readonly string[]) => [
  ...yes.map((text) => [text, true] as const),
  ...no.map((text) => [text, false] as const),
];

describe('RFC 7644 §3.4.2.2, table 3: operators on one value', () => {
  test.each(
    table(
      [
        'userName eq "INES.öZTÜRK@KILN.example"',
        'id eq "A-1"',
        'externalId eq "Okta-7"',
        'userName co "ÖZT"',
        'userName sw "ines"',
        'userName ew ".EXAMPLE"',
        'title co "glazer"',
        'title co ""',
        'title sw ""',
        'title ew ""',
        'title gt "glazeq"',
        'title ge "GLAZER"',
        'title le "glazer"',
        'title lt "glazers"',
        'active eq false',
        'active ne true',
        'rank eq 0',
        'rank lt 1',
        'rank ge 0',
        'meta.created eq "2026-01-02T04:04:05+01:00"',
        'meta.created gt "2026-01-02T03:04:04.999Z"',
        'meta.version eq "W/\\"3\\""',
        'schemas eq "urn:kiln.example:User"',
        'urn:ietf:params:scim:schemas:core:2.0:User:name.familyName co "o\'m"',
        `${enterprise}:department eq "ovens"`,
        'manager eq "b-2"',
      ],
      [
        'id eq "a-1"',
        'externalId sw "okta"',
        'title eq "glaze"',
        'title gt "glazer"',
        'title lt "glazer"',
        'active eq true',
        'active ne false',
        'rank gt 0',
        'rank ne 0',
        'meta.created lt "2026-01-02T03:04:05Z"',
        'meta.resourceType eq "user"',
        'schemas eq "urn:ietf:params:scim:schemas:core:2.0:user"',
      ],
    ),
  )('%s → %s', (text, answer) => {
    expect(matches(text)).toBe(answer);
  });
});

describe('a value that is absent', () => {
  test.each(
    table(
      [
        'nickName ne "x"',
        'nickName eq null',
        'not (nickName eq "x")',
        'not (nickName pr)',
        'name.middleName ne "x"',
        `${enterprise}:costCenter ne "x"`,
        'phoneNumbers ne "x"',
        'phoneNumbers.type ne "work"',
        'constructor ne "x"',
      ],
      [
        'nickName eq "x"',
        'nickName co ""',
        'nickName ge ""',
        'nickName lt "x"',
        'nickName pr',
        'nickName ne null',
        'constructor pr',
        'phoneNumbers eq "x"',
        'phoneNumbers pr',
        'groups pr',
        'phoneNumbers[type ne "work"]',
        'phoneNumbers[not (type eq "work")]',
      ],
    ),
  )('%s → %s', (text, answer) => {
    expect(matches(text)).toBe(answer);
  });
});

describe('RFC 7644 §3.4.2.2: several values, any of which may match', () => {
  test.each(
    table(
      [
        'emails eq "INES@home.example"',
        'emails.type eq "home"',
        'emails.type ne "work"',
        'emails.display ne "x"',
        'emails.type eq "work" and emails.value eq "ines@home.example"',
        'emails[type eq "work" and value ew "@KILN.example"]',
        'emails[type ne "work" and value sw "old"]',
        'emails[not (type pr)]',
        'emails[type eq null]',
        'emails[primary eq "True"]',
        'emails[primary ne true]',
        'emails.primary pr',
        'name[givenName eq "ines" and familyName pr]',
        'tags eq "raku"',
        'tags ne "raku"',
        'tags pr',
      ],
      [
        'emails eq "nobody@kiln.example"',
        'emails[type eq "work" and value eq "ines@home.example"]',
        'emails[type eq "other"]',
        'emails.display pr',
        'emails[primary eq false]',
        'not (emails.type ne "work")',
        'name[givenName eq "ines" and middleName pr]',
        'tags eq "wood"',
      ],
    ),
  )('%s → %s', (text, answer) => {
    expect(matches(text)).toBe(answer);
  });
});

describe('RFC 7644 §3.4.2.2, table 4: logical operators', () => {
  test.each(
    table(
      [
        'title pr and active eq false',
        'nickName pr or title pr',
        'nickName pr and title pr or active eq false',
        'not (nickName pr and title pr)',
      ],
      [
        'title pr and nickName pr',
        'nickName pr or active eq true',
        'nickName pr and (title pr or active eq false)',
      ],
    ),
  )('%s → %s', (text, answer) => {
    expect(matches(text)).toBe(answer);
  });
});

test.each<[Json, boolean]>([
  ['x', true],
  ['', false],
  [null, false],
])('a title of %j is present: %s', (title, answer) => {
  expect(matches('title pr', { title })).toBe(answer);
});

test.each<[Json, boolean]>([
  [{ givenName: 'Ines' }, true],
  [{ givenName: '' }, false],
  [{ givenName: null, familyName: null }, false],
  [{}, false],
])('a name of %j is present: %s', (name, answer) => {
  expect(matches('name pr', { name })).toBe(answer);
  expect(matches('name[not (middleName pr)]', { name })).toBe(answer);
});

test.each<[Json, boolean]>([
  [[{ value: 'a' }], true],
  [[{}], false],
  [[], false],
])('e-mails of %j are present: %s', (emails, answer) => {
  expect(matches('emails pr', { emails })).toBe(answer);
});

test('text is ordered by code point, also beyond the 16-bit range', () => {
  // U+FF5E is one unit above the surrogates of U+1F600, yet the smaller code point.
  expect(matches('title gt "\uff5e"', { title: '😀' })).toBe(true);
  expect(matches('title lt "😀"', { title: '\uff5e' })).toBe(true);
  expect(matches('title lt "😁"', { title: '😀' })).toBe(true);
});

test.each<[string, Json]>([
  ['title', 5],
  ['title', { value: 'x' }],
  ['title', ['x']],
  ['active', 'true'],
  ['emails', { value: 'x' }],
  ['emails', 'x'],
  ['emails', ['x', null]],
  ['name', 'x'],
])('a stored %s of the wrong type (%j) counts as absent in comparisons', (name, value) => {
  const filters = new Map([
    ['title', 'title eq "x"'],
    ['active', 'active eq true'],
    ['emails', 'emails.value eq "x"'],
    ['name', 'name.givenName eq "x"'],
  ]);
  const text = filters.get(name) ?? '';
  expect(matches(text, { [name]: value })).toBe(false);
  expect(matches(text.replace(' eq ', ' ne '), { [name]: value })).toBe(true);
});

test('an attribute that the resource type lacks never matches across resource types', () => {
  const across = (text: string) => matchFilter(resolveFilter(parseFilter(text), userType, 'absent'), ines);
  expect(across('members eq "x"')).toBe(false);
  expect(across('members ne "x"')).toBe(true);
  expect(across('members pr or title pr')).toBe(true);
});

test('one element of a value path is matched by itself', () => {
  const filter = resolveFilter(parseFilter('emails[type eq "work" and primary eq true]'), userType);
  if (filter.kind !== 'valuePath') throw new Error('a value path was expected');
  expect(matchElement(filter.filter, { type: 'WORK', primary: true })).toBe(true);
  expect(matchElement(filter.filter, { type: 'work' })).toBe(false);
  expect(matchElement(filter.filter, 'work')).toBe(false);
});
