import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anyVersion, type Directory, type Entrance, openDirectory } from '../../helpers/directory.ts';
import { followHistory, nothingTold, type Told } from '../../helpers/history.ts';
import { databases } from '../../helpers/scim-server.ts';

describe.each(databases)('a person arrives, on %s', (database) => {
  let directory: Directory;
  let okta: Entrance;
  let entra: Entrance;
  let told: () => Promise<Told>;
  beforeAll(async () => {
    directory = await openDirectory(database);
    okta = await directory.connect('Our Okta');
    entra = await directory.connect('Our Entra');
    told = await followHistory(directory.db, directory.orgId);
  });
  afterAll(() => directory.close());

  const provision = (entrance: Entrance, attributes: Record<string, string | boolean | null>) =>
    entrance.apply({ kind: 'provision-member', attributes: attributes as Record<string, string> });
  const leave = (entrance: Entrance, id: string) =>
    entrance.apply({
      kind: 'edit-member',
      id,
      isExpected: anyVersion,
      edit: (current) => ({ ...current, active: false }),
    });
  const inviteByHand = async (userName: string, invitedAt = 5) => {
    const { member } = await directory.byHand.apply({
      kind: 'add-member-by-hand',
      attributes: { userName },
      standing: { role: 'member', invitedAt, joinedAt: null },
    });
    await told();
    return member;
  };
  const rowOf = (id: string) =>
    directory.db.selectFrom('members').selectAll().where('id', '=', id).executeTakeFirst();

  test('new: added under the connection, waiting to be invited', async () => {
    const { member, outcome, changed } = await provision(okta, {
      userName: 'Ines@roth.example',
      externalId: '00u1',
      displayName: 'Ines Roth',
    });
    expect({ outcome, changed }).toEqual({
      outcome: 'created',
      changed: ['userName', 'externalId', 'displayName'],
    });
    expect(await rowOf(member.id)).toMatchObject({
      org_id: directory.orgId,
      connection_id: okta.connectionId,
      user_name: 'Ines@roth.example',
      user_name_norm: 'ines@roth.example',
      external_id: '00u1',
      display_name_norm: 'ines roth',
      email: 'Ines@roth.example',
      email_norm: 'ines@roth.example',
      role: 'member',
      active: 1,
      status: 'not_invited',
      version: 1,
      created_at: directory.clock.now,
      updated_at: directory.clock.now,
    });
    expect(await told()).toEqual({
      events: [
        { type: 'member.added', subject: member.id, by: okta.connectionId, data: { status: 'not_invited' } },
      ],
      audit: [
        {
          action: 'member.added',
          subject: member.id,
          by: okta.connectionId,
          requestId: 'request of Our Okta',
          changes: {
            userName: [null, 'Ines@roth.example'],
            role: [null, 'member'],
            active: [null, true],
          },
        },
      ],
    });
  });

  test('new and inactive: added as deactivated', async () => {
    const { member } = await provision(okta, { userName: 'sleeper', active: false });
    expect(member).toMatchObject({ active: 0, status: 'deactivated' });
    expect((await told()).events).toMatchObject([{ type: 'member.added', data: { status: 'deactivated' } }]);
  });

  test('invited by hand: adopted under the same id, the invitation kept', async () => {
    const invited = await inviteByHand('noor@roth.example', 7);
    expect(invited).toMatchObject({ connection_id: null, status: 'invited' });
    directory.clock.now += 1000;
    const { member, outcome, changed } = await provision(okta, {
      userName: 'NOOR@roth.example',
      title: 'Caster',
    });
    expect({ outcome, changed }).toEqual({ outcome: 'adopted', changed: ['userName', 'title'] });
    expect(await rowOf(invited.id)).toMatchObject({
      id: member.id,
      connection_id: okta.connectionId,
      user_name: 'NOOR@roth.example',
      invited_at: 7,
      status: 'invited',
      version: 2,
      created_at: invited.created_at,
      updated_at: directory.clock.now,
    });
    const { events, audit } = await told();
    expect(events).toEqual([
      {
        type: 'member.adopted',
        subject: invited.id,
        by: okta.connectionId,
        data: { status: 'invited', changed: ['userName', 'title'] },
      },
    ]);
    expect(audit).toMatchObject([
      {
        action: 'member.adopted',
        changes: { connection: [null, okta.connectionId], title: [null, 'Caster'] },
      },
    ]);
  });

  test('known by address only: adopted, and the name is the identity provider’s from now on', async () => {
    const invited = await inviteByHand('per@roth.example');
    const { member, outcome } = await okta.apply({
      kind: 'provision-member',
      attributes: { userName: 'per.olsen', emails: [{ value: 'Per@roth.example', primary: true }] },
    });
    expect({ id: member.id, outcome }).toEqual({ id: invited.id, outcome: 'adopted' });
    expect(member).toMatchObject({ user_name: 'per.olsen', email: 'Per@roth.example' });
    await told();
  });

  test('adopted inactive: access ends, and both are told', async () => {
    const invited = await inviteByHand('quiet@roth.example');
    const { member, outcome } = await provision(okta, { userName: 'quiet@roth.example', active: false });
    expect({ id: member.id, outcome, status: member.status }).toEqual({
      id: invited.id,
      outcome: 'adopted',
      status: 'deactivated',
    });
    expect((await told()).events.map(({ type }) => type)).toEqual(['member.adopted', 'member.deactivated']);
  });

  test('back under the old userName: restored under the same id', async () => {
    const { member: first } = await provision(okta, { userName: 'bao', title: 'Smith' });
    await leave(okta, first.id);
    await told();
    const { member, outcome, changed } = await provision(okta, { userName: 'BAO' });
    expect({ id: member.id, outcome, changed }).toEqual({
      id: first.id,
      outcome: 'restored',
      changed: ['userName', 'title', 'active'],
    });
    expect(await rowOf(first.id)).toMatchObject({ active: 1, status: 'not_invited', version: 3 });
    const { events, audit } = await told();
    expect(events).toEqual([
      {
        type: 'member.restored',
        subject: first.id,
        by: okta.connectionId,
        data: { status: 'not_invited', changed: ['userName', 'title'] },
      },
    ]);
    expect(audit).toMatchObject([{ action: 'member.restored', changes: { active: [false, true] } }]);
  });

  test('back under the old externalId and a new userName: restored under the same id', async () => {
    const { member: first } = await provision(okta, { userName: 'cleo.marsh', externalId: '00u7' });
    await leave(okta, first.id);
    const { member, outcome } = await provision(okta, { userName: 'cleo.reed', externalId: '00u7' });
    expect({ id: member.id, outcome, userName: member.user_name, active: member.active }).toEqual({
      id: first.id,
      outcome: 'restored',
      userName: 'cleo.reed',
      active: 1,
    });
    await told();
  });

  test('an externalId that another connection gave says nothing', async () => {
    const { member: first } = await provision(okta, { userName: 'dara', externalId: 'shared' });
    await leave(okta, first.id);
    const { member, outcome } = await provision(entra, { userName: 'dara.two', externalId: 'shared' });
    expect(outcome).toBe('created');
    expect(member.id).not.toBe(first.id);
    await told();
  });

  test('there already and active: refused, and nothing is written', async () => {
    const { member } = await provision(okta, { userName: 'taken@roth.example' });
    await told();
    await expect(provision(okta, { userName: 'TAKEN@roth.example', title: 'X' })).rejects.toMatchObject({
      code: 'member.user_name_taken',
    });
    await expect(
      okta.apply({
        kind: 'provision-member',
        attributes: { userName: 'other', emails: [{ value: 'Taken@Roth.example' }] },
      }),
    ).rejects.toMatchObject({ code: 'member.email_taken' });
    expect(await told()).toEqual(nothingTold);
    expect(await rowOf(member.id)).toMatchObject({ version: 1, user_name: 'taken@roth.example' });
  });

  test('another connection’s: refused by the name of that connection', async () => {
    await provision(entra, { userName: 'theirs' });
    await told();
    await expect(provision(okta, { userName: 'Theirs' })).rejects.toMatchObject({
      code: 'member.managed_elsewhere',
      message: expect.stringContaining('"Our Entra"'),
    });
    expect(await told()).toEqual(nothingTold);
  });

  test('in another org the same name is somebody else', async () => {
    const other = await directory.found(`Tern Optics ${database}`);
    const { member } = await provision(okta, { userName: 'twin' });
    const theirs = await (await other.connect('Theirs')).apply({
      kind: 'provision-member',
      attributes: { userName: 'twin' },
    });
    expect(theirs.outcome).toBe('created');
    expect(theirs.member.id).not.toBe(member.id);
    expect((await told()).events).toHaveLength(1);
  });
});
