// The two readers of the filter AST, SQL and JSON, must agree on every filter over every directory.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { currentUserType } from '../../../server/attributes/org-user-type.ts';
import { saveAttributes } from '../../../server/attributes/save-attributes.ts';
import { inTransaction } from '../../../server/db/transaction.ts';
import { addGroup } from '../../../server/groups/change-group.ts';
import { addMember } from '../../../server/members/add-member.ts';
import type { Attributes } from '../../../server/scim/protocol/attribute.ts';
import { type Filter, parseFilter, printFilter } from '../../../server/scim/protocol/filter.ts';
import { matchFilter } from '../../../server/scim/protocol/filter-match.ts';
import { resolveFilter } from '../../../server/scim/protocol/filter-resolve.ts';
import { groupType } from '../../../server/scim/protocol/group-schema.ts';
import { userType } from '../../../server/scim/protocol/user-schema.ts';
import { countResources, listResources } from '../../../server/scim/resource-store.ts';
import { customAttributeSchema, customAttributeTypes } from '../../../shared/custom-attributes.ts';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const own = 'urn:ietf:params:scim:schemas:extension:rollcall-larkspur-foundry:2.0:User';

/** One attribute of each type that an org may define, and one of several values. */
const ownAttributes = customAttributeTypes
  .flatMap((type) => [
    { name: type, type },
    { name: `${type}s`, type, multiValued: true },
  ])
  .concat({ name: 'exact', type: 'string', caseExact: true } as never)
  .map((one) => customAttributeSchema.parse(one));

/** People made to collide: letter case beyond ASCII, absent values, several values, empty strings, an odd manager. */
const people: readonly Attributes[] = [
  {
    userName: 'noor@larkspur.example',
    displayName: 'Noor Haddad',
    title: 'Kiln lead',
    active: true,
    name: { givenName: 'Noor', familyName: 'Haddad' },
    externalId: 'X-1',
    [own]: {
      string: 'Kiln',
      exact: 'Kiln',
      boolean: true,
      integer: 9,
      decimal: 1.5,
      dateTime: '2026-11-02T09:00:00.000Z',
      reference: 'https://larkspur.example/A',
      strings: ['Glaze', 'fire'],
      booleans: [true, false],
      integers: [2, 10],
      decimals: [0.5, 9],
      dateTimes: ['2026-11-02T09:00:00.000Z', '2026-12-02T09:00:00.000Z'],
      references: ['https://larkspur.example/a'],
    },
    emails: [
      { value: 'noor@larkspur.example', type: 'work', primary: true },
      { value: 'n@home.example', type: 'home' },
    ],
  },
  {
    userName: 'ÅSA@larkspur.example',
    displayName: 'Åsa Öberg',
    active: false,
    nickName: '',
    name: { familyName: 'ÖBERG' },
    externalId: 'x-1',
    locale: 'sv-SE',
    [own]: {
      string: 'KILN',
      exact: 'KILN',
      boolean: false,
      integer: 10,
      decimal: 10,
      dateTime: '2026-11-02T10:00:00.000Z',
      reference: 'https://larkspur.example/a',
      strings: ['GLAZE'],
      booleans: [false],
      integers: [9],
    },
    emails: [{ value: 'ÅSA@larkspur.example', type: 'work' }],
  },
  {
    userName: 'οδοσ',
    displayName: 'ΟΔΟΣ',
    active: true,
    userType: 'Employee',
    [enterprise]: { department: 'Glazing', employeeNumber: 'K-1', manager: { value: 'nobody' } },
  },
  {
    userName: 'İpek',
    active: true,
    title: 'kiln LEAD',
    phoneNumbers: [{ value: '+44 1', type: 'work' }, { type: 'mobile' }],
    roles: [{ value: 'Admin', primary: true }, { value: 'Auditor' }],
    [enterprise]: { department: 'glazing' },
  },
  {
    userName: 'z',
    active: true,
    displayName: '😀 smile',
    title: '\uffee wide',
    emails: [{ type: 'work' }, { value: 'Z@X.example', primary: false }],
  },
];

