import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildApp } from '../../../server/app.ts';
import { createMetrics } from '../../../server/core/metrics.ts';
import { deleteConnection } from '../../../server/provisioning/change-connection.ts';
import {
  addCredential,
  removeClient,
  revokeCredential,
} from '../../../server/provisioning/change-oauth-client.ts';
import { accessTokenSeconds } from '../../../shared/oauth-client.ts';
import {
  askToken,
  assertionFor,
  byAssertion,
  clientDesk,
  newKey,
  type SigningKey,
  serveKeys,
} from '../../helpers/oauth-client.ts';
import { databases, type ScimServer, scimClient, startScimServer } from '../../helpers/scim-server.ts';

describe.each(databases)('OAuth clients of a connection, on %s', (database) => {
  let server: ScimServer;
  let desk: ReturnType<typeof clientDesk>;
  beforeAll(async () => {
    server = await startScimServer({
      database,
      mode: 'strict',
      env: { OUTGOING_NETWORKS: '127.0.0.0/8' },
    });
    desk = clientDesk(server);
  });
  afterAll(() => server.close());
  // A connection has ten clients at most.
  beforeEach(async () => {
    await server.deps.database.db.deleteFrom('oauth_clients').execute();
  });

  const secretClient = async () => {
    const { clientId, secret, credentialIds } = await desk.make({ kind: 'secret', days: 365 });
    return { clientId, secret: secret ?? '', credentialId: credentialIds[0] ?? '' };
  };
  const keyClient = async (key: SigningKey) => {
    const { clientId, credentialIds } = await desk.make({
      kind: 'key',
      publicKey: JSON.stringify(key.publicJwk),
    });
    return { clientId, credentialId: credentialIds[0] ?? '' };
  };
  const get = (token: string) => scimClient(server.baseUrl, token)('GET', '/Users?count=1');

  test('a secret in the body or by HTTP Basic gets a token that SCIM takes, in strict mode too', async () => {
    const { clientId, secret } = await secretClient();
    const posted = await askToken(desk.tokenEndpoint, {
      client_id: clientId,
      client_secret: secret,
      scope: 'scim',
    });
    expect(posted).toMatchObject({
      status: 200,
      body: { token_type: 'Bearer', expires_in: accessTokenSeconds, scope: 'scim' },
    });
    expect(posted.headers.get('cache-control')).toBe('no-store');
    const basic = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
    const asked = await askToken(desk.tokenEndpoint, {}, { authorization: basic });
    for (const { body } of [posted, asked]) {
      const scim = scimClient(server.baseUrl, body.access_token);
      const made = await scim('POST', '/Users', {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: `n${body.access_token.slice(-6)}@larkspur.example`,
      });
      expect(made.status, made.text).toBe(201);
      expect((await scim('GET', `/Users/${made.body.id}`)).status).toBe(200);
    }
    expect((await server.scim('GET', '/Users')).status).toBe(200);
  });

  test.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('an assertion signed with %s gets a token', async (alg) => {
    const key = await newKey(alg);
    const { clientId } = await keyClient(key);
    for (const audience of [desk.issuer, desk.tokenEndpoint]) {
      const assertion = await assertionFor(server, clientId, audience, key);
      const { status, body } = await askToken(desk.tokenEndpoint, byAssertion(assertion));
      expect(status, JSON.stringify(body)).toBe(200);
      expect((await get(body.access_token)).status).toBe(200);
    }
  });

  test('an assertion gets one token: again it is refused, at once and from a second process', async () => {
    const key = await newKey();
    const { clientId } = await keyClient(key);
    const assertion = await assertionFor(server, clientId, desk.issuer, key);
    const second = await secondServer(server);
    try {
      const both = [desk.tokenEndpoint, `${second.url}/c/${server.connectionId}/oauth/token`];
      const answers = await Promise.all(
        [...both, ...both, ...both].map((endpoint) => askToken(endpoint, byAssertion(assertion))),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      for (const { status, body } of answers.filter((answer) => answer.status !== 200))
        expect([status, body.error, body.error_description]).toEqual([
          401,
          'invalid_client',
          expect.stringContaining('used before'),
        ]);
    } finally {
      await second.close();
    }
  });

  const wrongs: readonly (readonly [string, (at: number) => Record<string, unknown>, RegExp])[] = [
    ['is over', (at) => ({ exp: at - 61 }), /expired/],
    ['has no end', () => ({ exp: undefined }), /"exp"|exp/],
    ['is good for an hour', (at) => ({ exp: at + 3600 }), /too long/],
    ['was made in the future', (at) => ({ iat: at + 300 }), /future/],
    ['is not good yet', (at) => ({ nbf: at + 300 }), /not good yet/],
    ['is meant for another server', () => ({ aud: 'https://elsewhere.example' }), /somebody else/],
    ['is meant for others too', () => ({ aud: ['ISSUER', 'https://elsewhere.example'] }), /others too/],
    ['is issued by somebody else', () => ({ iss: 'somebody' }), /iss/],
    ['has no id', () => ({ jti: undefined }), /jti/],
    ['has an endless id', () => ({ jti: 'x'.repeat(257) }), /jti/],
  ];
  test.each(wrongs)('an assertion that %s is refused with what to change', async (_, claims, words) => {
    const key = await newKey();
    const { clientId } = await keyClient(key);
    const given = claims(Math.floor(server.clock.now / 1000));
    const aud = Array.isArray(given.aud) ? { aud: [desk.issuer, given.aud[1]] } : {};
    const assertion = await assertionFor(server, clientId, desk.issuer, key, { ...given, ...aud });
    const { status, body } = await askToken(desk.tokenEndpoint, byAssertion(assertion));
    expect([status, body.error]).toEqual([401, 'invalid_client']);
    expect(body.error_description).toMatch(words);
    expect(body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  });

  test('an assertion signed with another key is refused, also when it brings that key along', async () => {
    const [key, other] = [await newKey(), await newKey()];
    const { clientId } = await keyClient(key);
    for (const header of [{}, { jwk: other.publicJwk }, { jku: 'https://elsewhere.example/keys' }]) {
      const assertion = await assertionFor(server, clientId, desk.issuer, other, {}, header);
      const { status, body } = await askToken(desk.tokenEndpoint, byAssertion(assertion));
      expect([status, body.error_description]).toEqual([401, expect.stringContaining('signature')]);
    }
  });

  test('no signature, a shared secret made of the public key, and another algorithm for the key are refused', async () => {
    const key = await newKey('RS256');
    const { clientId } = await keyClient(key);
    const good = await assertionFor(server, clientId, desk.issuer, key);
    const [, payload = ''] = good.split('.');
    const head = (alg: string) => Buffer.from(JSON.stringify({ alg })).toString('base64url');
    const { createHmac } = await import('node:crypto');
    const signed = `${head('HS256')}.${payload}`;
    const mac = createHmac('sha256', key.publicPem).update(signed).digest('base64url');
    for (const forged of [
      `${head('none')}.${payload}.`,
      `${signed}.${mac}`,
      `${head('ES256')}.${payload}.AAAA`,
    ]) {
      const { status, body } = await askToken(desk.tokenEndpoint, byAssertion(forged));
      expect([status, body.error]).toEqual([401, 'invalid_client']);
    }
  });

  test('a scope that is broader, or another one, is refused; none means scim', async () => {
    const { clientId, secret } = await secretClient();
    const ask = (scope: string) =>
      askToken(desk.tokenEndpoint, { client_id: clientId, client_secret: secret, scope });
    for (const scope of ['scim admin', 'openid', 'scim:write', 'SCIM', 'scim  admin'])
      expect((await ask(scope)).body.error, scope).toBe('invalid_scope');
    expect((await ask('')).status).toBe(200);
  });

  test('a request that is no proper token request says what to change, in the words of RFC 6749', async () => {
    const { clientId, secret } = await secretClient();
    const proof = { client_id: clientId, client_secret: secret };
    const error = async (fields: Record<string, string> | URLSearchParams, headers = {}) =>
      (await askToken(desk.tokenEndpoint, fields, headers)).body.error;
    expect(await error({ ...proof, grant_type: 'password' })).toBe('unsupported_grant_type');
    expect(await error({})).toBe('invalid_client');
    expect(await error({ ...proof, client_secret: 'wrong' })).toBe('invalid_client');
    expect(await error({ ...proof, client_id: '\u0000' })).toBe('invalid_client');
    expect(await error(new URLSearchParams([...Object.entries(proof), ['client_id', 'again']]))).toBe(
      'invalid_request',
    );
    expect(await error(proof, { authorization: 'Basic YTpi' })).toBe('invalid_request');
    expect(await error({ ...proof, ...byAssertion('a.b.c') })).toBe('invalid_request');
    const json = await fetch(desk.tokenEndpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect([json.status, (await json.json()).error]).toEqual([400, 'invalid_request']);
  });

  test('an access token ends after its time, and SCIM says where to get another', async () => {
    const { clientId, secret } = await secretClient();
    const { body } = await askToken(desk.tokenEndpoint, { client_id: clientId, client_secret: secret });
    server.clock.now += accessTokenSeconds * 1000 - 1;
    expect((await get(body.access_token)).status).toBe(200);
    server.clock.now += 1;
    const late = await get(body.access_token);
    expect([late.status, late.body.detail]).toEqual([401, expect.stringContaining(desk.tokenEndpoint)]);
    expect(late.headers.get('www-authenticate')).toContain('invalid_token');
  });

  test('two secrets live at once; revoking one ends its tokens at once and leaves the other’s', async () => {
    const first = await secretClient();
    const added = await addCredential(desk.deps, desk.asked, {
      clientId: first.clientId,
      credential: { kind: 'secret', days: 30 },
    });
    const token = async (secret: string) =>
      (await askToken(desk.tokenEndpoint, { client_id: first.clientId, client_secret: secret })).body
        .access_token;
    const [older, newer] = [await token(first.secret), await token(added.secret ?? '')];
    await expect(
      addCredential(desk.deps, desk.asked, {
        clientId: first.clientId,
        credential: { kind: 'secret', days: 30 },
      }),
    ).rejects.toThrow('more than 2 live');
    await revokeCredential(desk.deps, desk.asked, first);
    expect((await get(older)).body.detail).toContain('has ended');
    expect((await get(newer)).status).toBe(200);
    const again = await askToken(desk.tokenEndpoint, {
      client_id: first.clientId,
      client_secret: first.secret,
    });
    expect(again.body.error_description).toContain('was revoked');
    await removeClient(desk.deps, desk.asked, first.clientId);
    expect((await get(newer)).status).toBe(401);
  });

  test('keys at an address change without a gap, and made-up key ids do not make the server ask again and again', async () => {
    const [old, next] = [await newKey('ES256', 'old'), await newKey('ES256', 'next')];
    const site = await serveKeys();
    try {
      site.keys = [old.publicJwk];
      const { clientId } = await desk.make({ kind: 'jwks_uri', url: site.url });
      const ask = async (key: SigningKey, header = {}) =>
        askToken(
          desk.tokenEndpoint,
          byAssertion(await assertionFor(server, clientId, desk.issuer, key, {}, header)),
        );
      expect((await ask(old)).status).toBe(200);
      site.keys = [old.publicJwk, next.publicJwk];
      server.clock.now += 31_000;
      expect((await ask(next)).status).toBe(200);
      expect((await ask(old)).status).toBe(200);
      const before = site.asked();
      for (const kid of ['a', 'b', 'c']) expect((await ask(old, { kid })).status).toBe(401);
      expect(site.asked()).toBe(before);
      site.keys = [next.publicJwk];
      server.clock.now += 11 * 60_000;
      expect((await ask(old)).status).toBe(401);
      expect((await ask(next)).status).toBe(200);
      site.status = 500;
      server.clock.now += 11 * 60_000;
      expect((await ask(next)).status).toBe(200);
      server.clock.now += 61 * 60_000;
      expect((await ask(next)).body.error_description).toContain('answered 500');
    } finally {
      await site.close();
    }
  });

  test('a private key is refused wherever it is pasted, and so is a weak or foreign one', async () => {
    const { exportJWK, exportPKCS8 } = await import('jose');
    const key = await newKey();
    const privateJwk = await exportJWK(key.privateKey);
    for (const publicKey of [
      await exportPKCS8(key.privateKey),
      JSON.stringify(privateJwk),
      JSON.stringify({ keys: [privateJwk] }),
    ])
      await expect(desk.make({ kind: 'key', publicKey })).rejects.toThrow('private key');
    await expect(desk.make({ kind: 'key', publicKey: '{"kty":"oct","k":"c2VjcmV0"}' })).rejects.toThrow(
      'private key',
    );
    await expect(desk.make({ kind: 'key', publicKey: 'hello' })).rejects.toThrow('no public key');
    const { generateKeyPairSync } = await import('node:crypto');
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({
      type: 'spki',
      format: 'pem',
    });
    await expect(desk.make({ kind: 'key', publicKey: String(weak) })).rejects.toThrow('2048');
    await expect(desk.make({ kind: 'jwks_uri', url: 'http://10.0.0.1/keys' })).rejects.toThrow(
      'not an address',
    );
    await expect(desk.make({ kind: 'key', publicKey: key.publicPem })).resolves.toMatchObject({
      secret: null,
    });
  });

  test('a client of one connection gets nothing at another, nor does its token', async () => {
    const { clientId, secret } = await secretClient();
    const other = await server.connect('okta');
    const elsewhere = clientDesk(server, { ownerKind: 'connection', ownerId: other.connectionId });
    const asked = await askToken(elsewhere.tokenEndpoint, { client_id: clientId, client_secret: secret });
    expect([asked.status, asked.body.error]).toEqual([401, 'invalid_client']);
    const { body } = await askToken(desk.tokenEndpoint, { client_id: clientId, client_secret: secret });
    expect((await scimClient(other.baseUrl, body.access_token)('GET', '/Users')).status).toBe(401);
  });

  test('deleting the connection ends its clients and their tokens', async () => {
    const doomed = await server.connect('other');
    const its = clientDesk(server, { ownerKind: 'connection', ownerId: doomed.connectionId });
    const { clientId, secret } = await its.make({ kind: 'secret', days: null });
    await askToken(its.tokenEndpoint, { client_id: clientId, client_secret: secret ?? '' });
    await deleteConnection(desk.deps, { ...desk.asked, connectionId: doomed.connectionId });
    expect(
      (await askToken(its.tokenEndpoint, { client_id: clientId, client_secret: secret ?? '' })).status,
    ).toBe(404);
    const left = await server.deps.database.db
      .selectFrom('oauth_clients')
      .selectAll()
      .where('id', '=', clientId)
      .execute();
    expect(left).toEqual([]);
  });

  test('the metadata leads to the token endpoint, from both places where clients look', async () => {
    for (const address of [desk.metadata, `${desk.issuer}/.well-known/oauth-authorization-server`])
      expect(await (await fetch(address)).json()).toMatchObject({
        issuer: desk.issuer,
        token_endpoint: desk.tokenEndpoint,
        token_endpoint_auth_methods_supported: [
          'private_key_jwt',
          'client_secret_post',
          'client_secret_basic',
        ],
        token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'],
        scopes_supported: ['scim'],
        grant_types_supported: ['client_credentials'],
      });
    const config = await server.scim('GET', '/ServiceProviderConfig');
    expect(config.body.interopProfileConformant).toBe(true);
    expect(config.text).toContain(desk.metadata);
    expect((await fetch(`${server.url}/.well-known/oauth-authorization-server/c/nobody`)).status).toBe(404);
  });

  test('every token request leaves a record without secret, assertion or token', async () => {
    const key = await newKey();
    const { clientId } = await keyClient(key);
    const assertion = await assertionFor(server, clientId, desk.issuer, key);
    const first = await askToken(desk.tokenEndpoint, byAssertion(assertion));
    await askToken(desk.tokenEndpoint, byAssertion(assertion));
    await server.deps.provisioningLog.flush();
    const { db } = server.deps.database;
    const records = await db
      .selectFrom('provisioning_records')
      .selectAll()
      .orderBy('seq', 'desc')
      .limit(2)
      .execute();
    expect(records.map(({ path, outcome, status }) => [path, outcome, status])).toEqual([
      ['/oauth/token', 'refused: client replay', 401],
      ['/oauth/token', 'access token issued', 200],
    ]);
    const everything = JSON.stringify(await db.selectFrom('provisioning_records').selectAll().execute());
    for (const secret of [assertion, assertion.split('.')[2] ?? '', first.body.access_token])
      expect(everything).not.toContain(secret);
    const kept = JSON.stringify(await db.selectFrom('oauth_tokens').selectAll().execute());
    expect(kept).not.toContain(first.body.access_token);
    const history = JSON.stringify([
      await db.selectFrom('audit').selectAll().execute(),
      await db.selectFrom('events').selectAll().execute(),
    ]);
    expect(history).toContain('client.created');
    expect(history).not.toMatch(/rollcall_[A-Za-z0-9]{43}/);
  });
});

/** Another server on the same database, as a second process would be. */
async function secondServer(first: ScimServer): Promise<{ readonly url: string; close(): Promise<void> }> {
  const deps = { ...first.deps, metrics: createMetrics() };
  const app = await buildApp(deps, { maxEventLoopDelay: 0 });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => app.close() };
}
