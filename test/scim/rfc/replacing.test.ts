// RFC 7644 §3.5.1 over HTTP: what a PUT replaces, what it leaves, what it refuses.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { createGroup, createUser, enterpriseUrn, expectError, groupUrn, userUrn } from './resources.ts';

describe.each(databases)('replacing resources on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
  });
  afterAll(() => server.close());

  const put = (id: string, attributes: object, query = '') =>
    server.scim('PUT', `/Users/${id}${query}`, { schemas: [userUrn], ...attributes });

  test("RFC 7644 §3.5.1: the RFC's own example answers 200 with the whole new resource", async () => {
    const name = { formatted: 'Ms. Maud E Brandt II', familyName: 'Brandt', givenName: 'Maud' };
    const { id, meta } = await createUser(server, { userName: 'mbrandt', externalId: 'mbrandt', name });
    const replacement = {
      id,
      userName: 'mbrandt',
      externalId: 'mbrandt',
      name: { ...name, middleName: 'Eve' },
      roles: [],
      emails: [{ value: 'mbrandt@weir.example' }, { value: 'maud@brandt.example' }],
    };
    const answer = await put(id, replacement);
    expect(answer.status).toBe(200);
    const { roles: _roles, ...kept } = replacement;
    expect(answer.body).toMatchObject({ schemas: [userUrn], ...kept });
    expect(answer.body).not.toHaveProperty('roles');
    expect(answer.headers.get('location')).toBe(meta.location);
    expect(answer.headers.get('etag')).toBe(answer.body.meta.version);
    expect(answer.body.meta.version).not.toBe(meta.version);
  });

  test('RFC 7644 §3.5.1: what the client leaves out is cleared', async () => {
    const { id } = await createUser(server, {
      userName: 'sparse',
      title: 'Miller',
      emails: [{ value: 'sparse@weir.example' }],
      [enterpriseUrn]: { department: 'Mill' },
    });
    const { body } = await put(id, { userName: 'sparse' });
    for (const attribute of ['title', 'emails', enterpriseUrn]) expect(body).not.toHaveProperty([attribute]);
    expect(body.schemas).toEqual([userUrn]);
  });

  test('RFC 7644 §3.5.1: null and [] clear an attribute', async () => {
    const { id } = await createUser(server, { userName: 'nulls', title: 'Miller', roles: [{ value: 'a' }] });
    const { body } = await put(id, { userName: 'nulls', title: null, roles: [] });
    expect(body).not.toHaveProperty('title');
    expect(body).not.toHaveProperty('roles');
  });

  test('RFC 7644 §3.5.1: readOnly values are ignored', async () => {
    const created = await createUser(server, { userName: 'same.id' });
    const { body } = await put(created.id, {
      userName: 'same.id',
      id: 'another-id',
      meta: { created: '1999-01-01T00:00:00Z' },
      groups: [{ value: 'x' }],
    });
    expect(body.id).toBe(created.id);
    expect(body.meta.created).toBe(created.meta.created);
    expect(body).not.toHaveProperty('groups');
  });

  test('RFC 7644 §3.5.1: a required attribute that is missing is 400 invalidValue, and nothing changes', async () => {
    const { id, meta } = await createUser(server, { userName: 'required' });
    expectError(await put(id, { title: 'No name' }), 400, 'invalidValue');
    expect((await server.scim('GET', `/Users/${id}`)).body).toMatchObject({ userName: 'required', meta });
  });

  test('RFC 7644 §3.5.1: PUT makes no new resource', async () => {
    expectError(await put('0198c0de-0000-7000-8000-000000000000', { userName: 'from.nowhere' }), 404);
  });

  test('RFC 7644 §3.5.1: a userName that somebody else has is 409 uniqueness', async () => {
    await createUser(server, { userName: 'taken' });
    const { id } = await createUser(server, { userName: 'wants.taken' });
    expectError(await put(id, { userName: 'TAKEN' }), 409, 'uniqueness');
  });

  test("RFC 7644 §3.5.1: one's own userName in another case is no conflict", async () => {
    const { id } = await createUser(server, { userName: 'recased' });
    expect((await put(id, { userName: 'ReCased' })).body.userName).toBe('ReCased');
  });

  test('RFC 7644 §3.5.1: the members of a group are replaced whole', async () => {
    const [one, two] = [
      await createUser(server, { userName: 'm1' }),
      await createUser(server, { userName: 'm2' }),
    ];
    const { id } = await createGroup(server, { displayName: 'Swap', members: [{ value: one.id }] });
    const answer = await server.scim('PUT', `/Groups/${id}`, {
      schemas: [groupUrn],
      displayName: 'Swapped',
      members: [{ value: two.id }],
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ displayName: 'Swapped', members: [{ value: two.id, type: 'User' }] });
  });

  test('RFC 7644 §3.5.1: a group without members in the body has none afterwards', async () => {
    const one = await createUser(server, { userName: 'm3' });
    const { id } = await createGroup(server, { displayName: 'Emptied', members: [{ value: one.id }] });
    await server.scim('PUT', `/Groups/${id}`, { schemas: [groupUrn], displayName: 'Emptied' });
    const read = await server.scim('GET', `/Groups/${id}`);
    expect(read.body.members ?? []).toEqual([]);
  });

  test('RFC 7644 §3.9: attributes shapes the answer to a PUT', async () => {
    const { id } = await createUser(server, { userName: 'put.shaped' });
    const answer = await put(
      id,
      { userName: 'put.shaped', title: 'Seen', nickName: 'Unseen' },
      '?attributes=title',
    );
    expect(answer.body).toEqual({ schemas: [userUrn], id, title: 'Seen' });
  });
});
