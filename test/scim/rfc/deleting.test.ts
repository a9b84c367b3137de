// RFC 7644 §3.6 over HTTP: a DELETE deletes, and the resource is gone from everywhere.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { createGroup, createUser, expectError, find, groupUrn, patchOp, userUrn } from './resources.ts';

describe.each(databases)('deleting resources on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
  });
  afterAll(() => server.close());

  test('RFC 7644 §3.6: a successful DELETE is 204 without a body', async () => {
    const { id } = await createUser(server, { userName: 'goner' });
    const answer = await server.scim('DELETE', `/Users/${id}`);
    expect(answer.status).toBe(204);
    expect(answer.text).toBe('');
    expect(answer.headers.get('content-type')).toBeNull();
  });

  test('RFC 7644 §3.6: every operation on a deleted user is 404', async () => {
    const { id } = await createUser(server, { userName: 'left' });
    await server.scim('DELETE', `/Users/${id}`);
    expectError(await server.scim('GET', `/Users/${id}`), 404);
    expectError(await server.scim('PUT', `/Users/${id}`, { schemas: [userUrn], userName: 'left' }), 404);
    const patch = patchOp({ op: 'replace', path: 'active', value: true });
    expectError(await server.scim('PATCH', `/Users/${id}`, patch), 404);
    expectError(await server.scim('DELETE', `/Users/${id}`), 404);
  });

  test('RFC 7644 §3.6: every operation on a deleted group is 404', async () => {
    const { id } = await createGroup(server, { displayName: 'Disbanded' });
    expect((await server.scim('DELETE', `/Groups/${id}`)).status).toBe(204);
    expectError(await server.scim('GET', `/Groups/${id}`), 404);
    expectError(await server.scim('PUT', `/Groups/${id}`, { schemas: [groupUrn], displayName: 'Back' }), 404);
    const patch = patchOp({ op: 'replace', path: 'displayName', value: 'Back' });
    expectError(await server.scim('PATCH', `/Groups/${id}`, patch), 404);
    expectError(await server.scim('DELETE', `/Groups/${id}`), 404);
  });

  test('RFC 7644 §3.6: what is deleted is in no list and no count', async () => {
    const before = (await server.scim('GET', '/Users?count=0')).body.totalResults;
    const { id } = await createUser(server, { userName: 'uncounted', externalId: 'uncounted' });
    await server.scim('DELETE', `/Users/${id}`);
    expect((await server.scim('GET', '/Users?count=0')).body.totalResults).toBe(before);
    for (const filter of ['userName eq "uncounted"', 'externalId eq "uncounted"', `id eq "${id}"`]) {
      expect((await find(server, '/Users', filter)).body.totalResults).toBe(0);
    }
  });

  test('RFC 7644 §3.6: the userName of a deleted user is free, for a new resource with a new id', async () => {
    const { id } = await createUser(server, { userName: 'phoenix', title: 'Old' });
    await server.scim('DELETE', `/Users/${id}`);
    const reborn = await createUser(server, { userName: 'phoenix' });
    expect(reborn.id).not.toBe(id);
    expect(reborn).not.toHaveProperty('title');
  });

  test('RFC 7644 §3.6: the name of a deleted group is free', async () => {
    const { id } = await createGroup(server, { displayName: 'Reused' });
    await server.scim('DELETE', `/Groups/${id}`);
    expect((await createGroup(server, { displayName: 'Reused' })).id).not.toBe(id);
  });

  test('RFC 7644 §3.6: a deleted user is in no group, and the members of a deleted group stay', async () => {
    const [stays, goes] = [
      await createUser(server, { userName: 'stays' }),
      await createUser(server, { userName: 'goes' }),
    ];
    const { id } = await createGroup(server, {
      displayName: 'Shrinking',
      members: [{ value: stays.id }, { value: goes.id }],
    });
    await server.scim('DELETE', `/Users/${goes.id}`);
    expect((await server.scim('GET', `/Groups/${id}`)).body.members).toMatchObject([{ value: stays.id }]);
    await server.scim('DELETE', `/Groups/${id}`);
    const read = await server.scim('GET', `/Users/${stays.id}`);
    expect(read.status).toBe(200);
    expect(read.body).not.toHaveProperty('groups');
  });

  test('RFC 7644 §3.6: a DELETE of what never was is 404', async () => {
    expectError(await server.scim('DELETE', '/Users/2819c223-7f76-453a-919d-413861904646'), 404);
    expectError(await server.scim('DELETE', '/Groups/2819c223-7f76-453a-919d-413861904646'), 404);
  });
});
