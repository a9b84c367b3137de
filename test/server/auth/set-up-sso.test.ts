// Setting single sign-on up, over the API and with a real identity provider, on both databases.
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { addIdentity } from '../../../server/auth/sso-identity-store.ts';
import { unsealSso } from '../../../server/auth/sso-secret.ts';
import { findSso } from '../../../server/auth/sso-store.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import type { SsoSettings } from '../../../shared/single-sign-on.ts';
import { apiClient, signInForApi } from '../../helpers/api-client.ts';
import {
  type DatabaseName,
  databases,
  operator,
  type ScimServer,
  startScimServer,
} from '../../helpers/scim-server.ts';
import { startTestIdp, type TestIdp } from '../../oidc/test-idp.ts';

const secret = 'quiet-otter-9';
const servers: ScimServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function open(database: DatabaseName) {
  const server = await startScimServer({ database, env: { OUTGOING_NETWORKS: '127.0.0.0/8' } });
  servers.push(server);
  const idp = await startTestIdp({ shape: 'okta', clock: () => server.clock.now });
  onTestFinished(() => idp.close());
  const { db } = server.deps.database;
  const client = apiClient(server.url, await signInForApi(server.deps, server.orgId, server.ownerId));
  const add = async (name: string, role: 'admin' | 'member') => {
    const change = {
      kind: 'add-member-by-hand',
      attributes: { userName: `${name}@larkspur.example` },
      standing: { role, invitedAt: null, joinedAt: server.clock.now },
    } as const;
    const source = { ...operator, orgId: server.orgId, connectionId: null };
    const { member } = await applyDirectoryChange(changeDepsOf(server.deps), source, change);
    return { id: member.id, token: await signInForApi(server.deps, server.orgId, member.id) };
  };
  const row = async () => {
    const found = await findSso(db, server.orgId);
    if (found === undefined) throw new Error('There are no settings.');
    return found;
  };
  /** As if the owner had come in by it. */
  const prove = async (memberId: string) => {
    const { issuer, client_version } = await row();
    await addIdentity(db, {
      org_id: server.orgId,
      issuer,
      subject: '00u1ada',
      member_id: memberId,
      directory_id: '00u1ada',
      linked_by: 'email',
      linked_at: 1,
      signed_in_at: 1,
      client_version,
    });
  };
  return { server, idp, db, client, add, row, prove };
}

const settingsOf = ({ issuer }: TestIdp, other: Partial<SsoSettings> = {}): SsoSettings => ({
  issuer,
  clientId: 'rollcall',
  clientSecret: secret,
  joining: 'invited_only',
  ...other,
});

