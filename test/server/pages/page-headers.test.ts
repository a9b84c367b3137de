import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { visitor } from '../../helpers/visitor.ts';

let server: ScimServer;
beforeAll(async () => {
  server = await startScimServer({ env: { PUBLIC_URL: 'https://rollcall.larkspur.example' } });
  server.deps.announce('https://rollcall.larkspur.example');
});
afterAll(() => server.close());

test('every cookie is for this host alone, over TLS, and no script reads it', async () => {
  const { headers } = await visitor(server.url).get('/sign-in');
  expect(headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-rollcall-browser=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
  ]);
});

test('a form from the public address is taken although a proxy names another host', async () => {
  const who = visitor(server.url, {
    origin: 'https://rollcall.larkspur.example',
    'sec-fetch-site': 'same-origin',
  });
  expect((await who.submit('/sign-in', { email: 'mara@larkspur.example' })).status).toBe(303);
});

describe.each([
  ['a page', '/sign-in', 200],
  ['a redirect', '/', 303],
  ['a page that is not there', '/nothing', 404],
])('%s', (_name, path, status) => {
  test('is kept in no cache, shown in no frame and runs no script', async () => {
    const answer = await visitor(server.url).get(path, { accept: 'text/html' });
    expect(answer.status).toBe(status);
    const wanted = {
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    };
    if (status !== 303) {
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src data:; form-action 'self'; /,
      );
      expect(policy).toMatch(/frame-ancestors 'none'; base-uri 'none'$/);
      expect(answer.text).not.toMatch(/<script|style="|\son\w+="/);
    }
    for (const [name, value] of Object.entries(wanted)) expect(answer.headers.get(name), name).toBe(value);
  });
});

test('a program that asks for something that is not there gets no page', async () => {
  const { status, headers } = await visitor(server.url).get('/nothing', { accept: 'application/json' });
  expect([status, headers.get('content-type')]).toEqual([404, 'application/json; charset=utf-8']);
});

test('a body that cannot be read is explained with the request’s number', async () => {
  const answer = await fetch(`${server.url}/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/xml', 'x-request-id': 'request-0001' },
    body: '<a/>',
  });
  expect(answer.status).toBe(415);
  expect(await answer.text()).toContain('Request request-0001');
});

test('what fails inside stays inside', async () => {
  const { database } = server.deps;
  await database.db.schema.dropTable('sign_ins').execute();
  const answer = await visitor(server.url).submit('/sign-in', { email: 'mara@larkspur.example' });
  expect([answer.status, answer.heading]).toEqual([500, 'Something went wrong in Rollcall']);
  expect(answer.text).not.toContain('sign_ins');
});
