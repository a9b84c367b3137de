// Every change through the one door, as identity providers ask for it: what it answers, and what the histories say.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { addSession, findSession } from '../../../server/auth/session-store.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import { followHistory, nothingTold, type Told } from '../../helpers/history.ts';
import { databases, operator, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { newSession } from '../../helpers/sessions.ts';

describe.each(databases)('through the one door over HTTP, on %s', (database) => {
  let server: ScimServer;
  let told: () => Promise<Told>;
  beforeAll(async () => {
    server = await startScimServer({ database, kind: 'okta' });
    told = await followHistory(server.deps.database.db, server.orgId);
  });
  afterAll(() => server.close());

  const types = async () => (await told()).events.map(({ type }) => type);
  const create = async (attributes: Record<string, unknown>) => {
    const { status, body, text } = await server.scim('POST', '/Users', attributes);
    expect(status, text).toBe(201);
    await told();
    return body;
  };
  const rowOf = (id: string) =>
    server.deps.database.db.selectFrom('members').selectAll().where('id', '=', id).executeTakeFirst();
  const replace = (value: Record<string, unknown>) => ({ Operations: [{ op: 'replace', value }] });
  const ownerId = async () =>
    (
      await server.deps.database.db
        .selectFrom('members')
        .select('id')
        .where('user_name_norm', '=', 'ada@larkspur.example')
        .executeTakeFirstOrThrow()
    ).id;

  test('create, and the audit entry carries the number of the request that the provisioning record has', async () => {
    const { status, body, headers } = await server.scim('POST', '/Users', {
      userName: 'ines',
      title: 'Smith',
    });
    expect({ status, version: body.meta.version, etag: headers.get('etag') }).toEqual({
      status: 201,
      version: 'W/"1"',
      etag: 'W/"1"',
    });
    const { events, audit } = await told();
    expect(events).toEqual([
      {
        type: 'member.added',
        subject: body.id,
        by: server.connectionId,
        data: { status: 'not_invited' },
      },
    ]);
    await server.deps.provisioningLog.flush();
    const record = await server.deps.database.db
      .selectFrom('provisioning_records')
      .selectAll()
      .where('subject_id', '=', body.id)
      .executeTakeFirstOrThrow();
    expect(record).toMatchObject({ outcome: 'created', status: 201, subject_kind: 'User' });
    expect(audit).toMatchObject([{ action: 'member.added', requestId: record.request_id }]);
  });

  test('PUT and PATCH of what is there already: same version, no event, no audit', async () => {
    const sent = {
      userName: 'noor',
      title: 'Smith',
      emails: [{ value: 'noor@roth.example', primary: true }],
    };
    const { id } = await create(sent);
    server.clock.now += 1000;
    const put = await server.scim('PUT', `/Users/${id}`, sent);
    const patch = await server.scim('PATCH', `/Users/${id}`, replace({ title: 'Smith', active: true }));
    for (const { status, body } of [put, patch]) {
      expect({ status, version: body.meta.version }).toEqual({ status: 200, version: 'W/"1"' });
      expect(body.meta.lastModified).toBe(body.meta.created);
    }
    expect(await told()).toEqual(nothingTold);
  });

  test('POST for somebody invited by hand: 201 with the id they had', async () => {
    const { member } = await applyDirectoryChange(
      changeDepsOf(server.deps),
      { ...operator, orgId: server.orgId, connectionId: null },
      {
        kind: 'add-member-by-hand',
        attributes: { userName: 'per@roth.example' },
        standing: { role: 'member', invitedAt: 6, joinedAt: null },
      },
    );
    await told();
    const { status, body } = await server.scim('POST', '/Users', { userName: 'per@roth.example' });
    expect({ status, id: body.id, active: body.active }).toEqual({
      status: 201,
      id: member.id,
      active: true,
    });
    expect(await rowOf(member.id)).toMatchObject({ invited_at: 6, status: 'invited', version: 2 });
    expect(await types()).toEqual(['member.adopted']);
  });

  test('deactivate ends the sessions, reactivate by PATCH, POST after deactivation restores', async () => {
    const { id } = await create({ userName: 'quinn', externalId: '00q' });
    const { db } = server.deps.database;
    await addSession(db, newSession(server.orgId, id, 'of quinn'));
    const off = await server.scim('PATCH', `/Users/${id}`, replace({ active: false }));
    expect(off.body.active).toBe(false);
    expect(await findSession(db, 'of quinn', server.clock.now)).toBeUndefined();
    expect((await told()).events).toMatchObject([
      { type: 'member.deactivated', data: { sessionsEnded: 1, invitationsEnded: 0 } },
    ]);
    const on = await server.scim('PATCH', `/Users/${id}`, replace({ active: true }));
    expect(on.body.active).toBe(true);
    expect(await types()).toEqual(['member.reactivated']);
    await server.scim('PUT', `/Users/${id}`, { userName: 'quinn', active: false, externalId: '00q' });
    await told();
    const back = await server.scim('POST', '/Users', { userName: 'quinn.new', externalId: '00q' });
    expect([back.status, back.body.id, back.body.active]).toEqual([201, id, true]);
    expect(await types()).toEqual(['member.restored']);
    const clash = await server.scim('POST', '/Users', { userName: 'QUINN.new' });
    expect([clash.status, clash.body.scimType]).toEqual([409, 'uniqueness']);
    expect(await told()).toEqual(nothingTold);
  });

  test('R12: PUT without active leaves a leaver as they are', async () => {
    const { id } = await create({ userName: 'leaver', active: false });
    const { body } = await server.scim('PUT', `/Users/${id}`, { userName: 'leaver', title: 'Former' });
    expect(body.active).toBe(false);
    await told();
  });

  test('another connection’s member: 404 everywhere, and POST answers 409 with that connection’s name', async () => {
    const entra = await server.connect('entra');
    const { body: theirs } = await entra.scim('POST', '/Users', { userName: 'theirs' });
    await told();
    const answers = await Promise.all([
      server.scim('GET', `/Users/${theirs.id}`),
      server.scim('PUT', `/Users/${theirs.id}`, { userName: 'theirs' }),
      server.scim('PATCH', `/Users/${theirs.id}`, replace({ title: 'Ours' })),
      server.scim('DELETE', `/Users/${theirs.id}`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    const list = await server.scim('GET', '/Users?filter=userName eq "theirs"');
    expect(list.body.totalResults).toBe(0);
    const post = await server.scim('POST', '/Users', { userName: 'theirs' });
    expect([post.status, post.body.scimType]).toEqual([409, 'uniqueness']);
    expect(post.body.detail).toContain('"Our entra"');
    expect(await told()).toEqual(nothingTold);
  });

  test('the last owner: PATCH, PUT and DELETE are refused with 400 and say what to do', async () => {
    const id = await ownerId();
    const answers = await Promise.all([
      server.scim('PATCH', `/Users/${id}`, replace({ active: false })),
      server.scim('PUT', `/Users/${id}`, { userName: 'ada@larkspur.example', active: false }),
      server.scim('DELETE', `/Users/${id}`),
    ]);
    for (const { status, body } of answers) {
      expect([status, body.scimType]).toEqual([400, 'mutability']);
      expect(body.detail).toBe(
        'ada@larkspur.example is the last owner of this organisation and keeps access. Make somebody else an owner in Rollcall first, then try again.',
      );
    }
    expect(await told()).toEqual(nothingTold);
  });

  test('R3, I5: DELETE is final, and the userName and the address are free at once', async () => {
    const sent = { userName: 'brief@roth.example', emails: [{ value: 'brief@roth.example' }] };
    const { id } = await create(sent);
    const group = await server.scim('POST', '/Groups', { displayName: 'Brief', members: [{ value: id }] });
    await told();
    expect((await server.scim('DELETE', `/Users/${id}`)).status).toBe(204);
    expect(await types()).toEqual(['member.removed']);
    for (const method of ['GET', 'DELETE']) {
      expect((await server.scim(method, `/Users/${id}`)).status).toBe(404);
    }
    const after = await server.scim('GET', `/Groups/${group.body.id}`);
    expect(after.body.members ?? []).toEqual([]);
    expect(after.body.meta.version).toBe('W/"2"');
    expect((await create(sent)).id).not.toBe(id);
  });
});
