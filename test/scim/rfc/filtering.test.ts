// RFC 7644 §3.4.2.2 over HTTP: which people each filter finds. The grammar itself has unit tests of its own.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import {
  createGroup,
  createUser,
  enterpriseUrn,
  expectError,
  find,
  names,
  owner,
  userUrn,
} from './resources.ts';

const people = [
  {
    userName: 'jbrook',
    name: { familyName: "O'Hara", givenName: 'Jun' },
    title: 'Ferry pilot',
    userType: 'Employee',
    externalId: 'Ext-1',
    emails: [{ value: 'jun@harbour.example', type: 'work', primary: true }],
  },
  {
    userName: 'Jasper',
    userType: 'Intern',
    active: false,
    emails: [
      { value: 'jasper@harbour.example', type: 'home' },
      { value: 'jasper@pier.example', type: 'work' },
    ],
    ims: [{ value: 'jasper@chat.example', type: 'xmpp' }],
  },
  { userName: 'Ölof', title: 'Quay clerk', userType: 'Employee', [enterpriseUrn]: { department: 'Docks' } },
  { userName: 'mono', displayName: 'He said "hi" \\ bye' },
];

/** Figure 2 of the RFC with our people: each filter and whom it finds, in the order of creation. */
const figure2: readonly [string, readonly string[]][] = [
  ['userName eq "jbrook"', ['jbrook']],
  ['name.familyName co "O\'Hara"', ['jbrook']],
  ['userName sw "J"', ['jbrook', 'Jasper']],
  [`${userUrn}:userName sw "J"`, ['jbrook', 'Jasper']],
  ['title pr', ['jbrook', 'Ölof']],
  ['meta.lastModified gt "2011-05-13T04:42:34Z"', [owner, 'jbrook', 'Jasper', 'Ölof', 'mono']],
  ['meta.lastModified ge "2011-05-13T04:42:34Z"', [owner, 'jbrook', 'Jasper', 'Ölof', 'mono']],
  ['meta.lastModified lt "2011-05-13T04:42:34Z"', []],
  ['meta.lastModified le "2011-05-13T04:42:34Z"', []],
  ['title pr and userType eq "Employee"', ['jbrook', 'Ölof']],
  ['title pr or userType eq "Intern"', ['jbrook', 'Jasper', 'Ölof']],
  [`schemas eq "${enterpriseUrn}"`, ['Ölof']],
  ['userType eq "Employee" and (emails co "harbour.example" or emails.value co "pier.example")', ['jbrook']],
  [
    'userType ne "Employee" and not (emails co "harbour.example" or emails.value co "pier.example")',
    [owner, 'mono'],
  ],
  ['userType eq "Employee" and (emails.type eq "work")', ['jbrook']],
  ['userType eq "Employee" and emails[type eq "work" and value co "@harbour.example"]', ['jbrook']],
  [
    'emails[type eq "work" and value co "@harbour.example"] or ims[type eq "xmpp" and value co "@chat.example"]',
    ['jbrook', 'Jasper'],
  ],
];

/** The operators of table 3 one by one, and what the prose around them says. */
const operators: readonly [string, string, readonly string[]][] = [
  ['eq compares whole values', 'title eq "Ferry"', []],
  ['ne finds other values and none at all', 'title ne "Ferry pilot"', [owner, 'Jasper', 'Ölof', 'mono']],
  ['co finds a part', 'title co "RRY"', ['jbrook']],
  ['sw finds a beginning, the whole included', 'title sw "ferry pilot"', ['jbrook']],
  ['ew finds an end, the whole included', 'title ew "clerk"', ['Ölof']],
  ['ew does not find a beginning', 'title ew "Ferry"', []],
  ['pr finds a complex attribute with anything in it', 'name pr', ['jbrook']],
  ['pr finds a sub-attribute', 'emails.type pr', [owner, 'jbrook', 'Jasper']],
  ['gt is lexicographic on strings', 'userType gt "Employee"', ['Jasper']],
  ['ge includes the value itself', 'userType ge "Employee"', ['jbrook', 'Jasper', 'Ölof']],
  ['lt is lexicographic on strings', 'userType lt "Intern"', ['jbrook', 'Ölof']],
  ['le includes the value itself', 'userType le "Intern"', ['jbrook', 'Jasper', 'Ölof']],
  ['a boolean is compared as one', 'active eq false', ['Jasper']],
  ['the names and operators have no case', 'USERNAME EQ "jbrook" AND Title PR', ['jbrook']],
  ['a string that is not caseExact is compared without case', 'userName eq "JBROOK"', ['jbrook']],
  ['… beyond ASCII too', 'userName eq "öLOF"', ['Ölof']],
  ['a caseExact string is compared with case', 'externalId eq "ext-1"', []],
  ['… and found as it is written', 'externalId eq "Ext-1"', ['jbrook']],
  ['any value of a multi-valued attribute may match', 'emails.value eq "jasper@pier.example"', ['Jasper']],
  [
    'a value path wants one value to match all of it',
    'emails[type eq "work" and value ew "@harbour.example"]',
    ['jbrook'],
  ],
  [
    '… where separate expressions may match different values',
    'emails.type eq "work" and emails.value ew "@harbour.example"',
    ['jbrook', 'Jasper'],
  ],
  ['escapes of JSON strings are understood', 'displayName eq "He said \\"hi\\" \\\\ bye"', ['mono']],
  ['… and \\u too', 'userName eq "\\u00d6lof"', ['Ölof']],
  ['a wildcard of SQL is an ordinary character', 'userName co "%"', []],
  ['… and so is the other', 'userName co "_"', []],
  ['eq null is the absence of a value', 'title eq null', [owner, 'Jasper', 'mono']],
  ['ne null is its presence', 'title ne null', ['jbrook', 'Ölof']],
  ['an extension is reached by its URN', `${enterpriseUrn}:department eq "docks"`, ['Ölof']],
  ['and binds closer than or', 'userName eq "mono" or title pr and userType eq "Intern"', ['mono']],
  [
    'brackets bind closest',
    '(userName eq "mono" or title pr) and userType eq "Employee"',
    ['jbrook', 'Ölof'],
  ],
  ['not turns its brackets round', 'not (title pr)', [owner, 'Jasper', 'mono']],
  ['and not reads as one', 'userType pr and not (title pr)', ['Jasper']],
];

