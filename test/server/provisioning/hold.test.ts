import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listSessions } from '../../../server/auth/session-store.ts';
import { approveHold } from '../../../server/provisioning/hold-approve.ts';
import { listHeld, listHolds } from '../../../server/provisioning/hold-list.ts';
import { restoreHold } from '../../../server/provisioning/hold-restore.ts';
import { anyVersion, type Directory, type Entrance, openDirectory } from '../../helpers/directory.ts';
import { followHistory } from '../../helpers/history.ts';
import { databases } from '../../helpers/scim-server.ts';
import { newSession } from '../../helpers/sessions.ts';

describe.each(databases)('a held removal, on %s', (database) => {
  let directory: Directory;
  let okta: Entrance;
  let ids: readonly string[];
  let admins: string;
  let crew: string;
  beforeEach(async () => {
    directory = await openDirectory(database);
    okta = await directory.connect('Our Okta');
    const people: string[] = [];
    for (let n = 0; n < 30; n++) {
      const attributes = { userName: `p${n}@larkspur.example`, displayName: `Person ${n}` };
      people.push((await okta.apply({ kind: 'provision-member', attributes })).member.id);
    }
    ids = people;
    admins = await addGroup('Admins', ids.slice(0, 3));
    await directory.db
      .insertInto('role_mappings')
      .values({ org_id: directory.orgId, group_id: admins, role: 'admin', priority: 1 })
      .execute();
    await directory.db
      .updateTable('members')
      .set({ role: 'admin' })
      .where('id', 'in', ids.slice(0, 3))
      .execute();
    await directory.db
      .updateTable('members')
      .set({ status: 'active', joined_at: 2, invited_at: 1 })
      .where('id', 'in', ids.slice(0, 20))
      .execute();
    crew = await addGroup('Crew', [...ids.slice(0, 25), admins]);
  });
  afterEach(() => directory.close());

  const asked = () =>
    ({ orgId: directory.orgId, actor: { kind: 'member', id: directory.ownerId }, requestId: 'r' }) as const;
  const addGroup = async (displayName: string, memberIds: readonly string[]) =>
    (await okta.apply({ kind: 'add-group', attributes: { displayName }, memberIds })).group.id;
  const remove = (id: string | undefined) =>
    okta.apply({ kind: 'remove-member', id: id ?? '', isExpected: anyVersion });
  const removeGroup = (id: string) => okta.apply({ kind: 'remove-group', id, isExpected: anyVersion });
  const deactivate = (id: string | undefined) =>
    okta.apply({
      kind: 'edit-member',
      id: id ?? '',
      edit: (current) => ({ ...current, active: false }),
      isExpected: anyVersion,
    });
  const restore = (id: string | undefined) => restoreHold(directory.deps, asked(), id ?? '');
  const openHolds = () => listHolds(directory.db, directory.orgId, { openOnly: true });

  /** Everything about people and groups that a person would notice. */
  const picture = async () => {
    const members = await directory.db
      .selectFrom('members')
      .select([
        'id',
        'user_name',
        'connection_id',
        'role',
        'role_by_hand',
        'status',
        'active',
        'joined_at',
        'created_at',
      ])
      .orderBy('id')
      .execute();
    const groups = await directory.db
      .selectFrom('groups')
      .select(['id', 'display_name'])
      .orderBy('id')
      .execute();
    const memberships = await directory.db
      .selectFrom('group_members')
      .select(['group_id', 'member_id', 'kind'])
      .orderBy('group_id')
      .orderBy('member_id')
      .execute();
    return { members, groups, memberships };
  };

  /** Takes away what a wrong assignment in an identity provider takes away, in an awkward order. */
  const strip = async () => {
    await removeGroup(admins);
    for (const id of ids.slice(0, 8)) await deactivate(id);
    for (const id of ids.slice(4, 12)) await remove(id);
    await removeGroup(crew);
    for (const id of ids.slice(12, 15)) await remove(id);
  };

  test('is restored to what was there before, in one go; sessions stay ended', async () => {
    const before = await picture();
    for (const n of [0, 13])
      await directory.db
        .insertInto('sessions')
        .values({ ...newSession(directory.orgId, ids[n] ?? '', `of ${n}`), last_used_at: null })
        .execute();
    await strip();
    expect(await picture()).not.toEqual(before);
    const [hold] = await openHolds();
    expect(hold).toMatchObject({
      connection: { id: okta.connectionId, name: 'Our Okta' },
      openedAt: directory.clock.now,
      people: 15,
      groups: 2,
    });
    const told = await followHistory(directory.db, directory.orgId);
    directory.clock.now += 1000;

    expect(await restore(hold?.id)).toEqual({ people: 15, refused: [] });
    expect(await picture()).toEqual(before);
    for (const n of [0, 13])
      expect(await listSessions(directory.db, directory.orgId, ids[n] ?? '', 0)).toEqual([]);
    const { events, audit } = await told();
    expect(events.at(-1)).toEqual({
      type: 'hold.restored',
      subject: okta.connectionId,
      by: directory.ownerId,
      data: { holdId: hold?.id, people: 15 },
    });
    expect(audit.at(-1)).toMatchObject({ action: 'hold.restored', changes: { hold: [hold?.id, null] } });
    expect(events.filter(({ type }) => type === 'member.put_back')).toHaveLength(11);
    expect(events.filter(({ type }) => type === 'member.reactivated')).toHaveLength(8);
    expect(await openHolds()).toEqual([]);
    expect(await listHolds(directory.db, directory.orgId)).toMatchObject([
      { id: hold?.id, ended: 'restored', endedAt: directory.clock.now, people: 15 },
    ]);
    await expect(restore(hold?.id)).rejects.toMatchObject({ code: 'hold.ended' });
  });

  test('says who cannot be brought back and why, and brings back everybody else', async () => {
    for (const id of ids.slice(0, 12)) await remove(id);
    const [hold] = await openHolds();
    await okta.apply({ kind: 'provision-member', attributes: { userName: 'P3@larkspur.example' } });
    await directory.db
      .updateTable('tombstones')
      .set({ document: null })
      .where('id', '=', ids[5] ?? '')
      .execute();
    const { people, refused } = await restore(hold?.id);
    expect(people).toBe(10);
    expect(refused).toEqual([
      { subject: { kind: 'member', id: ids[5] }, code: 'member.erased', sentence: expect.any(String) },
      {
        subject: { kind: 'member', id: ids[3] },
        code: 'member.identity_taken',
        sentence: expect.stringContaining(
          'Person 3 cannot be put back: P3@larkspur.example has the user name',
        ),
      },
    ]);
    const held = await listHeld(directory.db, directory.orgId, hold?.id ?? '');
    expect(held.filter(({ present }) => !present).map(({ subject }) => subject.id)).toEqual([ids[5], ids[3]]);
  });

  test('a role that went with a membership comes back and stays, whatever the groups say', async () => {
    await okta.apply({
      kind: 'edit-group',
      id: admins,
      edit: (current) => current,
      steps: [{ op: 'remove', ids: [ids[0] ?? ''] }],
      isExpected: anyVersion,
    });
    for (const id of ids.slice(3, 14)) await remove(id);
    const [hold] = await openHolds();
    expect(hold).toMatchObject({ people: 12 });
    await restore(hold?.id);
    const { members } = await picture();
    expect(members.find(({ id }) => id === ids[0])).toMatchObject({ role: 'admin', role_by_hand: 1 });
  });

  test('goes on where a restoring that was interrupted stopped', async () => {
    const before = await picture();
    for (const id of ids.slice(3)) await remove(id);
    const [hold] = await openHolds();
    let calls = 0;
    const interrupted = {
      ...directory.deps,
      now: () => {
        calls += 1;
        if (calls > 2) throw new Error('the power went out');
        return directory.clock.now;
      },
    };
    await expect(restoreHold(interrupted, asked(), hold?.id ?? '')).rejects.toThrow('the power went out');
    const back = (await picture()).members.length;
    expect(back).toBeGreaterThan(4);
    expect(back).toBeLessThan(before.members.length);
    expect(await openHolds()).toHaveLength(1);
    expect(await restore(hold?.id)).toEqual({ people: 27, refused: [] });
    expect(await picture()).toEqual(before);
  });

  test('what joins while it is restored is restored as well', async () => {
    for (const id of ids.slice(0, 15)) await deactivate(id);
    const [hold] = await openHolds();
    const removing = (async () => {
      for (const id of ids.slice(15, 25)) await remove(id);
    })();
    const { refused } = await restore(hold?.id);
    await removing;
    expect(refused).toEqual([]);
    const held = await listHeld(directory.db, directory.orgId, hold?.id ?? '');
    expect(held.length).toBeGreaterThanOrEqual(15);
    expect(held.every(({ present }) => present)).toBe(true);
  });

  test('is approved: nobody comes back, counting begins anew, and it cannot be ended twice', async () => {
    for (const id of ids.slice(0, 11)) await remove(id);
    const [hold] = await openHolds();
    const told = await followHistory(directory.db, directory.orgId);
    await approveHold(directory.deps, asked(), hold?.id ?? '');
    expect((await told()).events).toEqual([
      {
        type: 'hold.approved',
        subject: okta.connectionId,
        by: directory.ownerId,
        data: { holdId: hold?.id, people: 11 },
      },
    ]);
    expect((await picture()).members).toHaveLength(20);
    for (const id of ids.slice(11, 21)) await remove(id);
    expect(await openHolds()).toEqual([]);
    await remove(ids[21]);
    expect(await openHolds()).toMatchObject([{ people: 11 }]);
    await expect(approveHold(directory.deps, asked(), hold?.id ?? '')).rejects.toMatchObject({
      code: 'hold.ended',
      message: 'Somebody approved this removal already. Nothing was changed.',
    });
    await expect(restore(hold?.id)).rejects.toMatchObject({ code: 'hold.ended' });
  });

  test('of two who decide at the same moment, one does', async () => {
    for (const id of ids.slice(0, 11)) await remove(id);
    const [hold] = await openHolds();
    const approve = () => approveHold(directory.deps, asked(), hold?.id ?? '');
    const outcomes = await Promise.allSettled([approve(), approve(), approve()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('is listed with names while they are kept, in pages', async () => {
    await removeGroup(crew);
    for (const id of ids.slice(0, 11)) await remove(id);
    const [hold] = await openHolds();
    const first = await listHeld(directory.db, directory.orgId, hold?.id ?? '', { limit: 5 });
    expect(first.map(({ name, email, present }) => [name, email, present])).toEqual(
      [10, 9, 8, 7, 6].map((n) => [`Person ${n}`, `p${n}@larkspur.example`, false]),
    );
    const before = first.at(-1)?.seq ?? 0;
    const rest = await listHeld(directory.db, directory.orgId, hold?.id ?? '', { before });
    expect(rest).toHaveLength(7);
    expect(rest.at(-1)).toMatchObject({
      what: 'group_removed',
      subject: { kind: 'group', id: crew },
      name: 'Crew',
    });
    await directory.db
      .updateTable('tombstones')
      .set({ document: null })
      .where('id', '=', ids[10] ?? '')
      .execute();
    const [erased] = await listHeld(directory.db, directory.orgId, hold?.id ?? '', { limit: 1 });
    expect(erased).toMatchObject({ name: null, email: null, subject: { id: ids[10] } });
  });

  test('is nobody else’s', async () => {
    const other = await directory.found('Quarry & Sons');
    for (const id of ids.slice(0, 11)) await remove(id);
    const [hold] = await openHolds();
    const theirs = { ...asked(), orgId: other.orgId };
    expect(await listHolds(directory.db, other.orgId)).toEqual([]);
    const id = hold?.id ?? '';
    for (const attempt of [
      () => approveHold(directory.deps, theirs, id),
      () => restoreHold(directory.deps, theirs, id),
      () => listHeld(directory.db, other.orgId, id),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'hold.not_found' });
    expect(await openHolds()).toHaveLength(1);
  });
});
