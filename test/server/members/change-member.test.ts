import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addSession, findSession } from '../../../server/auth/session-store.ts';
import { findTombstone } from '../../../server/db/tombstone-store.ts';
import type { Edit } from '../../../server/provisioning/move-member.ts';
import { anyVersion, type Directory, type Entrance, openDirectory } from '../../helpers/directory.ts';
import { followHistory, nothingTold, type Told } from '../../helpers/history.ts';
import { databases } from '../../helpers/scim-server.ts';
import { newSession } from '../../helpers/sessions.ts';

describe.each(databases)('a member changes, on %s', (database) => {
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
    const { member } = await okta.apply({
      kind: 'provision-member',
      attributes: { userName, ...more },
    });
    await told();
    return member;
  };
  const edit = (id: string, change: Edit, isExpected: (version: number) => boolean = anyVersion) =>
    okta.apply({ kind: 'edit-member', id, edit: change, isExpected });
  const setActive = (id: string, active: boolean) => edit(id, (current) => ({ ...current, active }));
  const remove = (id: string) => okta.apply({ kind: 'remove-member', id, isExpected: anyVersion });
  const rowOf = (id: string) =>
    directory.db.selectFrom('members').selectAll().where('id', '=', id).executeTakeFirst();
  const emailsOf = async (id: string) =>
    (
      await directory.db
        .selectFrom('member_emails')
        .select('email_norm')
        .where('member_id', '=', id)
        .orderBy('email_norm')
        .execute()
    ).map((row) => row.email_norm);
  const signIn = (memberId: string, hash: string) =>
    addSession(directory.db, newSession(directory.orgId, memberId, hash));

  test('new attributes: the row, its version and both logs follow', async () => {
    const member = await provision('ines', { title: 'Smith' });
    directory.clock.now += 60_000;
    const result = await edit(member.id, (current) => ({
      ...current,
      title: 'Founder',
      name: { familyName: 'Roth' },
    }));
    expect(result).toMatchObject({ outcome: 'updated', changed: ['title', 'name.familyName'] });
    expect(await rowOf(member.id)).toMatchObject({
      version: 2,
      created_at: member.created_at,
      updated_at: directory.clock.now,
    });
    expect(await told()).toEqual({
      events: [
        {
          type: 'member.updated',
          subject: member.id,
          by: okta.connectionId,
          data: { changed: ['title', 'name.familyName'] },
        },
      ],
      audit: [
        {
          action: 'member.updated',
          subject: member.id,
          by: okta.connectionId,
          requestId: 'request of Our Okta',
          changes: { title: ['Smith', 'Founder'], 'name.familyName': [null, 'Roth'] },
        },
      ],
    });
  });

  test('the same attributes again: nothing is written and nothing told', async () => {
    const member = await provision('noop', { title: 'Smith' });
    directory.clock.now += 60_000;
    const result = await edit(member.id, (current) => ({ title: 'Smith', ...current }));
    expect(result).toMatchObject({ outcome: 'unchanged', changed: [] });
    expect(await rowOf(member.id)).toMatchObject({ version: 1, updated_at: member.updated_at });
    expect(await told()).toEqual(nothingTold);
  });

  test('addresses are replaced as a whole, each found folded', async () => {
    const member = await provision('mails');
    await edit(member.id, (current) => ({
      ...current,
      emails: [{ value: 'A@mails.example' }, { value: 'b@mails.example', primary: true }],
    }));
    expect(await emailsOf(member.id)).toEqual(['a@mails.example', 'b@mails.example']);
    expect(await rowOf(member.id)).toMatchObject({ email: 'b@mails.example' });
    await edit(member.id, ({ emails: _emails, ...current }) => current);
    expect(await emailsOf(member.id)).toEqual([]);
    expect(await rowOf(member.id)).toMatchObject({ email: null, email_norm: null });
    await told();
  });

  test('a name or address that somebody else has: refused, and nothing is written', async () => {
    const member = await provision('first');
    await provision('second@roth.example');
    await expect(
      edit(member.id, (current) => ({ ...current, userName: 'SECOND@roth.example' })),
    ).rejects.toMatchObject({ code: 'member.user_name_taken' });
    await expect(
      edit(member.id, (current) => ({ ...current, emails: [{ value: 'Second@Roth.example' }] })),
    ).rejects.toMatchObject({ code: 'member.email_taken' });
    expect(await told()).toEqual(nothingTold);
    expect(await rowOf(member.id)).toMatchObject({ version: 1, user_name: 'first', email: null });
  });

  test('a version that is not the expected one: refused', async () => {
    const member = await provision('versioned');
    const rename: Edit = (current) => ({ ...current, displayName: 'V' });
    await expect(edit(member.id, rename, (version) => version === 2)).rejects.toMatchObject({
      code: 'resource.changed',
    });
    await expect(edit(member.id, rename, (version) => version === 1)).resolves.toMatchObject({
      outcome: 'updated',
    });
    await told();
  });

  test('an edit that throws leaves everything as it was', async () => {
    const member = await provision('steady');
    const refuse = () => {
      throw new Error('this value cannot be');
    };
    await expect(edit(member.id, refuse)).rejects.toThrow('this value cannot be');
    expect(await told()).toEqual(nothingTold);
  });

  test('P3: deactivation ends every session in its own transaction and says how many', async () => {
    const member = await provision('leaver');
    const stays = await provision('stays');
    await signIn(member.id, `hash one of ${member.id}`);
    await signIn(member.id, `hash two of ${member.id}`);
    await signIn(stays.id, `hash of ${stays.id}`);
    const result = await setActive(member.id, false);
    expect(result).toMatchObject({ outcome: 'deactivated', changed: ['active'] });
    expect(await rowOf(member.id)).toMatchObject({ active: 0, status: 'deactivated', version: 2 });
    expect(await findSession(directory.db, `hash one of ${member.id}`, directory.clock.now)).toBeUndefined();
    expect(await findSession(directory.db, `hash of ${stays.id}`, directory.clock.now)).toMatchObject({
      member_id: stays.id,
    });
    const { events, audit } = await told();
    expect(events).toEqual([
      {
        type: 'member.deactivated',
        subject: member.id,
        by: okta.connectionId,
        data: { sessionsEnded: 2, invitationsEnded: 0 },
      },
    ]);
    expect(audit).toMatchObject([{ action: 'member.deactivated', changes: { active: [true, false] } }]);
  });

  test('P3: reactivation brings back the status from before, and no session', async () => {
    const { member } = await directory.byHand.apply({
      kind: 'add-member-by-hand',
      attributes: { userName: 'returner' },
      standing: { role: 'member', invitedAt: 3, joinedAt: 4 },
    });
    await signIn(member.id, 'hash of the returner');
    await setActive(member.id, false);
    await told();
    const result = await setActive(member.id, true);
    expect(result).toMatchObject({ outcome: 'reactivated', changed: ['active'] });
    expect(await rowOf(member.id)).toMatchObject({
      active: 1,
      status: 'active',
      invited_at: 3,
      joined_at: 4,
    });
    expect(await findSession(directory.db, 'hash of the returner', directory.clock.now)).toBeUndefined();
    const { events, audit } = await told();
    expect(events).toMatchObject([{ type: 'member.reactivated', data: { status: 'active' } }]);
    expect(audit).toMatchObject([{ action: 'member.reactivated', changes: { active: [false, true] } }]);
  });

  test('leaving with new attributes tells both', async () => {
    const member = await provision('both');
    await edit(member.id, (current) => ({ ...current, active: false, title: 'Former smith' }));
    const { events, audit } = await told();
    expect(events).toMatchObject([
      { type: 'member.deactivated', data: { sessionsEnded: 0, invitationsEnded: 0 } },
      { type: 'member.updated', data: { changed: ['title'] } },
    ]);
    expect(audit).toMatchObject([{ action: 'member.deactivated' }]);
    expect(audit).toHaveLength(1);
  });

  test('a blocked member stays blocked whatever the directory says', async () => {
    const member = await provision('blocked');
    await directory.db
      .updateTable('members')
      .set({ blocked_at: 9, status: 'blocked' })
      .where('id', '=', member.id)
      .execute();
    await setActive(member.id, false);
    const { member: back } = await setActive(member.id, true);
    expect(back).toMatchObject({ active: 1, blocked_at: 9, status: 'blocked' });
    await told();
  });

  test('a write to a member whom nobody manages adopts them, even when nothing else changes', async () => {
    const { member } = await directory.byHand.apply({
      kind: 'add-member-by-hand',
      attributes: { userName: 'unmanaged' },
      standing: { role: 'member', invitedAt: 3, joinedAt: null },
    });
    await told();
    const result = await edit(member.id, (current) => current);
    expect(result).toMatchObject({ outcome: 'adopted', changed: [] });
    expect(await rowOf(member.id)).toMatchObject({
      connection_id: okta.connectionId,
      invited_at: 3,
      status: 'invited',
      version: 2,
    });
    expect((await told()).events).toMatchObject([{ type: 'member.adopted' }]);
  });

  test('removal: a tombstone stays, sessions and addresses go, and the name is free', async () => {
    const member = await provision('gone@roth.example', { displayName: 'Gone' });
    await edit(member.id, (current) => ({ ...current, emails: [{ value: 'gone@roth.example' }] }));
    await signIn(member.id, 'hash of the gone');
    await told();
    await remove(member.id);
    expect(await rowOf(member.id)).toBeUndefined();
    expect(await emailsOf(member.id)).toEqual([]);
    expect(await findTombstone(directory.db, directory.orgId, member.id)).toMatchObject({
      org_id: directory.orgId,
      id: member.id,
      kind: 'User',
      connection_id: okta.connectionId,
      removed_at: directory.clock.now,
    });
    expect(await told()).toEqual({
      events: [
        {
          type: 'member.removed',
          subject: member.id,
          by: okta.connectionId,
          data: { sessionsEnded: 1, invitationsEnded: 0 },
        },
      ],
      audit: [
        {
          action: 'member.removed',
          subject: member.id,
          by: okta.connectionId,
          requestId: 'request of Our Okta',
          changes: { userName: ['gone@roth.example', null] },
        },
      ],
    });
    await expect(remove(member.id)).rejects.toMatchObject({ code: 'member.not_found' });
    await expect(setActive(member.id, true)).rejects.toMatchObject({ code: 'member.not_found' });
    const again = await provision('GONE@roth.example');
    expect(again.id).not.toBe(member.id);
  });

  test('removal takes the member out of every group, and each of those groups has a new version', async () => {
    const [member, other] = [await provision('grouped'), await provision('also grouped')];
    const addGroup = (displayName: string, memberIds: readonly string[]) =>
      okta.apply({ kind: 'add-group', attributes: { displayName }, memberIds });
    const { group: theirs } = await addGroup('Casters', [member.id, other.id]);
    const { group: foreign } = await addGroup('Moulders', [other.id]);
    directory.clock.now += 1000;
    await remove(member.id);
    const memberships = await directory.db
      .selectFrom('group_members')
      .select(['group_id', 'member_id'])
      .where('group_id', 'in', [theirs.id, foreign.id])
      .orderBy('group_id')
      .execute();
    expect(memberships).toEqual([
      { group_id: theirs.id, member_id: other.id },
      { group_id: foreign.id, member_id: other.id },
    ]);
    const versions = await directory.db
      .selectFrom('groups')
      .select(['id', 'version', 'updated_at'])
      .where('id', 'in', [theirs.id, foreign.id])
      .orderBy('seq')
      .execute();
    expect(versions).toEqual([
      { id: theirs.id, version: 2, updated_at: directory.clock.now },
      { id: foreign.id, version: 1, updated_at: foreign.updated_at },
    ]);
    await told();
  });

  test('another connection’s member does not exist for this one', async () => {
    const entra = await directory.connect('Our Entra');
    const { member } = await entra.apply({
      kind: 'provision-member',
      attributes: { userName: 'theirs' },
    });
    await told();
    await expect(setActive(member.id, false)).rejects.toMatchObject({ code: 'member.not_found' });
    await expect(remove(member.id)).rejects.toMatchObject({ code: 'member.not_found' });
    expect(await told()).toEqual(nothingTold);
  });
});

