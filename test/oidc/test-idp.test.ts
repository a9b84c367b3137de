import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { entraTenant } from './idp-people.ts';
import { signInThere } from './sign-in-there.ts';
import { type IdpOptions, startTestIdp, type TestIdp } from './test-idp.ts';

const then = Date.UTC(2026, 10, 2, 9);
const client = {
  clientId: 'rollcall',
  clientSecret: 'quiet-otter-9',
  redirectUris: ['http://rollcall.example/callback'],
};
const okta = {
  id: '00u1noor2haddad3xyz',
  name: 'Noor Haddad',
  email: 'noor@larkspur.example',
  groups: ['Kiln'],
};
const entra = { ...okta, id: '5b1e3f5e-0b7c-4c55-8a37-6f0d2f2a9c10' };

async function open(options: Partial<IdpOptions> & Pick<IdpOptions, 'shape'>): Promise<TestIdp> {
  const idp = await startTestIdp({ clients: [client], clock: () => then, ...options });
  onTestFinished(() => idp.close());
  return idp;
}

const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

/** From the authorization request to the tokens. */
async function tokensOf(idp: TestIdp, login = 'noor@larkspur.example') {
  const server = await (await fetch(`${idp.issuer}/.well-known/openid-configuration`)).json();
  const authorize = new URL(server.authorization_endpoint);
  authorize.search = String(
    new URLSearchParams({
      client_id: client.clientId,
      redirect_uri: client.redirectUris[0] ?? '',
      response_type: 'code',
      scope: 'openid profile email',
      state: 'state',
      nonce: 'nonce',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    }),
  );
  const back = new URL((await signInThere(idp, authorize.href, login)) ?? 'about:blank');
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: client.redirectUris[0] ?? '',
    code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    ...(idp.shape === 'entra' && { client_id: client.clientId, client_secret: client.clientSecret }),
  });
  const basic = `Basic ${btoa(`${client.clientId}:${client.clientSecret}`)}`;
  const headers = idp.shape === 'okta' ? { authorization: basic } : undefined;
  const answer = await fetch(server.token_endpoint, { method: 'POST', body, ...(headers && { headers }) });
  return { server, back, answer: (await answer.json()) as { id_token: string } };
}

describe('the test identity provider', () => {
  test('speaks of people as Okta does', async () => {
    const idp = await open({ shape: 'okta', people: [okta] });
    const { server, answer } = await tokensOf(idp);
    const { payload } = await jwtVerify(answer.id_token, createRemoteJWKSet(new URL(server.jwks_uri)), {
      currentDate: new Date(then),
    });
    expect(payload).toMatchObject({
      iss: idp.issuer,
      sub: okta.id,
      iat: then / 1000,
      email: okta.email,
      email_verified: true,
      preferred_username: okta.email,
      groups: ['Kiln'],
      nonce: 'nonce',
    });
    expect(idp.issuer).toMatch(/\/oauth2\/default$/);
  });

  test('speaks of people as Entra does: a subject of this app alone, and no word on the address', async () => {
    const idp = await open({ shape: 'entra', people: [entra] });
    const claims = decodeJwt((await tokensOf(idp)).answer.id_token);
    expect(claims).toMatchObject({ oid: entra.id, tid: entraTenant, email: entra.email, groups: ['Kiln'] });
    expect(claims.sub).toBe(idp.subjectOf(entra.id, client.clientId));
    expect(claims.sub).not.toBe(entra.id);
    expect(claims).not.toHaveProperty('email_verified');
  });

  test('sends whoever is not assigned back with the words of each console', async () => {
    const idp = await open({ shape: 'entra', people: [{ ...entra, assigned: false }] });
    const { back } = await tokensOf(idp);
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(back.searchParams.get('error_description')).toContain('AADSTS50105');
  });

  test('signs with another key after a rotation', async () => {
    const idp = await open({ shape: 'okta', people: [okta] });
    const kid = async () => decodeProtectedHeader((await tokensOf(idp)).answer.id_token).kid;
    const before = await kid();
    await idp.rotateKeys();
    expect(await kid()).not.toBe(before);
  });

  test('tells an app on the back channel that somebody signed out', async () => {
    const told: string[] = [];
    const receiver = createServer(async (request, response) => {
      for await (const chunk of request) told.push(String(chunk));
      response.end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void receiver.close());
    const backchannelLogoutUri = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/logout`;
    const idp = await open({
      shape: 'entra',
      people: [entra],
      clients: [{ ...client, backchannelLogoutUri }],
    });
    const { sid } = decodeJwt((await tokensOf(idp)).answer.id_token);
    expect(await idp.signOut(entra.id)).toBe(1);
    const token = new URLSearchParams(told[0]).get('logout_token') ?? '';
    expect(decodeJwt(token)).toMatchObject({ sid, sub: idp.subjectOf(entra.id, client.clientId) });
  });
});
