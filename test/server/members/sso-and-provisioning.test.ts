// Sign-in and provisioning speak of one person, or nobody comes in: no second entry for anybody, on both databases.
import { afterEach, describe, expect, test } from 'vitest';
import { type DatabaseName, databases } from '../../helpers/scim-server.ts';
import { type EntryDesk, openEntryDesk } from '../../oidc/entry-desk.ts';
import type { IdpPerson } from '../../oidc/idp-people.ts';

const objectId = '5b1e3f5e-0b7c-4c55-8a37-6f0d2f2a9c10';
const noor: IdpPerson = { id: objectId, name: 'Noor Haddad', email: 'noor@larkspur.example' };

const desks: EntryDesk[] = [];
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close();
});

async function open(database: DatabaseName, externalId: string, userName: string) {
  const desk = await openEntryDesk(database, { externalId, userName });
  desks.push(desk);
  return desk;
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