describe.each(databases)('the last owner, on %s', (database) => {
  let directory: Directory;
  let okta: Entrance;
  beforeAll(async () => {
    directory = await openDirectory(database);
    okta = await directory.connect('Our Okta');
  });
  afterAll(() => directory.close());

  const lastOwner = {
    code: 'member.last_owner',
    status: 400,
    message:
      'ada@larkspur.example is the last owner of this organisation and keeps access. Make somebody else an owner in Rollcall first, then try again.',
  };
  const addOwner = async (userName: string) => {
    const { member } = await directory.byHand.apply({
      kind: 'add-member-by-hand',
      attributes: { userName },
      standing: { role: 'owner', invitedAt: null, joinedAt: 1 },
    });
    return member.id;
  };
  const deactivate = (id: string) =>
    okta.apply({
      kind: 'edit-member',
      id,
      isExpected: anyVersion,
      edit: (current) => ({ ...current, active: false }),
    });
  const remove = (id: string) => okta.apply({ kind: 'remove-member', id, isExpected: anyVersion });
  const activeOwners = async () =>
    (
      await directory.db
        .selectFrom('members')
        .select('id')
        .where('role', '=', 'owner')
        .where('active', '=', 1)
        .execute()
    ).map((row) => row.id);

  test('stays, whether deactivated, removed or adopted inactive', async () => {
    const told = await followHistory(directory.db, directory.orgId);
    await expect(deactivate(directory.ownerId)).rejects.toMatchObject(lastOwner);
    await expect(remove(directory.ownerId)).rejects.toMatchObject(lastOwner);
    await expect(
      okta.apply({
        kind: 'provision-member',
        attributes: { userName: 'ada@larkspur.example', active: false },
      }),
    ).rejects.toMatchObject(lastOwner);
    expect(await told()).toEqual(nothingTold);
    expect(await activeOwners()).toEqual([directory.ownerId]);
  });

  test('stays when the other owner is blocked or inactive, and goes when there is a second one', async () => {
    const second = await addOwner('second@larkspur.example');
    const block = (blocked_at: number | null) =>
      directory.db
        .updateTable('members')
        .set({ blocked_at, status: blocked_at === null ? 'active' : 'blocked' })
        .where('id', '=', second)
        .execute();
    await block(4);
    await expect(deactivate(directory.ownerId)).rejects.toMatchObject(lastOwner);
    await expect(deactivate(second)).resolves.toMatchObject({ outcome: 'adopted' });
    await block(null);
    await expect(deactivate(directory.ownerId)).rejects.toMatchObject(lastOwner);
    await okta.apply({
      kind: 'edit-member',
      id: second,
      isExpected: anyVersion,
      edit: (current) => ({ ...current, active: true }),
    });
    await expect(deactivate(directory.ownerId)).resolves.toMatchObject({ member: { active: 0 } });
    await expect(remove(directory.ownerId)).resolves.toBeUndefined();
    await expect(remove(second)).rejects.toMatchObject({ code: 'member.last_owner' });
  });

  test('stays when two owners leave at the same moment', async () => {
    for (const [round, leave] of [deactivate, remove].entries()) {
      const [first] = await activeOwners();
      const other = await addOwner(`round-${round}@larkspur.example`);
      const results = await Promise.allSettled([leave(first ?? ''), leave(other)]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'member.last_owner' },
      });
      expect(await activeOwners()).toHaveLength(1);
    }
  });
});
