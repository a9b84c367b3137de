import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addAttempt } from '../../../server/auth/sso-attempt-store.ts';
import { addFlow, rememberLogoutToken } from '../../../server/auth/sso-flow-store.ts';
import { addIdentity } from '../../../server/auth/sso-identity-store.ts';
import type { Tables } from '../../../server/db/tables.ts';
import { approveHold } from '../../../server/provisioning/hold-approve.ts';
import { insertRecords } from '../../../server/provisioning/provisioning-record-store.ts';
import { letGo, retentionJob } from '../../../server/provisioning/retention.ts';
import { defaultOrgSettings, type OrgSettings } from '../../../shared/org-settings.ts';
import { anyVersion, type Directory, type Entrance, openDirectory } from '../../helpers/directory.ts';
import { followHistory } from '../../helpers/history.ts';
import { databases, operator } from '../../helpers/scim-server.ts';
import { newSession } from '../../helpers/sessions.ts';

const day = 24 * 60 * 60 * 1000;

describe.each(databases)('what is no longer kept, on %s', (database) => {
  let directory: Directory;
  let okta: Entrance;
  beforeEach(async () => {
    directory = await openDirectory(database);
    okta = await directory.connect('Our Okta');
  });
  afterEach(() => directory.close());

  const provision = async (userName: string) =>
    (await okta.apply({ kind: 'provision-member', attributes: { userName } })).member.id;
  const remove = (id: string) => okta.apply({ kind: 'remove-member', id, isExpected: anyVersion });
  const keep = (retention: Partial<OrgSettings['retention']>, orgId = directory.orgId) =>
    directory.db
      .updateTable('orgs')
      .set({
        settings: JSON.stringify({ retention: { ...defaultOrgSettings.retention, ...retention } }),
      })
      .where('id', '=', orgId)
      .execute();
  const run = () => letGo(directory.deps);
  const all = (table: keyof Tables) => directory.db.selectFrom(table).selectAll().execute();
  const tombstone = async (id: string) =>
    directory.db.selectFrom('tombstones').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

  test('the data of people who were removed, after the grace; their ids stay', async () => {
    const [ines, noor] = [await provision('ines'), await provision('noor')];
    const { group } = await okta.apply({
      kind: 'add-group',
      attributes: { displayName: 'Crew' },
      memberIds: [],
    });
    await directory.db
      .insertInto('outbox')
      .values({
        org_id: directory.orgId,
        id: 'to ines',
        kind: 'invitation',
        member_id: ines,
        recipient: 'ines@larkspur.example',
        state: 'dead',
        sealed: null,
        attempts: 8,
        next_at: 0,
        created_at: 0,
        ended_at: directory.clock.now + 29 * day,
        last_error: null,
      })
      .execute();
    await remove(ines);
    await okta.apply({ kind: 'remove-group', id: group.id, isExpected: anyVersion });
    directory.clock.now += day;
    await remove(noor);
    const told = await followHistory(directory.db, directory.orgId);
    directory.clock.now += 29 * day;
    await run();
    expect((await tombstone(ines)).document).not.toBeNull();
    directory.clock.now += 1;
    await run();
    expect(await tombstone(ines)).toMatchObject({
      document: null,
      kind: 'User',
      removed_at: expect.any(Number),
    });
    expect((await tombstone(group.id)).document).toBeNull();
    expect((await tombstone(noor)).document).not.toBeNull();
    expect(await all('outbox')).toEqual([]);
    expect(await told()).toEqual({
      events: [{ type: 'member.erased', subject: ines, by: 'retention', data: {} }],
      audit: [
        { action: 'member.erased', subject: ines, by: 'retention', requestId: 'retention', changes: {} },
      ],
    });
    await run();
    expect((await told()).events).toEqual([]);
  });

  test('nobody’s data while an open hold keeps them, and then as usual', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 60; n++) ids.push(await provision(`p${n}`));
    for (const id of ids) await remove(id);
    const [hold] = await directory.db.selectFrom('holds').selectAll().execute();
    directory.clock.now += 100 * day;
    await run();
    const kept = async () =>
      (await all('tombstones')).filter((row) => 'document' in row && row.document !== null);
    expect(await kept()).toHaveLength(60);
    const asked = { ...operator, orgId: directory.orgId };
    await approveHold(directory.deps, asked, hold?.id ?? '');
    await run();
    expect(await kept()).toEqual([]);
    expect(await all('departures')).toHaveLength(60);
    directory.clock.now += 90 * day + 1;
    await run();
    expect(await all('departures')).toEqual([]);
  });

  test('events and audit entries only where the org says so, and the log says that it was done', async () => {
    const other = await directory.found('Quarry & Sons');
    const old = directory.clock.now;
    directory.clock.now += 101 * day;
    other.clock.now = directory.clock.now;
    await provision('ines');
    const before = { events: await all('events'), audit: await all('audit') };
    await run();
    expect({ events: await all('events'), audit: await all('audit') }).toEqual(before);

    await keep({ auditDays: 100, eventDays: 100 });
    const told = await followHistory(directory.db, directory.orgId);
    await run();
    const ofOrg = async (table: 'events' | 'audit', orgId: string) =>
      directory.db.selectFrom(table).select('at').where('org_id', '=', orgId).execute();
    for (const table of ['events', 'audit'] as const) {
      const times = (await ofOrg(table, directory.orgId)).map(({ at }) => at);
      expect(times.length).toBeGreaterThan(0);
      expect(times.every((at) => at > old)).toBe(true);
      expect((await ofOrg(table, other.orgId)).some(({ at }) => at === old)).toBe(true);
    }
    const until = Math.floor((directory.clock.now - 100 * day) / day) * day;
    expect((await told()).audit).toEqual([
      {
        action: 'org.audit_trimmed',
        subject: directory.orgId,
        by: 'retention',
        requestId: 'retention',
        changes: { auditKeptFrom: [null, new Date(until).toISOString()] },
      },
    ]);
    await run();
    expect((await told()).audit).toEqual([]);
  });

  test('with events about groups, the way from people to them', async () => {
    const noor = await provision('noor');
    const attributes = { displayName: 'Crew' };
    const { group } = await okta.apply({ kind: 'add-group', attributes, memberIds: [noor] });
    const old = directory.clock.now;
    directory.clock.now += 101 * day;
    await okta.apply({ kind: 'remove-group', id: group.id, isExpected: anyVersion });
    await run();
    expect(await all('member_events')).toHaveLength(2);
    await keep({ eventDays: 100 });
    await run();
    const [kept] = await all('member_events');
    expect(await all('member_events')).toEqual([
      { org_id: directory.orgId, member_id: noor, seq: expect.any(Number), joined: 0 },
    ]);
    const events = await directory.db.selectFrom('events').selectAll().where('at', '>', old).execute();
    expect(events.find(({ type }) => type === 'group.removed')?.seq).toBe(kept?.seq);
  });

  test('provisioning records, of each org as long as it says, of deleted connections too', async () => {
    const other = await directory.found('Quarry & Sons');
    await keep({ provisioningRecordDays: 60 }, other.orgId);
    const record = (orgId: string, connectionId: string, at: number) => ({
      orgId,
      connectionId,
      requestId: 'r',
      at,
      method: 'GET',
      path: '/Users',
      query: '',
      status: 200,
      scimType: null,
      outcome: 'listed',
      detail: null,
      client: 'okta',
      quirks: [],
      subjectKind: null,
      subjectId: null,
      changed: [],
      durationUs: 1,
    });
    const { now } = directory.clock;
    for (const orgId of [directory.orgId, other.orgId])
      for (const connectionId of ['a deleted one', okta.connectionId])
        await insertRecords(directory.db, [
          ...Array.from({ length: 1001 }, () => record(orgId, connectionId, now - 31 * day)),
          record(orgId, connectionId, now),
        ]);
    await run();
    const left = await directory.db
      .selectFrom('provisioning_records')
      .select((select) => ['org_id', select.fn.countAll<number>().as('n')])
      .groupBy('org_id')
      .execute();
    expect(new Map(left.map(({ org_id, n }) => [org_id, Number(n)]))).toEqual(
      new Map([
        [directory.orgId, 2],
        [other.orgId, 2004],
      ]),
    );
  });

  test('what is over: sessions, sign-ins, codes, invitations, nudges, mails', async () => {
    const { db, orgId, clock } = directory;
    const { now } = clock;
    const mail = (
      id: string,
      org: string | null,
      state: 'sent' | 'dead' | 'waiting',
      endedAt: number | null,
    ) => ({
      org_id: org,
      id,
      kind: 'sign-in',
      member_id: null,
      recipient: 'ada@larkspur.example',
      state,
      sealed: null,
      attempts: 1,
      next_at: 0,
      created_at: 0,
      ended_at: endedAt,
      last_error: null,
    });
    for (const [name, expires_at] of [
      ['over', now - day - 1],
      ['live', now + 1],
    ] as const) {
      await db
        .insertInto('sessions')
        .values({ ...newSession(orgId, directory.ownerId, name), expires_at, last_used_at: null })
        .execute();
      await db
        .insertInto('sign_ins')
        .values({
          id: name,
          purpose: 'sign_in',
          org_id: null,
          email_norm: 'ada@larkspur.example',
          mailbox: 'ada@larkspur.example',
          name: null,
          browser_hash: name,
          link_hash: name,
          code_hash: null,
          attempts: 0,
          continue_to: '/',
          created_at: 0,
          expires_at,
          used_at: null,
        })
        .execute();
      await db
        .insertInto('extension_codes')
        .values({
          hash: name,
          org_id: orgId,
          member_id: directory.ownerId,
          redirect_uri: '',
          challenge: '',
          device_name: '',
          expires_at,
          used_at: null,
          session_id: null,
        })
        .execute();
    }
    for (const [id, endedAt] of [
      ['long ended', now - 366 * day],
      ['ended', now - day],
      ['pending', null],
    ] as const) {
      await db
        .insertInto('invitations')
        .values({
          org_id: orgId,
          id,
          member_id: id,
          hash: id,
          by_kind: 'member',
          by_id: directory.ownerId,
          created_at: 0,
          expires_at: now + day,
          sent_at: 0,
          sent_count: 1,
          ended_at: endedAt,
          ended: endedAt === null ? null : 'expired',
        })
        .execute();
      const at = endedAt ?? now;
      await db
        .insertInto('nudges')
        .values({ org_id: orgId, id, member_id: id, invitation_id: id, automatic: 0, at })
        .execute();
    }
    await db
      .insertInto('outbox')
      .values([
        mail('old, sent', orgId, 'sent', now - 31 * day),
        mail('old, dead', orgId, 'dead', now - 31 * day),
        mail('young, sent', orgId, 'sent', now - 29 * day),
        mail('waiting', orgId, 'waiting', null),
        mail('sign-in of yesterday', null, 'sent', now - 2 * day),
        mail('sign-in of now', null, 'sent', now),
      ])
      .execute();
    await run();
    const left = async (table: 'sign_ins' | 'invitations' | 'nudges' | 'outbox') =>
      (await db.selectFrom(table).select('id').execute()).map(({ id }) => id).sort();
    expect((await db.selectFrom('sessions').select('hash').execute()).map(({ hash }) => hash)).toEqual([
      'live',
    ]);
    expect((await db.selectFrom('extension_codes').select('hash').execute()).map(({ hash }) => hash)).toEqual(
      ['live'],
    );
    expect(await left('sign_ins')).toEqual(['live']);
    expect(await left('invitations')).toEqual(['ended', 'pending']);
    expect(await left('nudges')).toEqual(['ended', 'pending']);
    expect(await left('outbox')).toEqual(['sign-in of now', 'waiting', 'young, sent']);
  });

  test('what single sign-on leaves behind, and with a person’s data whom their subject was', async () => {
    const { db, orgId, clock } = directory;
    const [ines, noor] = [await provision('ines'), await provision('noor')];
    await remove(ines);
    const identity = (member_id: string) => ({
      org_id: orgId,
      issuer: 'https://idp.heron.example',
      subject: `00u${member_id}`,
      member_id,
      directory_id: null,
      linked_by: 'email' as const,
      linked_at: 1,
      signed_in_at: 1,
      client_version: 1,
    });
    await addIdentity(db, identity(ines));
    await addIdentity(db, identity(noor));
    const attempt = {
      org_id: orgId,
      outcome: 'signed_in',
      reason: null,
      sentence: '',
      client_version: 1,
    } as const;
    await addAttempt(db, { ...attempt, at: clock.now - 91 * day, member_id: noor });
    await addAttempt(db, { ...attempt, at: clock.now + 30 * day, member_id: ines });
    await addAttempt(db, { ...attempt, at: clock.now + 30 * day, member_id: noor });
    const flow = {
      org_id: orgId,
      issuer: '',
      client_version: 1,
      sealed: '',
      browser_hash: '',
      continue_to: '/',
    };
    const token = { org_id: orgId, issuer: '' };
    for (const [key, expires_at] of [
      ['over', clock.now + 29 * day],
      ['open', clock.now + 31 * day],
    ] as const) {
      await addFlow(db, { ...flow, state_hash: key, expires_at });
      await rememberLogoutToken(db, { ...token, jti_hash: key, expires_at });
    }
    clock.now += 31 * day;
    await run();
    expect(await all('sso_identities')).toMatchObject([{ member_id: noor }]);
    expect(await all('sso_attempts')).toMatchObject([{ member_id: noor, at: clock.now - day }]);
    expect(await all('sso_flows')).toMatchObject([{ state_hash: 'open' }]);
    expect(await all('sso_logout_tokens')).toMatchObject([{ jti_hash: 'open' }]);
  });

  test('departures that were not held, after a day', async () => {
    await remove(await provision('ines'));
    directory.clock.now += day;
    await run();
    expect(await all('departures')).toHaveLength(1);
    directory.clock.now += 1;
    await run();
    expect(await all('departures')).toEqual([]);
  });

  test('as a job of the server', async () => {
    await remove(await provision('ines'));
    directory.clock.now += 40 * day;
    const { run: runJob } = retentionJob({ ...directory.deps, database: directory.database });
    await runJob();
    expect(await all('departures')).toEqual([]);
  });
});