const paths = [
  'userName',
  'displayName',
  'title',
  'active',
  'externalId',
  'nickName',
  'name.familyName',
  'name',
  'emails',
  'emails.type',
  'emails.value',
  'emails.primary',
  'phoneNumbers.type',
  'roles.value',
  'userType',
  'id',
  'schemas',
  'meta.created',
  'meta.lastModified',
  'meta.resourceType',
  'meta.version',
  'meta.location',
  'groups',
  'groups.display',
  'groups.value',
  `${enterprise}:department`,
  `${enterprise}:manager`,
  `${enterprise}:manager.displayName`,
  `${enterprise}:employeeNumber`,
];
const texts = [
  'Noor Haddad',
  'noor',
  'KILN lead',
  'åsa öberg',
  'ÖBERG',
  'οδος',
  'ΟΔΟΣ',
  'ipek',
  'work',
  'home',
  '',
  'x-1',
  'X-1',
  'glazing',
  '😀',
  '\uffee',
  'Admin',
  'Kiln',
  'User',
  'sv-se',
  '@larkspur.example',
  'W/"1"',
  '2026-11-02T09:00:00Z',
  '2026-11-02T10:00:00+01:00',
  'nobody',
];

const ownValues: Readonly<Record<(typeof customAttributeTypes)[number], readonly string[]>> = {
  string: ['"kiln"', '"KILN"', '"glaze"', '"i"', '""'],
  boolean: ['true', 'false', 'true', 'false', 'null'],
  integer: ['9', '10', '2', '-1', 'null'],
  decimal: ['1.5', '10', '9', '0.5', 'null'],
  dateTime: [
    '"2026-11-02T09:00:00Z"',
    '"2026-11-02T11:00:00+01:00"',
    '"2026-12-02T09:00:00.000Z"',
    '"2026-01-01T00:00:00Z"',
    'null',
  ],
  reference: ['"https://larkspur.example/a"', '"https://larkspur.example/A"', '"https"', '"/a"', 'null'],
};
const ownComparison = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...ownAttributes),
        fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'),
        fc.nat(4),
      )
      .map(([{ name, type }, op, n]) => `${own}:${name} ${op} ${ownValues[type][n]}`),
  },
  { weight: 2, arbitrary: fc.constantFrom(...ownAttributes).map(({ name }) => `${own}:${name} pr`) },
  { weight: 1, arbitrary: fc.constantFrom(`schemas eq "${own}"`, 'displayName sw "noor"') },
);

/** Filters over those attributes, of every shape; many of them make no sense and are refused, which is fine. */
const comparison = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...paths),
        fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'),
        fc.oneof(
          fc.constantFrom(...texts).map((text) => JSON.stringify(text)),
          fc.constantFrom('true', 'false', 'null'),
        ),
      )
      .map(([path, op, value]) => `${path} ${op} ${value}`),
  },
  { weight: 2, arbitrary: fc.constantFrom(...paths).map((path) => `${path} pr`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom('emails', 'phoneNumbers', 'roles', 'name', 'groups'),
        fc.constantFrom(
          'type eq "work"',
          'value pr',
          'value co "a"',
          'primary eq true',
          'not (type eq "work")',
          'type eq "work" and value co "@"',
          'value eq "ÅSA@larkspur.example"',
          'type eq "WORK" and value eq "noor@larkspur.example"',
          'familyName sw "h"',
          'display eq "KILN"',
          'type ne "home" or value ew "example"',
        ),
      )
      .map(([path, inner]) => `${path}[${inner}]`),
  },
);
const combined = (comparisons: fc.Arbitrary<string>) =>
  fc.letrec((tie) => ({
    filter: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      comparisons,
      fc
        .tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter'))
        .map(([a, op, b]) => `(${a}) ${op} (${b})`),
      tie('filter').map((inner) => `not (${inner})`),
    ),
  })).filter as fc.Arbitrary<string>;
const filters = combined(comparison);
const ownFilters = combined(ownComparison);

