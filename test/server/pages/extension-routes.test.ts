import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { endAccess } from '../../../server/auth/access-store.ts';
import { personOfBearer, personOfToken } from '../../../server/auth/signed-in.ts';
import { chromiumExtension, extensionRedirects, geckoExtension } from '../../../shared/extension.ts';
import { authorizeQuery, consent, redirectUri, trade } from '../../helpers/extension-client.ts';
import { followHistory } from '../../helpers/history.ts';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { signedInVisitor } from '../../helpers/signed-in-visitor.ts';
import { type Visitor, visitor } from '../../helpers/visitor.ts';

test('the ids follow from what goes into the manifests', () => {
  const key = createHash('sha256').update(Buffer.from(chromiumExtension.key, 'base64')).digest('hex');
  const id = [...key.slice(0, 32)]
    .map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
    .join('');
  expect(chromiumExtension.id).toBe(id);
  expect(geckoExtension.idHash).toBe(createHash('sha1').update(geckoExtension.id).digest('hex'));
});

describe.each(databases)('the extension is let in on %s', (database) => {
  let server: ScimServer;
  let ada: Visitor;
  beforeAll(async () => {
    server = await startScimServer({ database });
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    ada = await signedInVisitor(server);
  });

  const person = (token: string | undefined) => personOfBearer(changeDepsOf(server.deps), `Bearer ${token}`);

  test('with a session that is named, told of and good for the API alone', async () => {
    const told = await followHistory(server.deps.database.db, server.orgId);
    const page = await ada.get(authorizeQuery({ device_name: ' Chrome on\nthis  device ' }));
    expect(page.heading).toBe('Let the Rollcall extension in?');
    expect(page.text).toContain('Chrome on this device');
    const code = await consent(ada, { device_name: 'Chrome on this device' });
    const { status, headers, body } = await trade(server.url, code);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('set-cookie')).toBeNull();
    expect(body).toEqual({
      access_token: expect.stringMatching(/^rollcall_/),
      token_type: 'Bearer',
      expires_in: 30 * 24 * 60 * 60,
      org: { id: server.orgId, name: 'Larkspur Foundry' },
      member: expect.objectContaining({ email: 'ada@larkspur.example', role: 'owner' }),
    });
    expect(await person(body.access_token)).toMatchObject({ orgId: server.orgId, role: 'owner' });
    const asCookie = await personOfToken(changeDepsOf(server.deps), body.access_token ?? '', 'browser');
    expect(asCookie).toBeUndefined();
    expect((await told()).events).toMatchObject([
      { type: 'member.signed_in', data: { name: 'Chrome on this device' } },
    ]);
    expect((await ada.get('/sessions')).text).toContain('Chrome on this device');
  });

  test('with the code and the state in the redirect, and nothing else', async () => {
    const { location, status } = await ada.submit(authorizeQuery(), { decision: 'allow' });
    const { searchParams, origin, pathname } = new URL(location);
    expect([status, `${origin}${pathname}`]).toEqual([303, redirectUri]);
    expect([...searchParams.keys()]).toEqual(['code', 'state']);
    expect(searchParams.get('state')).toBe('a state & more');
    expect(location).not.toContain('rollcall_');
  });

  test('not when the person says no', async () => {
    const { location } = await ada.submit(authorizeQuery(), { decision: 'deny' });
    expect(location).toBe(`${redirectUri}?error=access_denied&state=a+state+%26+more`);
  });

  test('after signing in, when nobody is signed in', async () => {
    const { status, location } = await visitor(server.url).get(authorizeQuery());
    expect(status).toBe(303);
    expect(location).toBe(`/sign-in?continue=${encodeURIComponent(authorizeQuery())}`);
    expect((await ada.get(location)).location).toBe(authorizeQuery());
  });

  test('with pages that its window stays open at, whatever they say, until it is answered', async () => {
    const who = visitor(server.url);
    await who.get(authorizeQuery());
    const failed = await who.submit('/sign-in', { email: 'not an address' });
    expect([failed.status, failed.heading]).toEqual([200, 'Sign in']);
    const stranger = authorizeQuery({ client_id: 'another' });
    await ada.get(authorizeQuery());
    expect((await ada.get(stranger)).status).toBe(200);
    await ada.submit(authorizeQuery(), { decision: 'deny' });
    expect((await ada.get(stranger)).status).toBe(400);
  });

  const elsewhere = 'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/';
  test.each([
    ['another client', { client_id: 'another' }],
    ['no client', { client_id: undefined }],
    ['no address', { redirect_uri: undefined }],
    ['another extension', { redirect_uri: elsewhere }],
    ['a web site', { redirect_uri: 'https://evil.example/' }],
    ['the same without TLS', { redirect_uri: redirectUri.replace('https', 'http') }],
    ['another port', { redirect_uri: redirectUri.replace('.org', '.org:8443') }],
    ['a user name in it', { redirect_uri: redirectUri.replace('https://', 'https://evil.example@') }],
    ['a longer host', { redirect_uri: redirectUri.replace('.org', '.org.evil.example') }],
    ['a backslash', { redirect_uri: redirectUri.replace('/signed-in', '\\@evil.example') }],
    ['a fragment', { redirect_uri: `${redirectUri}#top` }],
    ['script', { redirect_uri: 'javascript:alert(1)' }],
  ])('never sends anybody on to %s', async (_name, differing) => {
    const { status, location, heading, text } = await ada.get(authorizeQuery(differing));
    expect([status, location, heading]).toEqual([400, '', 'This is not our extension']);
    expect(text).not.toContain('<form');
  });

  test.each([
    ['unsupported_response_type', { response_type: 'token' }],
    ['unsupported_response_type', { response_type: undefined }],
    ['invalid_request', { code_challenge: undefined }],
    ['invalid_request', { code_challenge: 'short' }],
    ['invalid_request', { code_challenge_method: 'plain' }],
    ['invalid_request', { code_challenge_method: undefined }],
  ])('tells the extension of %s', async (error, differing) => {
    const { location } = await ada.get(authorizeQuery(differing));
    expect(location).toBe(`${redirectUri}?error=${error}&state=a+state+%26+more`);
  });

  test.each(extensionRedirects)('at every address that a browser keeps for it: %s', async (origin) => {
    const code = await consent(ada, { redirect_uri: `${origin}/` });
    expect((await trade(server.url, code, { redirect_uri: `${origin}/` })).status).toBe(200);
  });

  test.each([
    ['another verifier', { code_verifier: 'x'.repeat(50) }],
    ['another address', { redirect_uri: `${redirectUri}/x` }],
    [
      'the challenge in place of the verifier',
      { code_verifier: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' },
    ],
  ])('not with %s, which uses the code up', async (_name, differing) => {
    const code = await consent(ada);
    expect(await trade(server.url, code, differing)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    expect(await trade(server.url, code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test.each([
    ['invalid_request', { code_verifier: undefined }],
    ['invalid_request', { code_verifier: 'too-short' }],
    ['invalid_request', { code: undefined }],
    ['invalid_client', { client_id: 'another' }],
    ['unsupported_grant_type', { grant_type: 'password' }],
  ])('not with a request that is no exchange: %s %o', async (error, differing) => {
    const code = await consent(ada);
    expect(await trade(server.url, code, differing)).toMatchObject({ status: 400, body: { error } });
    expect((await trade(server.url, code)).status).toBe(200);
  });

  test('not after a minute', async () => {
    const code = await consent(ada);
    server.clock.now += 60_000;
    expect(await trade(server.url, code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('once for a code; the second time ends what the first one made', async () => {
    const told = await followHistory(server.deps.database.db, server.orgId);
    const code = await consent(ada);
    const tried = await Promise.all([1, 2, 3].map(() => trade(server.url, code)));
    const made = tried.filter(({ status }) => status === 200);
    expect(made).toHaveLength(1);
    expect(await person(made[0]?.body.access_token)).toBeUndefined();
    expect((await told()).events.map(({ type }) => type)).toEqual([
      'member.signed_in',
      'member.session_ended',
    ]);
  });

  test('not when access has ended meanwhile', async () => {
    const code = await consent(ada);
    const { db } = server.deps.database;
    const { id } = await db.selectFrom('members').select('id').executeTakeFirstOrThrow();
    await endAccess(db, server.orgId, id, server.clock.now);
    expect(await trade(server.url, code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('until it gives its token back, which it may do twice', async () => {
    const { body } = await trade(server.url, await consent(ada));
    const revoke = () =>
      fetch(`${server.url}/extension/revoke`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token: body.access_token }),
      });
    expect((await revoke()).status).toBe(200);
    expect(await person(body.access_token)).toBeUndefined();
    expect((await revoke()).status).toBe(200);
  });

  test('while no other origin may read the token', async () => {
    const preflight = (origin: string) =>
      fetch(`${server.url}/extension/token`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
    const allowed = async (origin: string) =>
      (await preflight(origin)).headers.get('access-control-allow-origin');
    const ours = `chrome-extension://${chromiumExtension.id}`;
    expect(await allowed(ours)).toBe(ours);
    expect(await allowed('chrome-extension://abcdefghijklmnopabcdefghijklmnop')).toBeNull();
    expect(await allowed('https://evil.example')).toBeNull();
    expect(await allowed('null')).toBeNull();
    expect((await preflight(ours)).headers.get('access-control-allow-credentials')).toBeNull();
  });
});