describe.each(databases)('setting single sign-on up, on %s', (database) => {
  test('keeps the secret sealed and shows it nowhere', async () => {
    const { server, idp, db, client, row } = await open(database);
    const before = await client.sso.get.query();
    expect(before).toMatchObject({ client: null, version: 0, attempts: [] });
    expect(before.addresses.redirectUri).toBe(`${server.url}/sso/larkspur-foundry/callback`);
    const saved = await client.sso.save.mutate(settingsOf(idp));
    expect(saved.client).toEqual({
      issuer: idp.issuer,
      clientId: 'rollcall',
      kind: 'okta',
      joining: 'invited_only',
      required: false,
      changedAt: server.clock.now,
      provenAt: null,
      provenByYou: false,
    });
    const kept = await row();
    expect(unsealSso(server.deps.secret, 'client secret', kept.client_secret_sealed)).toBe(secret);
    const events = await db.selectFrom('events').selectAll().where('type', 'like', 'org.sso%').execute();
    expect(events.map(({ data }) => JSON.parse(data))).toEqual([
      { issuer: idp.issuer, changed: ['issuer', 'clientId', 'joining', 'clientSecret'] },
    ]);
    const audit = await db.selectFrom('audit').selectAll().execute();
    const everything = JSON.stringify([saved, await client.sso.get.query(), events, audit, kept]);
    expect(everything).not.toContain(secret);
    expect(audit.filter(({ action }) => action === 'org.sso_changed')).toHaveLength(1);
  });

  test('keeps the secret for the same client alone, and what was proven with it', async () => {
    const { server, idp, db, client, row } = await open(database);
    await client.sso.save.mutate(settingsOf(idp));
    await db.updateTable('sso_settings').set({ proven_at: 5 }).execute();
    const kept = await row();
    const changed = { clientSecret: null, joining: 'verified_domains' } as const;
    await client.sso.save.mutate(settingsOf(idp, changed));
    expect(await row()).toMatchObject({
      client_secret_sealed: kept.client_secret_sealed,
      joining: 'verified_domains',
      version: 2,
      client_version: 1,
      proven_at: 5,
    });
    const elsewhere = await startTestIdp({ shape: 'entra', clock: () => server.clock.now });
    onTestFinished(() => elsewhere.close());
    for (const other of [settingsOf(elsewhere, changed), settingsOf(idp, { ...changed, clientId: 'other' })])
      await expect(client.sso.save.mutate(other)).rejects.toMatchObject({
        data: { reason: 'sso.secret_needed' },
      });
    await client.sso.save.mutate(settingsOf(idp, { clientSecret: 'another-otter' }));
    expect(await row()).toMatchObject({ version: 3, client_version: 2, proven_at: null });
    await client.sso.save.mutate(settingsOf(elsewhere));
    expect(await row()).toMatchObject({ kind: 'entra', client_version: 3 });
  });

  test('changes nothing of a state that somebody else has changed', async () => {
    const { idp, client, row } = await open(database);
    await client.sso.save.mutate(settingsOf(idp, { version: 0 }));
    const late = client.sso.save.mutate(settingsOf(idp, { version: 0, clientId: 'late' }));
    await expect(late).rejects.toMatchObject({ data: { reason: 'resource.changed' } });
    expect(await row()).toMatchObject({ client_id: 'rollcall', version: 1 });
    await client.sso.save.mutate(settingsOf(idp, { version: 1 }));
    expect(await row()).toMatchObject({ version: 1 });
  });

  test('takes no issuer that does not answer as one, and says why', async () => {
    const { idp, client } = await open(database);
    const save = (issuer: string) => client.sso.save.mutate(settingsOf(idp, { issuer }));
    await expect(save('https://heron-admin.okta.com')).rejects.toThrow(/admin console/);
    await expect(save(`${idp.issuer}/`)).rejects.toThrow(/without a slash/);
    expect((await client.sso.get.query()).client).toBeNull();
  });

  test('is required only by an owner who has come in by it, and ends what began another way', async () => {
    const { server, idp, db, client, add, prove, row } = await open(database);
    const noor = await add('noor', 'member');
    await client.sso.save.mutate(settingsOf(idp));
    await expect(client.sso.require.mutate({ required: true })).rejects.toMatchObject({
      data: { reason: 'sso.not_proven' },
    });
    await prove(server.ownerId);
    expect((await client.sso.require.mutate({ required: true })).client).toMatchObject({
      required: true,
      provenByYou: true,
    });
    const people = await db.selectFrom('sessions').select('member_id').execute();
    expect(people).toEqual([{ member_id: server.ownerId }]);
    await expect(apiClient(server.url, noor.token).auth.me.query()).rejects.toMatchObject({
      data: { reason: 'session.missing' },
    });
    const [event] = await db
      .selectFrom('events')
      .selectAll()
      .where('type', '=', 'org.sso_required')
      .execute();
    expect(JSON.parse(event?.data ?? '')).toEqual({ required: true, sessionsEnded: 1 });
    // A new secret is the same client; another client is one that nobody has come in by.
    await client.sso.save.mutate(settingsOf(idp, { clientSecret: 'another-otter' }));
    expect(await row()).toMatchObject({ required: 1 });
    await client.sso.save.mutate(settingsOf(idp, { clientId: 'other' }));
    expect(await row()).toMatchObject({ required: 0 });
  });

  test('proves nothing for settings that come after a removal', async () => {
    const { server, idp, client, prove } = await open(database);
    await client.sso.save.mutate(settingsOf(idp));
    await prove(server.ownerId);
    expect((await client.sso.get.query()).client?.provenByYou).toBe(true);
    await client.sso.remove.mutate();
    expect((await client.sso.get.query()).client).toBeNull();
    await expect(client.sso.remove.mutate()).rejects.toMatchObject({ data: { reason: 'sso.not_set_up' } });
    await client.sso.save.mutate(settingsOf(idp));
    expect((await client.sso.get.query()).client?.provenByYou).toBe(false);
  });

  test('is seen by admins and changed by owners', async () => {
    const { server, idp, add } = await open(database);
    const admin = apiClient(server.url, (await add('ines', 'admin')).token);
    expect(await admin.sso.get.query()).toMatchObject({ client: null });
    for (const change of [
      admin.sso.save.mutate(settingsOf(idp)),
      admin.sso.test.mutate({ issuer: idp.issuer, clientId: 'rollcall', clientSecret: secret }),
      admin.sso.require.mutate({ required: true }),
      admin.sso.remove.mutate(),
    ])
      await expect(change).rejects.toMatchObject({ data: { reason: 'access.denied' } });
  });
});
