import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeMembers } from '../../../server/provisioning/change-members.ts';
import type { MemberActionRequest } from '../../../shared/member-action.ts';
import { type Directory, type Entrance, openDirectory } from '../../helpers/directory.ts';
import { databases, operator } from '../../helpers/scim-server.ts';

describe.each(databases)('one action for many members, on %s', (database) => {
  let directory: Directory;
  let okta: Entrance;
  let managed: string;
  beforeAll(async () => {
    directory = await openDirectory(database);
    okta = await directory.connect('Our Okta');
    const attributes = { userName: 'managed', displayName: 'Per Okonjo' };
    managed = (await okta.apply({ kind: 'provision-member', attributes })).member.id;
  });
  afterAll(() => directory.close());

  let added = 0;
  const add = async (count: number) => {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) {
      const attributes = { userName: `person-${++added}` };
      const standing = { role: 'member', invitedAt: null, joinedAt: 1 } as const;
      ids.push(
        (await directory.byHand.apply({ kind: 'add-member-by-hand', attributes, standing })).member.id,
      );
    }
    return ids;
  };
  const change = (request: MemberActionRequest) =>
    changeMembers(directory.deps, { ...operator, orgId: directory.orgId }, request);
  const rows = async (ids: readonly string[]) => {
    const found = await directory.db.selectFrom('members').selectAll().where('id', 'in', ids).execute();
    return ids.map((id) => found.find((row) => row.id === id));
  };
  const statuses = async (ids: readonly string[]) => (await rows(ids)).map((row) => row?.status);

  test('each is done or refused by itself, and the undo is for those who were done', async () => {
    const [noor = '', zoe = ''] = await add(2);
    await change({ action: { kind: 'deactivate' }, ids: [zoe] });
    const ids = [noor, managed, zoe, 'nobody', noor, directory.ownerId];
    const { outcomes, undo } = await change({ action: { kind: 'deactivate' }, ids });
    expect(outcomes).toEqual([
      { id: noor, outcome: 'done' },
      {
        id: managed,
        outcome: 'refused',
        code: 'member.managed',
        sentence: expect.stringContaining('Per Okonjo is managed by "Our Okta"'),
      },
      { id: zoe, outcome: 'refused', code: 'member.wrong_status', sentence: expect.any(String) },
      { id: 'nobody', outcome: 'refused', code: 'member.not_found', sentence: expect.any(String) },
      { id: directory.ownerId, outcome: 'refused', code: 'member.last_owner', sentence: expect.any(String) },
    ]);
    expect(undo).toEqual([{ action: { kind: 'reactivate' }, ids: [noor] }]);
    expect(await statuses([noor, managed, zoe])).toEqual(['deactivated', 'not_invited', 'deactivated']);
  });

  test.each([
    { action: { kind: 'block', reason: 'Lost laptop' }, becomes: 'blocked' },
    { action: { kind: 'deactivate' }, becomes: 'deactivated' },
    { action: { kind: 'remove' }, becomes: undefined },
    { action: { kind: 'change-role', role: 'admin' }, becomes: 'active' },
  ] as const)('$action.kind is undone, and the undo undone', async ({ action, becomes }) => {
    const ids = await add(20);
    const first = await change({ action, ids });
    expect(first.outcomes).toEqual(ids.map((id) => ({ id, outcome: 'done' })));
    expect(await statuses(ids)).toEqual(ids.map(() => becomes));
    const again: MemberActionRequest[] = [];
    for (const request of first.undo) again.push(...(await change(request)).undo);
    expect(await statuses(ids)).toEqual(ids.map(() => 'active'));
    expect((await rows(ids)).map((row) => row?.role)).toEqual(ids.map(() => 'member'));
    expect(again).toEqual([{ action: action.kind === 'block' ? { ...action } : action, ids }]);
  });

  test('roles that differed come back as they were', async () => {
    const [noor = '', zoe = ''] = await add(2);
    await change({ action: { kind: 'change-role', role: 'admin' }, ids: [noor] });
    const { undo } = await change({ action: { kind: 'change-role', role: 'owner' }, ids: [noor, zoe] });
    expect(undo).toEqual([
      { action: { kind: 'change-role', role: 'admin' }, ids: [noor] },
      { action: { kind: 'change-role', role: 'by-groups' }, ids: [zoe] },
    ]);
    for (const request of undo) await change(request);
    expect((await rows([noor, zoe])).map((row) => [row?.role, row?.role_by_hand])).toEqual([
      ['admin', 1],
      ['member', 0],
    ]);
  });

  test('a server has its turn between the slices', async () => {
    const ids = await add(40);
    let turns = 0;
    const tick = () => {
      turns += 1;
      if (turns > 0) timer = setImmediate(tick);
    };
    let timer = setImmediate(tick);
    await change({ action: { kind: 'block', reason: null }, ids });
    clearImmediate(timer);
    expect(turns).toBeGreaterThanOrEqual(5);
  });
});
