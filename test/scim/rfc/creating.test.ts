// RFC 7644 §3.3 over HTTP: what a POST makes, says and refuses.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { createGroup, createUser, enterpriseUrn, expectError, find, groupUrn, userUrn } from './resources.ts';

describe.each(databases)('creating resources on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
  });
  afterAll(() => server.close());

  test("RFC 7644 §3.3: the RFC's own example is created, with 201 and its representation", async () => {
    const name = { formatted: 'Ms. Maud E Brandt II', familyName: 'Brandt', givenName: 'Maud' };
    const sent = { schemas: [userUrn], userName: 'mbrandt', externalId: 'mbrandt', name };
    const answer = await server.scim('POST', '/Users', sent);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ ...sent, id: expect.stringMatching(/^.+$/) });
  });

  test('RFC 7644 §3.3: Location and meta.location both hold the address of what was created', async () => {
    const answer = await server.scim('POST', '/Users', { schemas: [userUrn], userName: 'located' });
    const location = `${server.baseUrl}/Users/${answer.body.id}`;
    expect(answer.headers.get('location')).toBe(location);
    expect(answer.body.meta.location).toBe(location);
  });

  test('RFC 7644 §3.3: a group is created under /Groups', async () => {
    const group = { schemas: [groupUrn], displayName: 'Cartographers' };
    const answer = await server.scim('POST', '/Groups', group);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject(group);
    expect(answer.headers.get('location')).toBe(`${server.baseUrl}/Groups/${answer.body.id}`);
  });

  test('RFC 7644 §3.3: readOnly attributes in the body are ignored', async () => {
    const created = await createUser(server, {
      userName: 'readonly',
      id: 'chosen-by-the-client',
      meta: {
        created: '1999-01-01T00:00:00Z',
        resourceType: 'Robot',
        location: 'https://elsewhere.example/1',
      },
      groups: [{ value: 'made-up', display: 'Board' }],
    });
    expect(created.id).not.toBe('chosen-by-the-client');
    expect(created.groups).toBeUndefined();
    expect(created.meta).toMatchObject({
      resourceType: 'User',
      created: new Date(server.clock.now).toISOString(),
      location: `${server.baseUrl}/Users/${created.id}`,
    });
  });

  test('RFC 7644 §3.3: null and [] clear an attribute instead of giving it a value', async () => {
    const created = await createUser(server, { userName: 'cleared', title: null, emails: [], name: null });
    for (const attribute of ['title', 'emails', 'name']) expect(created).not.toHaveProperty(attribute);
  });

  test('RFC 7644 §3.3: a duplicate userName is 409 uniqueness', async () => {
    await createUser(server, { userName: 'twice' });
    const again = { schemas: [userUrn], userName: 'twice' };
    expectError(await server.scim('POST', '/Users', again), 409, 'uniqueness');
  });

  test('RFC 7644 §3.3: a duplicate displayName of a group is 409 uniqueness', async () => {
    await createGroup(server, { displayName: 'Twins' });
    const again = { schemas: [groupUrn], displayName: 'TWINS' };
    expectError(await server.scim('POST', '/Groups', again), 409, 'uniqueness');
  });

  test('RFC 7644 §3.3: a create that is refused leaves nothing behind', async () => {
    await createUser(server, { userName: 'first.come' });
    await server.scim('POST', '/Users', { schemas: [userUrn], userName: 'First.Come', title: 'Second' });
    const answer = await find(server, '/Users', 'userName eq "first.come"');
    expect(answer.body.totalResults).toBe(1);
    expect(answer.body.Resources[0]).not.toHaveProperty('title');
  });

  test('RFC 7644 §3.3.1: meta.resourceType follows from the endpoint', async () => {
    expect((await createUser(server, { userName: 'typed' })).meta.resourceType).toBe('User');
    expect((await createGroup(server, { displayName: 'Typed' })).meta.resourceType).toBe('Group');
  });

  test('RFC 7644 §3.9: attributes shapes the answer to a POST', async () => {
    const sent = { schemas: [userUrn], userName: 'shaped', title: 'Potter', nickName: 'Shay' };
    const answer = await server.scim('POST', '/Users?attributes=title', sent);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ schemas: [userUrn], id: answer.body.id, title: 'Potter' });
  });

  test('RFC 7644 §3.3: members that are not in the directory are refused, and no group is made', async () => {
    const sent = { schemas: [groupUrn], displayName: 'Phantoms', members: [{ value: 'nobody' }] };
    expectError(await server.scim('POST', '/Groups', sent), 400, 'invalidValue');
    expect((await find(server, '/Groups', 'displayName eq "Phantoms"')).body.totalResults).toBe(0);
  });

  test('RFC 7644 §3.3: names that are cut off for search inside different characters stay apart', async () => {
    const begin = 'x'.repeat(63);
    const answer = await server.scim('POST', '/Users', {
      userName: 'emojis',
      displayName: `${begin}\u{1F600} ${begin}\u{10000}`,
    });
    expect(answer.status).toBe(201);
  });

  test('RFC 7644 §3.12: a required attribute that is missing or empty is 400 invalidValue', async () => {
    expectError(await server.scim('POST', '/Users', { schemas: [userUrn] }), 400, 'invalidValue');
    expectError(
      await server.scim('POST', '/Users', { schemas: [userUrn], userName: '' }),
      400,
      'invalidValue',
    );
    expectError(await server.scim('POST', '/Groups', { schemas: [groupUrn] }), 400, 'invalidValue');
  });

  test('RFC 7644 §3.12: a value of another type than the schema says is 400 invalidValue', async () => {
    const wrong: readonly Record<string, unknown>[] = [
      { userName: 17 },
      { userName: 'wrong', name: 5 },
      { userName: 'wrong', active: 'perhaps' },
      { userName: 'wrong', emails: [{ value: { deep: true } }] },
      { userName: 'wrong', [enterpriseUrn]: 'flat' },
    ];
    for (const attributes of wrong) {
      expectError(
        await server.scim('POST', '/Users', { schemas: [userUrn], ...attributes }),
        400,
        'invalidValue',
      );
    }
  });

  test('RFC 7644 §3.12: a body that is not a JSON object is 400 invalidSyntax', async () => {
    for (const body of [[], 'text', 12, null]) {
      expectError(await server.scim('POST', '/Users', body), 400, 'invalidSyntax');
    }
  });
});
