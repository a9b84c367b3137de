// Sign-in and provisioning speak of one person, or nobody comes in: no second entry for anybody, on both databases.
import { afterEach, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { readPerson } from '../../../server/auth/sso-person.ts';
import { writeSso } from '../../../server/auth/sso-store.ts';
import { enterBySso } from '../../../server/members/enter-by-sso.ts';
import { type DatabaseName, databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { ssoRow } from '../../helpers/sso-settings.ts';
import { claimsOf, entraTenant, type IdpPerson } from '../../oidc/idp-people.ts';
import { verifyDomain } from '../diagnosis/sessions/admin-hands.ts';

const issuer = `https://login.microsoftonline.com/${entraTenant}/v2.0`;
const objectId = '5b1e3f5e-0b7c-4c55-8a37-6f0d2f2a9c10';
const noor: IdpPerson = { id: objectId, name: 'Noor Haddad', email: 'noor@larkspur.example' };

const servers: ScimServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function open(database: DatabaseName, externalId: string, userName: string) {
  const server = await startScimServer({ database, kind: 'entra' });
  servers.push(server);
  const { db } = server.deps.database;
  await verifyDomain(server, 'larkspur.example');
  const other = { kind: 'entra', joining: 'verified_domains' } as const;
  await writeSso(db, ssoRow(server.deps.secret, server.orgId, issuer, other));
  const sent = await server.scim('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName,
    externalId,
    emails: [{ value: userName, type: 'work', primary: true }],
    active: true,
  });
  const enter = async (person: IdpPerson) => {
    const sso = await db.selectFrom('sso_settings').selectAll().executeTakeFirstOrThrow();
    return enterBySso(changeDepsOf(server.deps), {
      sso,
      person: readPerson('entra', { ...claimsOf('entra', person), iss: issuer }),
      idTokenSealed: '',
      device: { kind: 'browser', name: 'Laptop' },
      requestId: 'sign-in',
    });
  };
  const people = () =>
    db.selectFrom('members').select(['id', 'status']).where('id', '<>', server.ownerId).execute();
  const attempts = () => db.selectFrom('sso_attempts').selectAll().orderBy('seq').execute();
  return { enter, people, attempts, id: sent.body.id as string };
}

describe.each(databases)('signing in beside provisioning, on %s', (database) => {
  test('somebody with another address is known by the id that provisioning sent', async () => {
    const { enter, people, id } = await open(database, objectId, 'n.haddad@larkspur.example');
    expect(await enter(noor)).toHaveProperty('session');
    expect(await people()).toEqual([{ id, status: 'active' }]);
  });

  test('somebody without an address is known by it too', async () => {
    const { enter, people, id } = await open(database, objectId, 'n.haddad@larkspur.example');
    const { email: _, ...nameless } = noor;
    expect(await enter(nameless)).toHaveProperty('session');
    expect(await people()).toEqual([{ id, status: 'active' }]);
  });

  test('a stranger does not join where provisioning sends nicknames, because they may be there already', async () => {
    const { enter, people, attempts, id } = await open(database, 'n.haddad', 'n.haddad@larkspur.example');
    expect(await enter(noor)).toEqual({ refused: 'may_be_known' });
    expect(await people()).toEqual([{ id, status: 'not_invited' }]);
    const [attempt] = await attempts();
    expect(attempt?.sentence).toContain('noor@larkspur.example may be somebody who is here already');
  });

  test('whoever has the address that provisioning sent comes in in spite of a nickname', async () => {
    const { enter, people, id } = await open(database, 'n.haddad', 'noor@larkspur.example');
    expect(await enter(noor)).toHaveProperty('session');
    expect(await people()).toEqual([{ id, status: 'active' }]);
  });

  test('a stranger joins where provisioning sends the object id', async () => {
    const { enter, people } = await open(
      database,
      '9d70b5e4-1c2f-4a86-b3e9-50d814fa7c62',
      'ines@larkspur.example',
    );
    expect(await enter(noor)).toHaveProperty('session');
    expect(await people()).toHaveLength(2);
  });
});
