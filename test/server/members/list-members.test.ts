import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countMembers, listMembers } from '../../../server/members/list-members.ts';
import { bytewise, foundBy, wordsOf } from '../../../server/members/member-search.ts';
import { memberRoles, memberStatuses } from '../../../shared/member.ts';
import { type MemberListQuery, memberListQuerySchema, memberSorts } from '../../../shared/member-list.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { type Invented, inventMembers } from '../../helpers/invented-members.ts';
import { databases } from '../../helpers/scim-server.ts';

/** So many that some filters are met by more than are worth fetching, and others by fewer. */
const people = 1600;

/** What the list has to give, worked out without an index: filters, then order, those without a value last. */
function expected(members: readonly Invented[], query: MemberListQuery): readonly string[] {
  const { search, status, role, groupId, connectionId, waiting, department, sort, direction } = query;
  const met = members
    .filter((one) => status === undefined || one.status === status)
    .filter((one) => role === undefined || one.role === role)
    .filter((one) => groupId === undefined || one.groups.includes(groupId))
    .filter((one) => connectionId === undefined || (one.connectionId ?? 'none') === connectionId)
    .filter((one) => waiting === undefined || (one.waitingSince !== null) === waiting)
    .filter((one) => department === undefined || one.department?.toLowerCase() === department.toLowerCase());
  const words = wordsOf(search ?? '');
  if (words.length > 0) {
    const leading = words.toSorted((a, b) => b.length - a.length)[0] ?? '';
    const found = met.flatMap(({ id, text }) => ({ id, term: foundBy(text, leading, words) ?? '' }));
    return found
      .filter(({ term }) => term !== '')
      .sort((a, b) => bytewise(a.term, b.term) || bytewise(a.id, b.id))
      .map(({ id }) => id);
  }
  const sortValue = (one: Invented) =>
    ({ name: one.nameNorm, email: one.emailNorm, newest: one.seq, changed: one.changedAt })[sort];
  const natural = sort === 'name' || sort === 'email' ? 'ascending' : 'descending';
  const sign = (direction ?? natural) === 'ascending' ? 1 : -1;
  const compare = (a: Invented, b: Invented) => {
    const [left, right] = [sortValue(a), sortValue(b)];
    if (left === null || right === null)
      return Number(left === null) - Number(right === null) || sign * (a.seq - b.seq);
    return left === right ? sign * (a.seq - b.seq) : left < right ? -sign : sign;
  };
  return met.toSorted(compare).map(({ id }) => id);
}

