// RFC 7644 §3.14 over HTTP: entity tags, and requests that hold only for one version.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { createGroup, createUser, expectError, patchOp, userUrn } from './resources.ts';

describe.each(databases)('versioning on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
  });
  afterAll(() => server.close());

  const retitle = (value: string) => patchOp({ op: 'replace', path: 'title', value });

  test('RFC 7644 §3.14: a create answers a weak entity tag in the header and in meta.version', async () => {
    const answer = await server.scim('POST', '/Users', { schemas: [userUrn], userName: 'tagged' });
    expect(answer.headers.get('etag')).toMatch(/^W\/"[^"]+"$/);
    expect(answer.body.meta.version).toBe(answer.headers.get('etag'));
  });

  test('RFC 7644 §3.14: GET, PUT and PATCH answer the entity tag too', async () => {
    const { id } = await createUser(server, { userName: 'tagged.more' });
    const answers = [
      await server.scim('GET', `/Users/${id}`),
      await server.scim('PUT', `/Users/${id}`, { schemas: [userUrn], userName: 'tagged.more', title: 'One' }),
      await server.scim('PATCH', `/Users/${id}`, retitle('Two')),
    ];
    for (const { headers, body } of answers) expect(headers.get('etag')).toBe(body.meta.version);
    expect(new Set(answers.map(({ body }) => body.meta.version)).size).toBe(3);
  });

  test('RFC 7644 §3.5.2: a 204 to PATCH carries the new entity tag', async () => {
    const { id, meta } = await createGroup(server, { displayName: 'Tagged' });
    const answer = await server.scim(
      'PATCH',
      `/Groups/${id}`,
      patchOp({ op: 'add', path: 'externalId', value: 'x' }),
    );
    expect(answer.status).toBe(204);
    expect(answer.headers.get('etag')).not.toBe(meta.version);
    const read = await server.scim('GET', `/Groups/${id}`);
    expect(answer.headers.get('etag')).toBe(read.body.meta.version);
  });

  test('RFC 7644 §3.14: If-None-Match with the current version is 304 without a body', async () => {
    const { id, meta } = await createUser(server, { userName: 'unmodified' });
    const path = `/Users/${id}?attributes=displayName`;
    const answer = await server.scim('GET', path, undefined, { 'if-none-match': meta.version });
    expect(answer.status).toBe(304);
    expect(answer.text).toBe('');
  });

  test('RFC 7644 §3.14: If-None-Match with an older version, or a list with the current one, is told apart', async () => {
    const { id, meta } = await createUser(server, { userName: 'moved.on' });
    const { version } = (await server.scim('PATCH', `/Users/${id}`, retitle('New'))).body.meta;
    const get = (tags: string) => server.scim('GET', `/Users/${id}`, undefined, { 'if-none-match': tags });
    expect((await get(meta.version)).status).toBe(200);
    expect((await get(`${meta.version}, ${version}`)).status).toBe(304);
    expect((await get('*')).status).toBe(304);
  });

  test('RFC 7644 §3.14: If-Match with the current version lets PUT, PATCH and DELETE through', async () => {
    const { id, meta } = await createUser(server, { userName: 'matched' });
    const put = { schemas: [userUrn], userName: 'matched', title: 'A' };
    const first = await server.scim('PUT', `/Users/${id}`, put, { 'if-match': meta.version });
    expect(first.status).toBe(200);
    const second = await server.scim('PATCH', `/Users/${id}`, retitle('B'), {
      'if-match': first.body.meta.version,
    });
    expect(second.status).toBe(200);
    const third = await server.scim('DELETE', `/Users/${id}`, undefined, {
      'if-match': second.body.meta.version,
    });
    expect(third.status).toBe(204);
  });

  test('RFC 7644 §3.14: If-Match with an older version is 412 and changes nothing', async () => {
    const { id, meta } = await createUser(server, { userName: 'overtaken' });
    const current = (await server.scim('PATCH', `/Users/${id}`, retitle('Kept'))).body;
    const stale = { 'if-match': meta.version };
    const put = { schemas: [userUrn], userName: 'overtaken', title: 'Lost' };
    expectError(await server.scim('PUT', `/Users/${id}`, put, stale), 412);
    expectError(await server.scim('PATCH', `/Users/${id}`, retitle('Lost'), stale), 412);
    expectError(await server.scim('DELETE', `/Users/${id}`, undefined, stale), 412);
    expect((await server.scim('GET', `/Users/${id}`)).body).toEqual(current);
  });

  test('RFC 7644 §3.14: If-Match guards groups as well', async () => {
    const { id, meta } = await createGroup(server, { displayName: 'Guarded' });
    const rename = patchOp({ op: 'replace', path: 'displayName', value: 'Renamed' });
    const stale = { 'if-match': meta.version };
    expect((await server.scim('PATCH', `/Groups/${id}`, rename, stale)).status).toBe(204);
    expectError(await server.scim('PATCH', `/Groups/${id}`, rename, stale), 412);
  });

  test('RFC 7644 §3.14: a client that sends no condition is never refused for lack of one', async () => {
    const { id } = await createUser(server, { userName: 'unconditional' });
    await server.scim('PATCH', `/Users/${id}`, retitle('One'));
    expect((await server.scim('PATCH', `/Users/${id}`, retitle('Two'))).status).toBe(200);
  });

  test('RFC 7644 §3.5.2.1: a change that changes nothing keeps the version and lastModified', async () => {
    const created = await createUser(server, { userName: 'idle', title: 'Same' });
    server.clock.now += 60_000;
    const answer = await server.scim('PATCH', `/Users/${created.id}`, retitle('Same'));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(created);
  });
});