describe.each(databases)('on %s', (database) => {
  let server: ScimServer;
  let users: readonly Attributes[];
  let groups: readonly Attributes[];

  beforeAll(async () => {
    server = await startScimServer({ database });
    const { db } = server.deps.database;
    const base = {
      orgId: server.orgId,
      connectionId: server.connectionId,
      actor: { kind: 'operator', id: 'test' },
      requestId: 'r',
      secret: server.deps.secret,
    } as const;
    for (const [version, attribute] of ownAttributes.entries())
      await saveAttributes({ ...server.deps, db }, base, { version, step: { kind: 'add', attribute } });
    const ids: string[] = [];
    for (const [index, person] of people.entries()) {
      const now = server.clock.now + index * 60_000;
      ids.push((await inTransaction(db, (trx) => addMember({ ...base, trx, now }, person))).id);
    }
    const now = server.clock.now;
    await inTransaction(db, (trx) =>
      addGroup({ ...base, trx, now }, { displayName: 'Kiln' }, ids.slice(0, 2)),
    );
    await inTransaction(db, (trx) =>
      addGroup({ ...base, trx, now }, { displayName: 'KILN night', externalId: 'g' }, ids.slice(1, 3)),
    );
    await inTransaction(db, (trx) => addGroup({ ...base, trx, now }, { displayName: 'Empty' }, []));
    await server.scim('PATCH', `/Users/${ids[2]}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: `${enterprise}:manager.value`, value: ids[0] }],
    });
    users = (await server.scim('GET', '/Users?count=100')).body.Resources;
    groups = (await server.scim('GET', '/Groups')).body.Resources;
    expect(users).toHaveLength(people.length + 1);
  });
  afterAll(() => server.close());

  const both = async (
    text: string,
    type: typeof userType | typeof groupType,
    resources: readonly Attributes[],
  ) => {
    const request = {
      type,
      orgId: server.orgId,
      connectionId: server.connectionId,
      base: server.baseUrl,
      filter: resolveFilter(parseFilter(text), type, 'absent'),
    };
    const rows = await listResources(server.deps.database, request, { offset: 0, limit: 100 });
    const bySql = rows.map((row) => row.id);
    const byJson = resources
      .filter((resource) => matchFilter(request.filter, resource))
      .map((resource) => resource.id);
    return { bySql, byJson, count: await countResources(server.deps.database, request) };
  };
  const agree = async (
    text: string,
    type: typeof userType | typeof groupType,
    resources: readonly Attributes[],
  ) => {
    let filter: Filter;
    try {
      filter = parseFilter(text);
      resolveFilter(filter, type, 'absent');
    } catch {
      return false;
    }
    const { bySql, byJson, count } = await both(printFilter(filter), type, resources);
    expect(bySql, text).toEqual(byJson);
    expect(count, text).toBe(byJson.length);
    return true;
  };

  test('every generated filter over users finds the same people in SQL as in JSON', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(filters, async (text) => {
        if (await agree(text, userType, users)) compared++;
      }),
      { numRuns: 600 },
    );
    expect(compared).toBeGreaterThan(150);
  });

  test('every generated filter over an org’s own attributes finds the same people in SQL as in JSON', async () => {
    const { declared } = await currentUserType(server.deps.database.db, server.orgId);
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(ownFilters, async (text) => {
        if (await agree(text, declared, users)) compared++;
      }),
      { numRuns: 400 },
    );
    expect(compared).toBeGreaterThan(150);
  });

  test.each([
    'members pr',
    'members eq "x"',
    'displayName eq "kiln"',
    'displayName sw "kiln"',
    'members.type eq "user"',
    'members.display co "noor"',
    'members[display sw "å"]',
    'not (members pr)',
    'members[type eq "User" and display ew "example"]',
    'externalId pr',
    'externalId ne "g"',
    'meta.resourceType eq "Group"',
    'displayName co "I" and not (externalId pr)',
    'members.value ne "x"',
    'schemas eq "urn:ietf:params:scim:schemas:core:2.0:Group"',
    'displayName gt "empty"',
  ])('the group filter %s finds the same groups in SQL as in JSON', async (text) => {
    expect(await agree(text, groupType, groups)).toBe(true);
  });

  test('a filter by the id of a member or a group finds the same in SQL as in JSON', async () => {
    const [group] = groups;
    const members = (group?.members ?? []) as readonly { readonly value: string }[];
    const member = members[0]?.value ?? 'nobody';
    expect(await agree(`members.value eq "${member}"`, groupType, groups)).toBe(true);
    expect(await agree(`members[value eq "${member.toUpperCase()}"]`, groupType, groups)).toBe(true);
    expect(await agree(`groups.value eq "${group?.id}"`, userType, users)).toBe(true);
    expect(await agree(`id eq "${member}" and ${enterprise}:manager eq "${member}"`, userType, users)).toBe(
      true,
    );
    expect(await agree(`${enterprise}:manager.value eq "${member}"`, userType, users)).toBe(true);
    expect(await agree(`${enterprise}:manager.displayName eq "noor HADDAD"`, userType, users)).toBe(true);
  });
});