describe.each(databases)('the list of members, on %s', (database) => {
  let directory: Directory;
  let members: readonly Invented[];
  let connections: readonly string[];
  let groups: readonly string[];
  beforeAll(async () => {
    directory = await openDirectory(database);
    const okta = await directory.connect('Our Okta');
    const entra = await directory.connect('Our Entra');
    connections = [okta.connectionId, entra.connectionId];
    ({ members, groups } = await inventMembers(directory, people, connections));
    const other = await directory.found('Another Company');
    await inventMembers(other, 20, []);
  });
  afterAll(() => directory.close());

  const deps = () => ({
    database: directory.database,
    now: directory.deps.now,
    secret: directory.deps.secret,
  });
  const list = (query: Partial<MemberListQuery>) =>
    listMembers(deps(), directory.orgId, memberListQuerySchema.parse(query));

  async function walk(query: Partial<MemberListQuery>) {
    const ids: string[] = [];
    const totals = new Set<number | null>();
    let cursor: string | undefined;
    do {
      const page = await list(cursor === undefined ? query : { ...query, cursor });
      ids.push(...page.rows.map(({ id }) => id));
      totals.add(page.total);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return { ids, totals: [...totals] };
  }

  const optionally = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });
  const queries = () =>
    fc.record({
      search: optionally(
        fc.constantFrom('a', 'ho', 'holm', 'ADA', 'ada ho', 'sal', 'holm ada', 'zz', 'larkspur', ' ', 'åda'),
      ),
      status: optionally(fc.constantFrom(...memberStatuses)),
      role: optionally(fc.constantFrom(...memberRoles)),
      groupId: optionally(fc.constantFrom(...groups, 'no such group')),
      connectionId: optionally(fc.constantFrom(...connections, 'none', 'no such connection')),
      waiting: optionally(fc.boolean()),
      department: optionally(fc.constantFrom('Sales', 'human RESOURCES', 'Nobody’s')),
      sort: fc.constantFrom(...memberSorts),
      direction: optionally(fc.constantFrom('ascending' as const, 'descending' as const)),
      limit: fc.constantFrom(61, 137, 200),
    });

  test('pages visit each member who meets the filters exactly once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(queries(), async (query) => {
        const { ids, totals } = await walk(query);
        const wanted = expected(members, query as MemberListQuery);
        expect(ids).toEqual(wanted);
        expect(totals.length).toBe(1);
        expect([null, wanted.length]).toContain(totals[0]);
      }),
      { numRuns: 120 },
    );
  });

  test.each(memberSorts)('sorted by %s alone, from both ends and with each single filter', async (sort) => {
    for (const direction of ['ascending', 'descending'] as const) {
      for (const filter of [{}, ...memberStatuses.map((status) => ({ status }))]) {
        const query = { ...filter, sort, direction, limit: 200 };
        const wanted = expected(members, query);
        expect(await walk(query)).toEqual({ ids: wanted, totals: [wanted.length] });
      }
    }
  });

  test('a page that begins at the number of a row has what the list has there, whatever the filters', async () => {
    await fc.assert(
      fc.asyncProperty(queries(), fc.nat({ max: people + 5 }), async (query, at) => {
        const wanted = expected(members, query as MemberListQuery);
        const asked = list({ ...query, at });
        const { total, rows, nextCursor } = await asked.catch(async (error) => {
          expect(error).toMatchObject({ code: 'list.uncounted' });
          expect((await list(query)).total).toBe(null);
          return { total: null, rows: [], nextCursor: null };
        });
        if (total === null && at > 0) return;
        expect(rows.map(({ id }) => id)).toEqual(wanted.slice(at, at + query.limit));
        if (nextCursor === null) return;
        const following = await list({ ...query, cursor: nextCursor });
        expect(following.rows[0]?.id).toBe(wanted[at + query.limit]);
      }),
      { numRuns: 120 },
    );
    for (const sort of memberSorts)
      for (const at of [1, 800, 1500, people]) {
        const query = { sort, at, limit: 200 };
        const ids = (await list(query)).rows.map(({ id }) => id);
        expect(ids).toEqual(expected(members, query as MemberListQuery).slice(at, at + 200));
      }
  });

  test('a cursor is good for its own query and org only, for a day', async () => {
    const query = { sort: 'name', status: 'active', limit: 10 } as const;
    const cursor = (await list(query)).nextCursor ?? '';
    expect(cursor).not.toBe('');
    expect((await list({ ...query, cursor, limit: 20 })).rows).toHaveLength(20);
    const invalid = { code: 'cursor.invalid' };
    await expect(list({ ...query, cursor, status: 'invited' })).rejects.toMatchObject(invalid);
    await expect(list({ ...query, cursor, direction: 'descending' })).rejects.toMatchObject(invalid);
    await expect(list({ ...query, cursor: `${cursor}x` })).rejects.toMatchObject(invalid);
    await expect(list({ ...query, cursor: 'rollcall' })).rejects.toMatchObject(invalid);
    const elsewhere = listMembers(deps(), 'another org', memberListQuerySchema.parse({ ...query, cursor }));
    await expect(elsewhere).rejects.toMatchObject(invalid);
    const later = { ...deps(), now: () => directory.clock.now + 24 * 3_600_000 };
    const tooLate = listMembers(later, directory.orgId, memberListQuerySchema.parse({ ...query, cursor }));
    await expect(tooLate).rejects.toMatchObject(invalid);
  });

  test('counts are exact, in all and by connection', async () => {
    for (const connectionId of [undefined, ...connections, 'none']) {
      const theirs = members.filter(
        (one) => connectionId === undefined || (one.connectionId ?? 'none') === connectionId,
      );
      const counts = await countMembers(deps(), directory.orgId, connectionId);
      expect(counts).toEqual({
        total: theirs.length,
        byStatus: Object.fromEntries(
          memberStatuses.map((status) => [status, theirs.filter((one) => one.status === status).length]),
        ),
        waiting: theirs.filter((one) => one.waitingSince !== null).length,
      });
    }
  });
});

test.each([
  { limit: 0 },
  { limit: 201 },
  { search: 'a\0b' },
  { search: 'half of a pair: \ud83d' },
  { status: 'gone' },
  { sort: 'shoe size' },
  { orgId: 'another' },
])('a query that cannot be meant is refused: %j', (query) => {
  expect(memberListQuerySchema.safeParse(query).success).toBe(false);
});

describe.each(databases)('a row of the list, on %s', (database) => {
  let directory: Directory;
  beforeAll(async () => {
    directory = await openDirectory(database);
  });
  afterAll(() => directory.close());

  test('says who somebody is, where they stand and when that changed last', async () => {
    const okta = await directory.connect('Our Okta');
    const attributes = {
      userName: 'noor',
      name: { givenName: 'Noor', familyName: 'Haddad' },
      emails: [{ value: 'Noor@larkspur.example', type: 'work' }],
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Foundry' },
    };
    const { member } = await okta.apply({ kind: 'provision-member', attributes });
    for (const displayName of ['First', 'Second', 'Third', 'Fourth'])
      await okta.apply({ kind: 'add-group', attributes: { displayName }, memberIds: [member.id] });
    directory.clock.now += 60_000;
    await directory.byHand.apply({ kind: 'block-member', id: member.id, reason: null });
    const { rows } = await listMembers(
      { ...directory.deps, database: directory.database },
      directory.orgId,
      memberListQuerySchema.parse({ search: 'noor' }),
    );
    expect(rows).toEqual([
      {
        id: member.id,
        name: 'Noor Haddad',
        email: 'Noor@larkspur.example',
        userName: 'noor',
        status: 'blocked',
        waitingSince: null,
        role: 'member',
        roleByHand: false,
        department: 'Foundry',
        connectionId: okta.connectionId,
        groups: { names: ['First', 'Second', 'Third'], total: 4 },
        lastChange: directory.clock.now,
        mailFailure: null,
        invitedAt: null,
      },
    ]);
  });
});
