// Somebody who was given a new account at their identity provider: the old one is unlinked, and the new one is theirs. On
// both databases, through the API.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ApiClient, apiClient, signInForApi } from '../../helpers/api-client.ts';
import { databases } from '../../helpers/scim-server.ts';
import { type EntryDesk, deskIssuer as issuer, openEntryDesk } from '../../oidc/entry-desk.ts';
import type { IdpPerson } from '../../oidc/idp-people.ts';

const email = 'noor@larkspur.example';
const before: IdpPerson = { id: '5b1e3f5e-0b7c-4c55-8a37-6f0d2f2a9c10', name: 'Noor Haddad', email };
const after: IdpPerson = { ...before, id: '9d70b5e4-1c2f-4a86-b3e9-50d814fa7c62' };

describe.each(databases)('unlinking, on %s', (database) => {
  let desk: EntryDesk;
  let owner: ApiClient;
  beforeEach(async () => {
    desk = await openEntryDesk(database, { externalId: 'n.haddad', userName: email });
    const { server } = desk;
    owner = apiClient(server.url, await signInForApi(server.deps, server.orgId, server.ownerId));
    expect(await desk.enter(before)).toHaveProperty('session');
  });
  afterEach(() => desk?.close());

  const rows = (table: 'audit' | 'events' | 'sso_identities' | 'sessions') =>
    desk.server.deps.database.db.selectFrom(table).selectAll().execute();

  test('lets the new account in, which was refused with the way to mend it', async () => {
    expect(await desk.enter(after)).toEqual({ refused: 'linked_elsewhere' });
    const [, attempt] = await desk.attempts();
    expect(attempt?.sentence).toContain('unlink the old account');
    expect((await owner.members.get.query({ memberId: desk.id })).signIns).toMatchObject([{ issuer }]);
    await owner.members.unlinkSso.mutate({ memberId: desk.id, issuer });
    expect((await owner.members.get.query({ memberId: desk.id })).signIns).toEqual([]);
    expect(await desk.enter(after)).toHaveProperty('session');
    expect(await desk.enter(before)).toEqual({ refused: 'linked_elsewhere' });
    expect(await desk.people()).toEqual([{ id: desk.id, status: 'active' }]);
  });

  test('ends what rests on the account and nothing else, and is told', async () => {
    const { deps, orgId } = desk.server;
    const byMail = await signInForApi(deps, orgId, desk.id);
    await owner.members.unlinkSso.mutate({ memberId: desk.id, issuer });
    const { sessions } = await owner.members.get.query({ memberId: desk.id });
    expect(sessions.map(({ name }) => name)).not.toContain('Laptop');
    expect(await apiClient(desk.server.url, byMail).auth.me.query()).toMatchObject({
      member: { id: desk.id },
    });
    const { entries } = await owner.members.timeline.query({ memberId: desk.id });
    expect(entries.map(({ sentence }) => sentence)).toContainEqual(
      expect.stringMatching(/^Unlinked from the account at https:\/\/login\.microsoftonline\.com\/.* by ada/),
    );
  });

  test('changes nothing for somebody who is not linked there', async () => {
    const all = () => Promise.all((['audit', 'events', 'sso_identities'] as const).map(rows));
    const was = await all();
    await owner.members.unlinkSso.mutate({ memberId: desk.id, issuer: 'https://larkspur.okta.com' });
    await owner.members.unlinkSso.mutate({ memberId: desk.server.ownerId, issuer });
    expect(await all()).toEqual(was);
  });
});
