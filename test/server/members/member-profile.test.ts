import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addSession } from '../../../server/auth/session-store.ts';
import { changeRoleMappings } from '../../../server/groups/role-mapping.ts';
import { memberProfile } from '../../../server/members/member-profile.ts';
import { memberTimeline } from '../../../server/members/member-timeline.ts';
import { deleteConnection } from '../../../server/provisioning/change-connection.ts';
import type { Attributes } from '../../../server/scim/protocol/attribute.ts';
import { anyVersion, type Directory, type Entrance, openDirectory } from '../../helpers/directory.ts';
import { databases } from '../../helpers/scim-server.ts';
import { newSession } from '../../helpers/sessions.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe.each(databases)('one member, on %s', (database) => {
  let directory: Directory;
  let okta: Entrance;
  let noor: string;
  let imogen: string;
  beforeAll(async () => {
    directory = await openDirectory(database);
    okta = await directory.connect('Our Okta');
    imogen = await provision({ userName: 'imogen', displayName: 'Imogen Adeyemi' });
    noor = await provision({
      userName: 'noor',
      displayName: 'Noor Haddad',
      name: { givenName: 'Noor', familyName: 'Haddad' },
      title: 'Founder of bells',
      emails: [{ value: 'noor@larkspur.example', type: 'work', primary: true }],
      [enterprise]: { department: 'Foundry', manager: { value: imogen } },
    });
  });
  afterAll(() => directory.close());

  const provision = async (attributes: Attributes) =>
    (await okta.apply({ kind: 'provision-member', attributes })).member.id;
  const now = () => directory.clock.now;
  const profile = (id: string) => memberProfile({ database: directory.database, now }, directory.orgId, id);
  const timeline = (memberId: string, page: { before?: number; limit: number }) =>
    memberTimeline(directory, directory.orgId, { memberId, ...page });

  test('who they are, what manages them, and why they have no access yet', async () => {
    expect(await profile(noor)).toMatchObject({
      id: noor,
      name: 'Noor Haddad',
      givenName: 'Noor',
      familyName: 'Haddad',
      title: 'Founder of bells',
      department: 'Foundry',
      emails: [{ address: 'noor@larkspur.example', type: 'work', primary: true }],
      manager: { memberId: imogen, name: 'Imogen Adeyemi' },
      connection: { id: okta.connectionId, name: 'Our Okta', kind: 'other' },
      managedFields: ['name', 'userName', 'emails', 'title', 'department', 'manager', 'custom'],
      status: 'not_invited',
      why: { sentence: 'Not invited yet.', mend: 'Invite Noor.' },
      role: 'member',
      roleSource: { by: 'default' },
      groups: [],
      sessions: [],
      version: 1,
    });
    const owner = await profile(directory.ownerId);
    expect(owner).toMatchObject({
      connection: null,
      managedFields: [],
      roleSource: { by: 'hand' },
      manager: null,
    });
  });

  test('the role says which group it comes from', async () => {
    const add = async (displayName: string) =>
      (await okta.apply({ kind: 'add-group', attributes: { displayName }, memberIds: [noor] })).group.id;
    const [staff, keepers, plain] = [await add('Staff'), await add('Keepers'), await add('Plain')];
    const mappings = [
      { groupId: keepers, role: 'admin' },
      { groupId: staff, role: 'member' },
    ] as const;
    const asked = { orgId: directory.orgId, actor: { kind: 'member', id: 'ada' }, requestId: 'r' } as const;
    await changeRoleMappings(directory.deps, asked, mappings);
    const { role, roleSource, groups } = await profile(noor);
    expect({ role, roleSource }).toEqual({
      role: 'admin',
      roleSource: { by: 'group', groupId: keepers, groupName: 'Keepers' },
    });
    expect(groups).toEqual([
      { id: keepers, name: 'Keepers', connectionId: okta.connectionId },
      { id: plain, name: 'Plain', connectionId: okta.connectionId },
      { id: staff, name: 'Staff', connectionId: okta.connectionId },
    ]);
  });

  test('live sessions are shown, and after a deactivation why there is no access, and where to mend it', async () => {
    await addSession(directory.db, newSession(directory.orgId, noor, 'hash'));
    const { sessions } = await profile(noor);
    expect(sessions).toEqual([
      { id: 'hash', name: 'Laptop', kind: 'browser', createdAt: 1, lastUsedAt: null },
    ]);
    directory.clock.now += 1000;
    await okta.apply({
      kind: 'edit-member',
      id: noor,
      edit: (current) => ({ ...current, active: false }),
      isExpected: anyVersion,
    });
    const after = await profile(noor);
    expect(after.sessions).toEqual([]);
    expect(after.why).toEqual({
      sentence: 'Deactivated by Our Okta.',
      at: directory.clock.now,
      detail: '1 session ended',
      mend: 'To bring Noor back, make the account active again in Our Okta.',
    });
  });

  test('the timeline tells it all, the newest first, page by page', async () => {
    const whole = await timeline(noor, { limit: 50 });
    expect(whole.entries.map(({ sentence, detail }) => [sentence, detail])).toEqual([
      ['Deactivated by Our Okta', '1 session ended'],
      ['Role changed from member to admin by somebody who is no longer here', 'through the group Keepers'],
      ['Joined the group Plain by Our Okta', undefined],
      ['Joined the group Keepers by Our Okta', undefined],
      ['Joined the group Staff by Our Okta', undefined],
      ['Added to the directory by Our Okta', 'not invited yet'],
    ]);
    expect(whole.next).toBe(null);
    const first = await timeline(noor, { limit: 4 });
    const second = await timeline(noor, { limit: 4, before: first.next ?? 0 });
    expect([...first.entries, ...second.entries]).toEqual(whole.entries);
    expect(second.next).toBe(null);
  });

  test('invitations come with the name of who sent them', async () => {
    const common = {
      org_id: directory.orgId,
      member_id: imogen,
      created_at: 1,
      expires_at: 9,
      sent_at: 1,
      sent_count: 1,
    };
    await directory.db
      .insertInto('invitations')
      .values([
        { ...common, id: 'i1', hash: 'h1', by_kind: 'member', by_id: noor, ended_at: 3, ended: 'expired' },
        {
          ...common,
          id: 'i2',
          hash: 'h2',
          by_kind: 'connection',
          by_id: okta.connectionId,
          created_at: 5,
          ended_at: null,
          ended: null,
        },
      ])
      .execute();
    const { invitations } = await profile(imogen);
    expect(invitations.map(({ id, invitedBy, ended }) => ({ id, invitedBy, ended }))).toEqual([
      { id: 'i2', invitedBy: 'Our Okta', ended: null },
      { id: 'i1', invitedBy: 'Noor Haddad', ended: 'expired' },
    ]);
  });

  test('what a deleted connection did is still told by its name', async () => {
    const entra = await directory.connect('Our Entra');
    const { member } = await entra.apply({ kind: 'provision-member', attributes: { userName: 'zoe' } });
    const asked = { orgId: directory.orgId, actor: { kind: 'operator', id: 'cli' }, requestId: 'r' } as const;
    await deleteConnection(directory.deps, { ...asked, connectionId: entra.connectionId });
    expect((await timeline(member.id, { limit: 5 })).entries.at(-1)).toMatchObject({
      sentence: 'Added to the directory by Our Entra',
      actor: { kind: 'connection', id: entra.connectionId, name: 'Our Entra' },
    });
  });

  test('somebody of another org is nobody', async () => {
    const other = await directory.found('Another Company');
    const deps = { database: directory.database, now };
    await expect(memberProfile(deps, other.orgId, noor)).rejects.toMatchObject({ code: 'member.not_found' });
    expect(await memberTimeline(directory, other.orgId, { memberId: noor, limit: 5 })).toEqual({
      entries: [],
      next: null,
    });
  });
});
