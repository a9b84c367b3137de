// RFC 7644 §2, §3.1, §3.8, §3.11 to §3.13 over HTTP: who may ask, in which format, and how errors look.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendRaw } from '../../helpers/replay.ts';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { createUser, expectError, patchOp, userUrn } from './resources.ts';

describe.each(databases)('messages on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
  });
  afterAll(() => server.close());

  test('RFC 7644 §2: a request without credentials is 401 with a challenge, at every endpoint', async () => {
    for (const path of [
      '/Users',
      '/Groups',
      '/Me',
      '/Bulk',
      '/ServiceProviderConfig',
      '/Schemas',
      '/ResourceTypes',
    ]) {
      const answer = await server.scim('GET', path, undefined, { authorization: '' });
      expectError(answer, 401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer\b/);
    }
  });

  test('RFC 7644 §2: credentials of another scheme, or unknown ones, are 401', async () => {
    const refused = ['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer unknown', `Digest ${server.token}`];
    for (const authorization of refused) {
      expectError(await server.scim('GET', '/Users', undefined, { authorization }), 401);
    }
  });

  test('RFC 7644 §7.4: an error never repeats the credentials', async () => {
    const authorization = 'Bearer rc_this-is-nobodys-secret-0123456789abcdef';
    const answer = await server.scim('GET', '/Users', undefined, { authorization });
    expect(answer.text).not.toContain('nobodys-secret');
  });

  test('RFC 7644 §3.1: the scheme name of a bearer token has no case', async () => {
    const answer = await server.scim('GET', '/Users', undefined, { authorization: `bearer ${server.token}` });
    expect(answer.status).toBe(200);
  });

  test('RFC 7644 §3.8: answers are application/scim+json in UTF-8', async () => {
    const created = await createUser(server, { userName: 'ünïcode ✓', displayName: '𝒰𝓃𝒾' });
    const answer = await server.scim('GET', `/Users/${created.id}`);
    expect(answer.headers.get('content-type')).toBe('application/scim+json');
    expect(answer.body).toMatchObject({ userName: 'ünïcode ✓', displayName: '𝒰𝓃𝒾' });
  });

  test('RFC 7644 §3.8: both JSON types are taken in, with or without charset', async () => {
    const types = ['application/scim+json', 'application/json', 'application/scim+json; charset=utf-8'];
    for (const [index, type] of types.entries()) {
      const body = { schemas: [userUrn], userName: `typed.${index}` };
      expect((await server.scim('POST', '/Users', body, { 'content-type': type })).status).toBe(201);
    }
  });

  test('RFC 7644 §3.8: a body of another type is refused', async () => {
    const body = { schemas: [userUrn], userName: 'untyped' };
    expectError(await server.scim('POST', '/Users', body, { 'content-type': 'text/plain' }), 415);
  });

  test('RFC 7644 §3.8: Accept of either JSON type, of anything, or none at all is answered', async () => {
    for (const accept of [
      'application/scim+json',
      'application/json',
      '*/*',
      'text/html, application/json;q=0.9',
    ]) {
      const answer = await server.scim('GET', '/Users', undefined, { accept });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/scim+json']);
    }
    const bare = await sendRaw('GET', `${server.baseUrl}/Users`, {
      Host: new URL(server.baseUrl).host,
      Authorization: `Bearer ${server.token}`,
    });
    expect([bare.status, bare.headers['content-type']]).toEqual([200, 'application/scim+json']);
  });

  test('RFC 7644 §3.11: /Me is 501 for every method', async () => {
    const body = patchOp({ op: 'add', path: 'title', value: 'Me' });
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      expectError(
        await server.scim(method, '/Me', method === 'GET' || method === 'DELETE' ? undefined : body),
        501,
      );
    }
  });

  test('RFC 7644 §3.12: an error has schemas, a string status and a detail, and a scimType only where there is one', async () => {
    const answer = await server.scim('GET', '/Users/2819c223-7f76-453a-919d-413861904646');
    expectError(answer, 404);
    expect(answer.body.status).toBe('404');
    expect(answer.body.detail).toContain('2819c223-7f76-453a-919d-413861904646');
  });

  test('RFC 7644 §3.12: an endpoint that does not exist is a 404 in SCIM form', async () => {
    for (const path of ['/Robots', '/Users/a/b', '/Groups/x/members', '/users.json', '/Schemas/none/more']) {
      expectError(await server.scim('GET', path), 404);
    }
  });

  test('RFC 7644 §3.12: a body that cannot be parsed is 400 invalidSyntax', async () => {
    const { id } = await createUser(server, { userName: 'unparsable' });
    const headers = {
      Host: new URL(server.baseUrl).host,
      Authorization: `Bearer ${server.token}`,
      'Content-Type': 'application/scim+json',
    };
    const paths = [
      ['POST', '/Users'],
      ['PUT', `/Users/${id}`],
      ['PATCH', `/Users/${id}`],
      ['POST', '/Bulk'],
      ['POST', '/.search'],
    ] as const;
    for (const [method, path] of paths) {
      for (const text of ['{"userName":', '{]', 'not json', '\u0000']) {
        const answer = await sendRaw(method, server.baseUrl + path, headers, text);
        expect(answer.status).toBe(400);
        expect(JSON.parse(answer.text)).toMatchObject({ status: '400', scimType: 'invalidSyntax' });
      }
    }
  });

  test('RFC 7644 §3.12: a body that is missing is 400 invalidSyntax', async () => {
    expectError(await server.scim('POST', '/Users'), 400, 'invalidSyntax');
  });

  test('RFC 7644 §3.13: the version stands in the base URL, and another one is not served', async () => {
    expect(new URL(server.baseUrl).pathname).toMatch(/\/scim\/v2$/);
    const url = server.baseUrl.replace(/v2$/, 'v1');
    const answer = await fetch(`${url}/Users`, { headers: { authorization: `Bearer ${server.token}` } });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ status: '404' });
  });
});
