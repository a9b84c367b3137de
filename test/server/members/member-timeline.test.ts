import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf, inChange } from '../../../server/audit/change-context.ts';
import { putBackGroup } from '../../../server/groups/put-back-group.ts';
import { changeRoleMappings } from '../../../server/groups/role-mapping.ts';
import { memberTimeline, type TimelineEntry } from '../../../server/members/member-timeline.ts';
import { putBackMember } from '../../../server/members/put-back-member.ts';
import { databases, operator, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

const patchOf = (...operations: readonly object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: operations,
});

describe.each(databases)('groups in a timeline, on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database, kind: 'okta' });
  });
  afterAll(() => server.close());

  const create = async (path: '/Users' | '/Groups', body: object): Promise<string> => {
    const schema = `urn:ietf:params:scim:schemas:core:2.0:${path === '/Users' ? 'User' : 'Group'}`;
    const answer = await server.scim('POST', path, { schemas: [schema], ...body });
    expect(answer.status).toBe(201);
    return answer.body.id;
  };
  const person = (userName: string) => create('/Users', { userName });
  const group = (displayName: string, ...ids: readonly string[]) =>
    create('/Groups', { displayName, members: ids.map((value) => ({ value })) });
  const patch = async (id: string, ...operations: readonly object[]) => {
    const { status } = await server.scim('PATCH', `/Groups/${id}`, patchOf(...operations));
    expect(status).toBeLessThan(300);
  };
  const add = (id: string, member: string) =>
    patch(id, { op: 'add', path: 'members', value: [{ value: member }] });
  const remove = (id: string, member: string) =>
    patch(id, { op: 'remove', path: `members[value eq "${member}"]` });
  const putBack = (id: string) => {
    const actor = { kind: 'member', id: server.ownerId } as const;
    return inChange(changeDepsOf(server.deps), { orgId: server.orgId, actor, requestId: 'r' }, (context) =>
      putBackGroup(context, id),
    );
  };
  const timeline = (memberId: string, page: { before?: number; limit: number } = { limit: 50 }) =>
    memberTimeline(server.deps, server.orgId, { memberId, ...page });
  /** The sentences from the oldest on, without how the person came. */
  const story = async (memberId: string) =>
    (await timeline(memberId)).entries
      .map(({ sentence }) => sentence)
      .toReversed()
      .slice(1);

  test('who comes and goes with the group, in order, by the name that it has now', async () => {
    const [noor, ines] = [await person('noor'), await person('ines')];
    const crew = await group('Kiln Crew', noor);
    const leads = await group('Glaze Leads', noor, ines);
    await add(crew, ines);
    await remove(leads, noor);
    await patch(leads, { op: 'replace', path: 'displayName', value: 'Glaze Masters' });
    expect(await story(noor)).toEqual([
      'Joined the group Kiln Crew by Our okta',
      'Joined the group Glaze Masters by Our okta',
      'Left the group Glaze Masters by Our okta',
    ]);
    expect(await story(ines)).toEqual([
      'Joined the group Glaze Masters by Our okta',
      'Joined the group Kiln Crew by Our okta',
    ]);
    const [latest] = (await timeline(noor)).entries;
    expect(latest).toEqual({
      seq: expect.any(Number),
      at: server.clock.now,
      type: 'group.members_changed',
      actor: { kind: 'connection', id: server.connectionId, name: 'Our okta' },
      sentence: 'Left the group Glaze Masters by Our okta',
    });
  });

  test('a group replaced as a whole tells those who moved only', async () => {
    const [stays, goes, comes] = [await person('stays'), await person('goes'), await person('comes')];
    const id = await group('Throwers', stays, goes);
    await patch(id, { op: 'replace', path: 'members', value: [{ value: stays }, { value: comes }] });
    const joined = 'Joined the group Throwers by Our okta';
    expect(await story(stays)).toEqual([joined]);
    expect(await story(goes)).toEqual([joined, 'Left the group Throwers by Our okta']);
    expect(await story(comes)).toEqual([joined]);
  });

  test('a group removed, and put back: everybody in it left, and is in it again', async () => {
    const [vera, left] = [await person('vera'), await person('left')];
    const id = await group('Short Shift', vera, left);
    await remove(id, left);
    expect((await server.scim('DELETE', `/Groups/${id}`)).status).toBe(204);
    const joined = 'Joined the group Short Shift by Our okta';
    expect(await story(vera)).toEqual([joined, 'Left the group Short Shift, which was removed by Our okta']);
    expect(await story(left)).toEqual([joined, 'Left the group Short Shift by Our okta']);
    await putBack(id);
    expect((await story(vera)).at(-1)).toMatch(/^Joined the group Short Shift by ada/);
    expect(await story(left)).toHaveLength(2);
  });

  test('a person removed: how many groups they left, and how many they are in again', async () => {
    const tove = await person('tove');
    const [stays] = [await group('Stays', tove), await group('Goes', tove)];
    const goes = await group('Goes, too', tove);
    expect((await server.scim('DELETE', `/Users/${tove}`)).status).toBe(204);
    expect((await server.scim('DELETE', `/Groups/${goes}`)).status).toBe(204);
    await inChange(changeDepsOf(server.deps), { ...operator, orgId: server.orgId }, (context) =>
      putBackMember(context, tove),
    );
    const [back, gone] = (await timeline(tove)).entries;
    expect([gone?.sentence, gone?.detail]).toEqual(['Removed by Our okta', '3 groups left']);
    expect([back?.sentence, back?.detail]).toEqual([
      'Put back by the operator',
      'not invited yet · in 2 groups again',
    ]);
    await remove(stays, tove);
    expect((await story(tove)).at(-1)).toBe('Left the group Stays by Our okta');
  });

  test('a role that a group gives names the group', async () => {
    const petra = await person('petra');
    const owners = await group('Studio Keepers');
    const asked = { ...operator, orgId: server.orgId };
    const deps = changeDepsOf(server.deps);
    await changeRoleMappings(deps, asked, [{ groupId: owners, role: 'admin' }]);
    await add(owners, petra);
    await remove(owners, petra);
    const told = (await timeline(petra)).entries.map(({ sentence, detail }) => [sentence, detail]);
    expect(told.slice(0, 4)).toEqual([
      ['Role changed from admin to member by Our okta', undefined],
      ['Left the group Studio Keepers by Our okta', undefined],
      ['Role changed from member to admin by Our okta', 'through the group Studio Keepers'],
      ['Joined the group Studio Keepers by Our okta', undefined],
    ]);
    await changeRoleMappings(deps, asked, []);
  });

  test('pages of any size visit everything once, in the same order', async () => {
    const busy = await person('busy');
    const id = await group('Revolving Door');
    for (let round = 0; round < 4; round++) {
      await add(id, busy);
      const active = patchOf({ op: 'replace', path: 'active', value: round % 2 === 1 });
      expect((await server.scim('PATCH', `/Users/${busy}`, active)).status).toBe(200);
      await remove(id, busy);
    }
    const whole = (await timeline(busy)).entries;
    expect(whole).toHaveLength(13);
    expect(whole.map(({ seq }) => seq)).toEqual(whole.map(({ seq }) => seq).toSorted((a, b) => b - a));
    for (const limit of [1, 2, 3, 12, 13, 14]) {
      const visited: TimelineEntry[] = [];
      let page = await timeline(busy, { limit });
      visited.push(...page.entries);
      while (page.next !== null) {
        page = await timeline(busy, { limit, before: page.next });
        visited.push(...page.entries);
      }
      expect(visited).toEqual(whole);
    }
  });

  test('the history of another org is not looked into', async () => {
    const stranger = await person('stranger');
    await group('Strangers', stranger);
    const query = { memberId: stranger, limit: 9 };
    expect((await memberTimeline(server.deps, server.orgId, query)).entries).toHaveLength(2);
    expect(await memberTimeline(server.deps, 'another', query)).toEqual({ entries: [], next: null });
  });
});
