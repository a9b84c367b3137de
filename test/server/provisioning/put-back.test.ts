import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inChange } from '../../../server/audit/change-context.ts';
import { addSession, listSessions } from '../../../server/auth/session-store.ts';
import { findTombstone } from '../../../server/db/tombstone-store.ts';
import { putBackGroup } from '../../../server/groups/put-back-group.ts';
import { putBackMember } from '../../../server/members/put-back-member.ts';
import { deleteConnection } from '../../../server/provisioning/change-connection.ts';
import { anyVersion, type Directory, type Entrance, openDirectory } from '../../helpers/directory.ts';
import { followHistory, type Told } from '../../helpers/history.ts';
import { databases, operator, startScimServer } from '../../helpers/scim-server.ts';
import { newSession } from '../../helpers/sessions.ts';

describe.each(databases)('what was removed is put back, on %s', (database) => {
  let directory: Directory;
  let okta: Entrance;
  let told: () => Promise<Told>;
  beforeAll(async () => {
    directory = await openDirectory(database);
    okta = await directory.connect('Our Okta');
    told = await followHistory(directory.db, directory.orgId);
  });
  afterAll(() => directory.close());

  const provision = async (userName: string, more: Record<string, string> = {}) => {
    const attributes = {
      userName,
      emails: [{ value: `${userName}@larkspur.example`, type: 'work' }],
      ...more,
    };
    return (await okta.apply({ kind: 'provision-member', attributes })).member.id;
  };
  const addGroup = async (displayName: string, memberIds: readonly string[]) =>
    (await okta.apply({ kind: 'add-group', attributes: { displayName }, memberIds })).group.id;
  const remove = (id: string) => okta.apply({ kind: 'remove-member', id, isExpected: anyVersion });
  const removeGroup = (id: string) => okta.apply({ kind: 'remove-group', id, isExpected: anyVersion });
  const putBack = (id: string) => directory.byHand.apply({ kind: 'put-back-member', id });
  const putGroupBack = (id: string) =>
    inChange(directory.deps, { ...operator, orgId: directory.orgId }, (context) => putBackGroup(context, id));
  const rowsOf = async (id: string) => {
    const of = (table: 'member_emails' | 'member_terms' | 'group_members') =>
      directory.db.selectFrom(table).selectAll().where('member_id', '=', id).execute();
    const member = await directory.db
      .selectFrom('members')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    const { seq: _seq, ...row } = member ?? { seq: 0, version: 0, updated_at: 0 };
    const sorted = (rows: readonly object[]) => rows.map((one) => JSON.stringify(one)).sort();
    return {
      row: { ...row, version: 'moves on', updated_at: 'moves on' },
      version: row.version,
      emails: sorted(await of('member_emails')),
      terms: sorted(await of('member_terms')),
      groups: sorted(await of('group_members')),
    };
  };
  const groupVersion = async (id: string) =>
    (await directory.db.selectFrom('groups').select('version').where('id', '=', id).executeTakeFirstOrThrow())
      .version;

  test('a person, as they were in every row, but for the sessions', async () => {
    const id = await provision('ines', { displayName: 'Ines Roth', title: 'Founder' });
    const group = await addGroup('Moulders', [id]);
    await directory.db
      .updateTable('members')
      .set({
        reminders_off_at: 7,
        joined_at: 5,
        invited_at: 4,
        status: 'active',
        role: 'admin',
        role_by_hand: 1,
      })
      .where('id', '=', id)
      .execute();
    await addSession(directory.db, newSession(directory.orgId, id, 'of ines'));
    const before = await rowsOf(id);
    expect(before.groups).toHaveLength(1);
    await remove(id);
    const kept = await findTombstone(directory.db, directory.orgId, id);
    expect(kept?.document).not.toContain('of ines');
    expect((await rowsOf(id)).terms).toEqual([]);
    const version = await groupVersion(group);
    await told();
    directory.clock.now += 1000;

    const { member } = await putBack(id);
    expect(member).toMatchObject({ id, status: 'active', role: 'admin' });
    const after = await rowsOf(id);
    expect({ ...after, version: before.version }).toEqual(before);
    expect(after.version).toBe((before.version ?? 0) + 1);
    expect(await groupVersion(group)).toBe(version + 1);
    expect(await findTombstone(directory.db, directory.orgId, id)).toBeUndefined();
    expect(await listSessions(directory.db, directory.orgId, id, 0)).toEqual([]);
    expect(await told()).toEqual({
      events: [{ type: 'member.put_back', subject: id, by: 'test', data: { status: 'active', groups: 1 } }],
      audit: [
        {
          action: 'member.put_back',
          subject: id,
          by: 'test',
          requestId: 'set-up',
          changes: { userName: [null, 'ines'], role: [null, 'admin'], status: [null, 'active'] },
        },
      ],
    });
    await remove(id);
    expect(await findTombstone(directory.db, directory.orgId, id)).toMatchObject({ kind: 'User' });
  });

  test('somebody who was invited is invited anew', async () => {
    const id = await provision('noor');
    await directory.db
      .updateTable('members')
      .set({ invited_at: 4, status: 'invited' })
      .where('id', '=', id)
      .execute();
    await remove(id);
    await told();
    await putBack(id);
    expect((await told()).events.map(({ type }) => type)).toEqual(['member.put_back', 'member.invited']);
  });

  test('only into the groups that are still there', async () => {
    const id = await provision('per');
    const [stays, goes] = [await addGroup('Stays', [id]), await addGroup('Goes', [id])];
    await remove(id);
    await removeGroup(goes);
    await told();
    await putBack(id);
    expect((await rowsOf(id)).groups).toEqual([expect.stringContaining(stays)]);
    expect((await told()).events).toMatchObject([{ type: 'member.put_back', data: { groups: 1 } }]);
  });

  test.each([
    ['user name', 'tove', { userName: 'Tove', emails: [] }, 'user name "tove"'],
    [
      'address',
      'ulf',
      { userName: 'ulf2', emails: [{ value: 'ULF@larkspur.example' }] },
      'e-mail address "ulf@larkspur.example"',
    ],
  ])('not when somebody else has the %s now', async (_what, userName, other, taken) => {
    const id = await provision(userName, { displayName: 'The First' });
    await remove(id);
    await okta.apply({ kind: 'provision-member', attributes: { ...other, displayName: 'The Second' } });
    await told();
    await expect(putBack(id)).rejects.toMatchObject({
      code: 'member.identity_taken',
      message: expect.stringContaining(`The First cannot be put back: The Second has the ${taken} now.`),
    });
    expect((await told()).events).toEqual([]);
    expect(await findTombstone(directory.db, directory.orgId, id)).toMatchObject({ kind: 'User' });
  });

  test('not when the data are erased, when they are there, or when there is nobody of that id', async () => {
    const erased = await provision('erased');
    await remove(erased);
    await directory.db.updateTable('tombstones').set({ document: null }).where('id', '=', erased).execute();
    await expect(putBack(erased)).rejects.toMatchObject({ code: 'member.erased' });
    await expect(putBack(await provision('there'))).rejects.toMatchObject({ code: 'member.not_removed' });
    await expect(putBack('nobody')).rejects.toMatchObject({ code: 'member.not_found' });
    const group = await addGroup('A group', []);
    await removeGroup(group);
    await expect(putBack(group)).rejects.toMatchObject({ code: 'member.not_found' });
    await expect(putGroupBack(erased)).rejects.toMatchObject({ code: 'group.not_found' });
  });

  test('not somebody of another org', async () => {
    const other = await directory.found('Quarry & Sons');
    const id = await provision('ours');
    await remove(id);
    await expect(other.byHand.apply({ kind: 'put-back-member', id })).rejects.toMatchObject({
      code: 'member.not_found',
    });
  });

  test('a group with its people, the groups in it and those it was in', async () => {
    const [vera, walt] = [await provision('vera'), await provision('walt')];
    const child = await addGroup('Child', []);
    const id = await addGroup('Middle', [vera, walt, child]);
    const parent = await addGroup('Parent', [id]);
    const memberships = () =>
      directory.db
        .selectFrom('group_members')
        .select(['group_id', 'member_id', 'kind'])
        .where((where) => where.or([where('group_id', '=', id), where('member_id', '=', id)]))
        .orderBy('member_id')
        .execute();
    const before = await memberships();
    expect(before).toHaveLength(4);
    await removeGroup(id);
    const version = await groupVersion(parent);
    await told();

    const group = await putGroupBack(id);
    expect(group).toMatchObject({ id, display_name: 'Middle', connection_id: okta.connectionId });
    expect(await memberships()).toEqual(before);
    expect(await groupVersion(parent)).toBe(version + 1);
    const { events, audit } = await told();
    expect(events).toMatchObject([
      { type: 'group.put_back', data: { displayName: 'Middle' } },
      { type: 'group.members_changed', data: { removed: [] } },
    ]);
    expect(audit).toMatchObject([{ action: 'group.put_back', changes: { displayName: [null, 'Middle'] } }]);
    expect((await putGroupBack(id)).version).toBe(group.version);

    await removeGroup(id);
    await remove(walt);
    await putGroupBack(id);
    expect((await memberships()).map(({ member_id }) => member_id)).not.toContain(walt);
    expect(await memberships()).toHaveLength(3);
  });

  test('not a group whose name is taken, or whose data are erased', async () => {
    const id = await addGroup('Polishers', []);
    await removeGroup(id);
    const second = await addGroup('POLISHERS', []);
    await expect(putGroupBack(id)).rejects.toMatchObject({ code: 'group.name_taken' });
    await removeGroup(second);
    await directory.db.updateTable('tombstones').set({ document: null }).where('id', '=', id).execute();
    await expect(putGroupBack(id)).rejects.toMatchObject({ code: 'group.erased' });
  });

  test('unmanaged, when the connection is gone', async () => {
    const entra = await directory.connect('Our Entra');
    const { member } = await entra.apply({ kind: 'provision-member', attributes: { userName: 'xenia' } });
    await entra.apply({ kind: 'remove-member', id: member.id, isExpected: anyVersion });
    await deleteConnection(directory.deps, {
      ...operator,
      orgId: directory.orgId,
      connectionId: entra.connectionId,
    });
    expect((await putBack(member.id)).member).toMatchObject({ connection_id: null });
  });

  test('two who put the same person back at the same moment: one of them does', async () => {
    const id = await provision('yrsa');
    await remove(id);
    const outcomes = await Promise.allSettled([putBack(id), putBack(id)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

test('over SCIM, a person is not found while removed and there again when put back', async () => {
  const server = await startScimServer();
  const { body } = await server.scim('POST', '/Users', { userName: 'ines' });
  await server.scim('DELETE', `/Users/${body.id}`);
  expect((await server.scim('GET', `/Users/${body.id}`)).status).toBe(404);
  await inChange(
    { db: server.deps.database.db, now: server.deps.now, secret: server.deps.secret },
    { ...operator, orgId: server.orgId },
    (context) => putBackMember(context, body.id),
  );
  const found = await server.scim('GET', '/Users?filter=userName%20eq%20%22ines%22');
  expect(found.body.Resources).toMatchObject([{ id: body.id, active: true }]);
  await server.close();
});