const refused: readonly [string, string][] = [
  ['brackets around nothing', '()'],
  ['no operator', 'userName'],
  ['no value', 'userName eq'],
  ['an operator that nobody knows', 'userName regex "j.*"'],
  ['a bracket that is not closed', '(userName eq "jbrook"'],
  ['a bracket too many', 'userName eq "jbrook")'],
  ['a value path that is not closed', 'emails[type eq "work"'],
  ['a string that is not closed', 'userName eq "jbrook'],
  ['a bare word as a value', 'userName eq jbrook'],
  ['an expression without an operator between', 'userName eq "a" title pr'],
  ['gt on a boolean', 'active gt true'],
  ['lt on a boolean', 'active lt true'],
  ['ge on a binary', 'x509Certificates.value ge "AAAA"'],
  ['co on a boolean', 'active co "t"'],
  ['a text where a boolean belongs', 'active eq "maybe"'],
  ['a number where a string belongs', 'userName eq 7'],
  ['a dateTime that is none', 'meta.created gt "yesterday"'],
  ['an attribute that is not defined', 'favouriteTea eq "oolong"'],
  ['an attribute of another resource type', 'members eq "x"'],
  ['a sub-attribute that is not defined', 'name.nickname eq "x"'],
  ['a value path on an attribute without sub-attributes', 'userName[value eq "x"]'],
];

describe.each(databases)('filtering on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
    for (const person of people) await createUser(server, person);
  });
  afterAll(() => server.close());

  test.each(figure2)('RFC 7644 §3.4.2.2, figure 2: %s', async (filter, found) => {
    const answer = await find(server, '/Users', filter);
    expect(names(answer)).toEqual(found);
    expect(answer.body.totalResults).toBe(found.length);
  });

  test.each(operators)('RFC 7644 §3.4.2.2: %s', async (_rule, filter, found) => {
    expect(names(await find(server, '/Users', filter))).toEqual(found);
  });

  test.each(refused)('RFC 7644 §3.4.2.2: %s is 400 invalidFilter', async (_what, filter) => {
    expectError(await find(server, '/Users', filter), 400, 'invalidFilter');
  });

  test('RFC 7644 §3.4.2.2: the refusal of an unknown operator names it', async () => {
    expect((await find(server, '/Users', 'userName regex "j.*"')).body.detail).toContain('regex');
  });

  test('RFC 7644 §3.4.2.2: a bare complex attribute without "value" cannot be compared', async () => {
    expectError(await find(server, '/Users', 'name eq "Jun"'), 400, 'invalidFilter');
  });

  test('RFC 7644 §3.4.2.2: a dateTime is compared in time, whatever zone it is written in', async () => {
    const server2 = await startScimServer({ database });
    server2.clock.now += 1000;
    const { meta } = await createUser(server2, { userName: 'zoned' });
    const plusTwo = new Date(Date.parse(meta.created) + 7_200_000).toISOString().replace('Z', '+02:00');
    expect(names(await find(server2, '/Users', `meta.created eq "${plusTwo}"`))).toEqual(['zoned']);
    expect(names(await find(server2, '/Users', `meta.created lt "${plusTwo}"`))).toEqual([owner]);
    await server2.close();
  });

  test('RFC 7644 §3.4.2.2: active is filtered by the value that was returned when the client left it out', async () => {
    expect(names(await find(server, '/Users', 'active eq true'))).toEqual([owner, 'jbrook', 'Ölof', 'mono']);
  });

  test('RFC 7644 §3.4.2.2: groups are found by name and by who is in them', async () => {
    const [{ id }] = (await find(server, '/Users', 'userName eq "mono"')).body.Resources;
    await createGroup(server, { displayName: 'Stevedores', members: [{ value: id }], externalId: 'grp-7' });
    await createGroup(server, { displayName: 'Pilots' });
    for (const filter of [
      'displayName eq "STEVEDORES"',
      'externalId eq "grp-7"',
      `members eq "${id}"`,
      `members.value eq "${id}"`,
      `members[value eq "${id}"]`,
      'members pr',
    ]) {
      expect(names(await find(server, '/Groups', filter)), filter).toEqual(['Stevedores']);
    }
    expect(names(await find(server, '/Groups', 'not (members pr)'))).toEqual(['Pilots']);
    expect(names(await find(server, '/Users', 'groups.display eq "Stevedores"'))).toEqual(['mono']);
  });
});
