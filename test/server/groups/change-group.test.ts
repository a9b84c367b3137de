import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findTombstone } from '../../../server/db/tombstone-store.ts';
import type { MembershipStep } from '../../../server/groups/change-memberships.ts';
import type { Edit } from '../../../server/provisioning/move-member.ts';
import { anyVersion, type Directory, type Entrance, openDirectory } from '../../helpers/directory.ts';
import { followHistory, nothingTold, type Told } from '../../helpers/history.ts';
import { databases } from '../../helpers/scim-server.ts';

describe.each(databases)('a group changes, on %s', (database) => {
  let directory: Directory;
  let okta: Entrance;
  let entra: Entrance;
  let told: () => Promise<Told>;
  /** Ines, Noor and Per, whom Okta manages. */
  let ines: string;
  let noor: string;
  let per: string;
  beforeAll(async () => {
    directory = await openDirectory(database);
    okta = await directory.connect('Our Okta');
    entra = await directory.connect('Our Entra');
    const provision = async (userName: string) =>
      (await okta.apply({ kind: 'provision-member', attributes: { userName } })).member.id;
    ines = await provision('ines');
    noor = await provision('noor');
    per = await provision('per');
    told = await followHistory(directory.db, directory.orgId);
  });
  afterAll(() => directory.close());

  const add = async (displayName: string, memberIds: readonly string[] = [], entrance = okta) => {
    const { group } = await entrance.apply({ kind: 'add-group', attributes: { displayName }, memberIds });
    await told();
    return group;
  };
  const edit = (id: string, change: Edit, steps: readonly MembershipStep[] = [], entrance = okta) =>
    entrance.apply({ kind: 'edit-group', id, edit: change, steps, isExpected: anyVersion });
  const step = (id: string, ...steps: MembershipStep[]) => edit(id, (current) => current, steps);
  const remove = (id: string, entrance = okta) =>
    entrance.apply({ kind: 'remove-group', id, isExpected: anyVersion });
  const rowOf = (id: string) =>
    directory.db.selectFrom('groups').selectAll().where('id', '=', id).executeTakeFirst();
  const membersOf = async (id: string) =>
    new Set(
      (
        await directory.db
          .selectFrom('group_members')
          .select('member_id')
          .where('group_id', '=', id)
          .execute()
      ).map((row) => row.member_id),
    );

  test('added with its members', async () => {
    const { group, outcome, changed } = await okta.apply({
      kind: 'add-group',
      attributes: { displayName: 'Gießer', externalId: 'g1' },
      memberIds: [ines, noor, ines],
    });
    expect({ outcome, changed }).toEqual({ outcome: 'created', changed: ['displayName', 'members'] });
    expect(await rowOf(group.id)).toMatchObject({
      connection_id: okta.connectionId,
      display_name: 'Gießer',
      external_id: 'g1',
      version: 1,
    });
    expect(await membersOf(group.id)).toEqual(new Set([ines, noor]));
    const by = okta.connectionId;
    const requestId = 'request of Our Okta';
    const subject = group.id;
    const { events, audit } = await told();
    expect(events).toEqual([
      { type: 'group.added', subject, by, data: { displayName: 'Gießer' } },
      {
        type: 'group.members_changed',
        subject,
        by,
        data: { added: expect.toSatisfy(sameIds([ines, noor])), removed: [] },
      },
    ]);
    expect(audit).toEqual([
      { action: 'group.added', subject, by, requestId, changes: { displayName: [null, 'Gießer'] } },
      {
        action: 'group.members_changed',
        subject,
        by,
        requestId,
        changes: { members: [[], expect.toSatisfy(sameIds([ines, noor]))] },
      },
    ]);
  });

  test('P6: added without members', async () => {
    const group = await add('Empty');
    expect(await membersOf(group.id)).toEqual(new Set());
  });

  test('P6: a name that there is already, in any letter case: refused, and nothing is written', async () => {
    await add('Night shift');
    const add2 = okta.apply({
      kind: 'add-group',
      attributes: { displayName: 'NIGHT SHIFT' },
      memberIds: [],
    });
    await expect(add2).rejects.toMatchObject({ code: 'group.name_taken' });
    const byEntra = entra.apply({
      kind: 'add-group',
      attributes: { displayName: 'Night shift' },
      memberIds: [],
    });
    await expect(byEntra).rejects.toMatchObject({ code: 'group.name_taken' });
    expect(await told()).toEqual(nothingTold);
  });

  test('an unknown member: refused with the id, and nothing of the request is written', async () => {
    const missing = '0199a000-0000-7000-8000-000000000000';
    const adding = okta.apply({
      kind: 'add-group',
      attributes: { displayName: 'Never' },
      memberIds: [ines, missing],
    });
    await expect(adding).rejects.toMatchObject({
      code: 'group.unknown_members',
      status: 400,
      message: expect.stringContaining(missing),
    });
    const group = await add('Stays as it is', [ines]);
    const rename: Edit = (current) => ({ ...current, displayName: 'Renamed' });
    await expect(
      edit(group.id, rename, [
        { op: 'remove', ids: [ines] },
        { op: 'add', ids: [missing] },
      ]),
    ).rejects.toMatchObject({ code: 'group.unknown_members' });
    expect(await told()).toEqual(nothingTold);
    expect(await rowOf(group.id)).toMatchObject({ display_name: 'Stays as it is', version: 1 });
    expect(await membersOf(group.id)).toEqual(new Set([ines]));
  });

  test('another connection’s member is as unknown as one that never was', async () => {
    const { member } = await entra.apply({
      kind: 'provision-member',
      attributes: { userName: 'theirs' },
    });
    const group = await add('Ours only');
    await expect(step(group.id, { op: 'add', ids: [member.id] })).rejects.toMatchObject({
      code: 'group.unknown_members',
    });
    await told();
  });

  test('renamed', async () => {
    const group = await add('Old name', [ines]);
    directory.clock.now += 1000;
    const result = await edit(group.id, (current) => ({ ...current, displayName: 'New name' }));
    expect(result).toMatchObject({ outcome: 'updated', changed: ['displayName'] });
    expect(await rowOf(group.id)).toMatchObject({
      display_name: 'New name',
      display_name_norm: 'new name',
      version: 2,
      updated_at: directory.clock.now,
    });
    const { events, audit } = await told();
    expect(events).toMatchObject([{ type: 'group.updated', data: { changed: ['displayName'] } }]);
    expect(audit).toMatchObject([
      { action: 'group.updated', changes: { displayName: ['Old name', 'New name'] } },
    ]);
    const recased = await edit(group.id, (current) => ({ ...current, displayName: 'NEW NAME' }));
    expect(recased).toMatchObject({ outcome: 'updated' });
    await expect(edit((await add('Third')).id, () => ({ displayName: 'new name' }))).rejects.toMatchObject({
      code: 'group.name_taken',
    });
    await told();
  });

  test('members come and go, and the logs tell the sum of the steps', async () => {
    const group = await add('Moving', [ines]);
    const added = await step(
      group.id,
      { op: 'add', ids: [noor, per, noor] },
      { op: 'remove', ids: [ines] },
      { op: 'add', ids: [ines] },
    );
    expect(added).toMatchObject({ outcome: 'updated', changed: ['members'], group: { version: 2 } });
    expect((await told()).events).toMatchObject([
      {
        type: 'group.members_changed',
        data: { added: expect.toSatisfy(sameIds([noor, per])), removed: [] },
      },
    ]);
    await step(group.id, { op: 'replace', ids: [per] });
    expect(await membersOf(group.id)).toEqual(new Set([per]));
    expect((await told()).events).toMatchObject([
      { data: { added: [], removed: expect.toSatisfy(sameIds([ines, noor])) } },
    ]);
    await step(group.id, { op: 'remove-where', matches: ({ display }) => display === 'per' });
    expect(await membersOf(group.id)).toEqual(new Set());
    await step(group.id, { op: 'replace', ids: [ines, noor] });
    await step(group.id, { op: 'remove-all' });
    expect(await membersOf(group.id)).toEqual(new Set());
    expect((await rowOf(group.id))?.version).toBe(6);
    await told();
  });

  test.each<readonly [string, (present: string, absent: string) => readonly MembershipStep[]]>([
    ['adding who is in it', (present) => [{ op: 'add', ids: [present] }]],
    ['removing who is not', (_present, absent) => [{ op: 'remove', ids: [absent] }]],
    ['replacing by the same', (present) => [{ op: 'replace', ids: [present, present] }]],
    [
      'in and out again',
      (_present, absent) => ['add', 'remove'].map((op) => ({ op: op as 'add', ids: [absent] })),
    ],
    ['out and in again', (present) => ['remove', 'add'].map((op) => ({ op: op as 'add', ids: [present] }))],
  ])('%s changes neither version nor logs', async (says, stepsFor) => {
    const group = await add(`Still: ${says}`, [ines]);
    directory.clock.now += 1000;
    const result = await step(group.id, ...stepsFor(ines, noor));
    expect(result).toMatchObject({ outcome: 'unchanged', changed: [] });
    expect(await rowOf(group.id)).toMatchObject({ version: 1, updated_at: group.updated_at });
    expect(await told()).toEqual(nothingTold);
  });

  test('a group in a group: in it as a group, and gone from it when it is removed', async () => {
    const inner = await add('Inner', [ines]);
    const outer = await add('Outer', [inner.id, noor]);
    const kinds = await directory.db
      .selectFrom('group_members')
      .select(['member_id', 'kind'])
      .where('group_id', '=', outer.id)
      .execute();
    expect(new Map(kinds.map(({ member_id, kind }) => [member_id, kind]))).toEqual(
      new Map([
        [inner.id, 'Group'],
        [noor, 'User'],
      ]),
    );
    directory.clock.now += 1000;
    await remove(inner.id);
    expect(await membersOf(outer.id)).toEqual(new Set([noor]));
    expect(await rowOf(outer.id)).toMatchObject({ version: 2, updated_at: directory.clock.now });
    await told();
  });

  test('one that nobody manages is adopted: same id, members as sent', async () => {
    const byHand = await directory.byHand.apply({
      kind: 'add-group',
      attributes: { displayName: 'By hand' },
      memberIds: [],
    });
    expect(byHand.group.connection_id).toBeNull();
    await told();
    const { group, outcome } = await okta.apply({
      kind: 'add-group',
      attributes: { displayName: 'BY HAND', externalId: 'g9' },
      memberIds: [ines],
    });
    expect({ id: group.id, outcome }).toEqual({ id: byHand.group.id, outcome: 'adopted' });
    expect(await rowOf(group.id)).toMatchObject({
      connection_id: okta.connectionId,
      display_name: 'BY HAND',
      external_id: 'g9',
      version: 2,
    });
    const { events, audit } = await told();
    expect(events.map(({ type }) => type).sort()).toEqual(['group.adopted', 'group.members_changed']);
    expect(audit.find(({ action }) => action === 'group.adopted')).toMatchObject({
      changes: { connection: [null, okta.connectionId] },
    });
  });

  test('removed: a tombstone stays, its members stay in the directory, and the name is free', async () => {
    const group = await add('Short-lived', [ines, noor]);
    await remove(group.id);
    expect(await rowOf(group.id)).toBeUndefined();
    expect(await membersOf(group.id)).toEqual(new Set());
    expect(await findTombstone(directory.db, directory.orgId, group.id)).toMatchObject({
      kind: 'Group',
      connection_id: okta.connectionId,
      removed_at: directory.clock.now,
    });
    const { events, audit } = await told();
    expect(events).toMatchObject([
      { type: 'group.removed', subject: group.id, data: { displayName: 'Short-lived' } },
    ]);
    expect(audit).toMatchObject([
      { action: 'group.removed', changes: { displayName: ['Short-lived', null] } },
    ]);
    await expect(step(group.id)).rejects.toMatchObject({ code: 'group.not_found' });
    await expect(remove(group.id)).rejects.toMatchObject({ code: 'group.not_found' });
    expect((await add('SHORT-LIVED')).id).not.toBe(group.id);
  });

  test('another connection’s group does not exist for this one', async () => {
    const group = await add('Theirs alone', [], entra);
    await expect(step(group.id, { op: 'remove-all' })).rejects.toMatchObject({ code: 'group.not_found' });
    await expect(remove(group.id)).rejects.toMatchObject({ code: 'group.not_found' });
    expect(await told()).toEqual(nothingTold);
  });

  test('a version that is not the expected one: refused', async () => {
    const group = await add('Versioned');
    const renaming = okta.apply({
      kind: 'edit-group',
      id: group.id,
      edit: () => ({ displayName: 'Never' }),
      steps: [],
      isExpected: (version) => version === 7,
    });
    await expect(renaming).rejects.toMatchObject({ code: 'resource.changed' });
  });

  test('more members than a statement takes at once', async () => {
    const many = await addManyMembers(directory, okta.connectionId, 1203);
    const group = await add('Many', many);
    expect(await membersOf(group.id)).toEqual(new Set(many));
    await step(group.id, { op: 'remove-where', matches: ({ display }) => display.endsWith('3') });
    expect((await membersOf(group.id)).size).toBe(many.length - many.filter((_, n) => n % 10 === 3).length);
    await step(group.id, { op: 'replace', ids: [...many.slice(600), ines] });
    expect(await membersOf(group.id)).toEqual(new Set([...many.slice(600), ines]));
  });
});

function sameIds(expected: readonly string[]) {
  return (actual: unknown) =>
    JSON.stringify([...(actual as string[])].sort()) === JSON.stringify([...expected].sort());
}

async function addManyMembers(
  directory: Directory,
  connectionId: string,
  n: number,
): Promise<readonly string[]> {
  const template = await directory.db
    .selectFrom('members')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .executeTakeFirstOrThrow();
  const { seq: _seq, ...row } = template;
  const rows = Array.from({ length: n }, (_, index) => ({
    ...row,
    id: `0199b000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    user_name: `many-${index}`,
    user_name_norm: `many-${index}`,
  }));
  for (let start = 0; start < n; start += 500) {
    await directory.db
      .insertInto('members')
      .values(rows.slice(start, start + 500))
      .execute();
  }
  return rows.map(({ id }) => id);
}
