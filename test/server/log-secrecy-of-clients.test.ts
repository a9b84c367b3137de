import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { unsealSso } from '../../server/auth/sso-secret.ts';
import type { createLog } from '../../server/core/log.ts';
import { clientAddresses } from '../../server/provisioning/client-addresses.ts';
import { type ApiClient, apiClient, signInForApi } from '../helpers/api-client.ts';
import { consent, trade } from '../helpers/extension-client.ts';
import { lastMailTo } from '../helpers/mailbox.ts';
import { askToken, assertionFor, byAssertion, newKey } from '../helpers/oauth-client.ts';
import { databases, scimClient } from '../helpers/scim-server.ts';
import { visitor } from '../helpers/visitor.ts';
import { openReceiver, refuse } from '../helpers/webhook-desk.ts';
import { signInThere } from '../oidc/sign-in-there.ts';
import { openSsoStage, type SsoStage } from '../oidc/sso-stage.ts';

const written = vi.hoisted(() => [] as string[]);

// The server's own log, with all it writes kept.
vi.mock('../../server/core/log.ts', async (original) => {
  const log = await original<{ createLog: typeof createLog }>();
  const write = (line: string) => void written.push(line);
  return { ...log, createLog: (level: string) => log.createLog(level, { write }) };
});

const noor = {
  id: '00unoor0000000000000',
  name: 'Noor Haddad',
  email: 'noor@larkspur.example',
} as const;
const clientSecret = 'quiet-otter-9';

describe.each(databases)('what lets programs and the identity provider in, on %s', (database) => {
  let stage: SsoStage;
  let api: ApiClient;
  const secrets = new Map<string, string>();
  /** Where a secret must not turn up, by what it is. */
  const seen: (readonly [place: string, text: string])[] = [];
  const realFetch = globalThis.fetch;

  beforeAll(async () => {
    written.length = 0;
    stage = await openSsoStage({ database, shape: 'okta', people: [noor], env: { LOG_LEVEL: 'trace' } });
    // No answer that refuses something says what was refused.
    vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
      const response = await realFetch(input, init);
      const { url, status } = response;
      if (status >= 400 && url.startsWith(stage.url))
        seen.push([`the answer ${status} of ${new URL(url).pathname}`, await response.clone().text()]);
      return response;
    });
    const { deps, orgId, ownerId } = stage.server;
    const token = keep('the owner’s session', await signInForApi(deps, orgId, ownerId));
    api = apiClient(stage.url, token);
  });
  afterAll(async () => {
    vi.unstubAllGlobals();
    await stage.close();
  });

  const keep = (name: string, secret: string | null | undefined): string => {
    expect(secret?.length ?? 0, name).toBeGreaterThan(7);
    secrets.set(name, secret ?? '');
    return secret ?? '';
  };
  const db = () => stage.server.deps.database.db;

  test('single sign-on is set up, tried, used and ended', async () => {
    const { server, idp, slug } = stage;
    keep('client secret', clientSecret);
    idp.alter = (route, body) => {
      for (const name of ['id_token', 'access_token'])
        if (route === 'token' && body?.[name]) keep(`the identity provider’s ${name}`, body[name]);
      return body;
    };
    await db().deleteFrom('sso_settings').execute();
    const client = { issuer: idp.issuer, clientId: 'rollcall' };
    for (const wrong of ['not-the-secret-of-it', clientSecret])
      await api.sso.test.mutate({ ...client, clientSecret: keep(`tried secret ${wrong}`, wrong) });
    const settings = { ...client, joining: 'verified_domains' as const };
    await api.sso.save.mutate({ ...settings, clientSecret });

    const begin = async () => {
      const who = visitor(stage.url);
      const away = new URL((await who.get(`/sso/${slug}/start`)).location);
      const [state, nonce] = ['state', 'nonce'].map((name) => keep(name, away.searchParams.get(name)));
      const flows = await db().selectFrom('sso_flows').select('sealed').execute();
      const flow = flows
        .map(({ sealed }) => JSON.parse(unsealSso(server.deps.secret, 'flow', sealed) ?? '{}'))
        .find((one) => one.nonce === nonce);
      keep('PKCE verifier', flow?.verifier);
      const back = (await signInThere(idp, away.href, noor.email)) ?? '';
      keep('authorization code', new URL(back).searchParams.get('code'));
      return { who, back, state };
    };
    const { who, back } = await begin();
    expect((await visitor(stage.url).get(back)).status).toBe(400);
    expect((await who.get(back)).status).toBe(303);
    for (const [name, cookie] of who.cookies) keep(`cookie ${name}`, cookie);
    expect((await who.get(back)).status).toBe(400);
    const code = keep('code of the extension', await consent(who));
    keep('session of the extension', (await trade(stage.url, code)).body.access_token);

    // A secret that the identity provider no longer takes, and an answer that somebody has tampered with.
    await api.sso.save.mutate({ ...settings, clientSecret: 'not-the-secret-of-it' });
    const refused = await begin();
    expect((await refused.who.get(refused.back)).status).toBe(403);
    await api.sso.save.mutate({ ...settings, clientSecret });
    const forged = await begin();
    idp.alter = (route, body) =>
      route === 'token' ? { ...body, id_token: `${body.id_token.slice(0, -9)}forgedsig` } : body;
    expect((await forged.who.get(forged.back)).status).toBe(403);
    idp.alter = undefined;

    const logout = `/sso/${slug}/logout`;
    const token = keep('logout token', await idp.logoutToken({ clientId: 'rollcall', sub: noor.id }));
    const answers = [token, token, `${token.slice(0, -9)}forgedsig`].map((logout_token) => ({
      logout_token,
    }));
    const statuses = [];
    for (const fields of answers) statuses.push((await visitor(stage.url).post(logout, fields)).status);
    expect(statuses).toEqual([200, 400, 400]);
    const leaving = await stage.signedIn(noor.email);
    const left = await leaving.submit('/', {}, '/sign-out');
    const hint = new URL((left.headers.get('refresh') ?? '').replace('0; url=', ''));
    keep('id token as a hint', hint.searchParams.get('id_token_hint'));

    await stage.set({ required: 1 });
    const owner = visitor(stage.url);
    await owner.submit('/sign-in', { email: 'ada@larkspur.example', by: 'mail' });
    const mail = await lastMailTo(server.deps, 'ada@larkspur.example');
    keep('code by mail', mail.code);
    keep('token by mail', new URL(mail.link, stage.url).searchParams.get('token'));
    await owner.submit('/sign-in/code', { code: '00000000' });
    expect((await owner.submit('/sign-in/code', { code: mail.code })).status).toBe(303);
    for (const [name, cookie] of owner.cookies) keep(`the owner’s cookie ${name}`, cookie);
  });

  test('machine clients and readers get tokens, use them, and are refused', async () => {
    const { server } = stage;
    const choice = { userAttributes: ['userName'], groupAttributes: [], groupIds: null };
    const reader = await api.readers.create.mutate({ name: 'Door locks', ...choice });
    const { readerId } = reader;
    const next = await api.readers.rotateToken.mutate({ readerId });
    for (const token of [reader.token, next.token]) {
      keep(`reader token ${token.slice(-4)}`, token);
      const scim = scimClient(reader.baseUrl, token);
      expect((await scim('GET', '/Users')).status).toBe(200);
      expect((await scim('POST', '/Users', { userName: token })).status).toBe(403);
      expect(
        (await server.scim('GET', '/Users', undefined, { authorization: `Bearer ${token}` })).status,
      ).toBe(401);
    }
    await api.readers.revokeToken.mutate({ readerId, tokenId: reader.tokenId });
    expect((await scimClient(reader.baseUrl, reader.token)('GET', '/Users')).status).toBe(401);

    for (const [ownerKind, ownerId, baseUrl] of [
      ['connection', server.connectionId, server.baseUrl],
      ['reader', readerId, reader.baseUrl],
    ] as const) {
      const owner = { ownerKind, ownerId };
      const { issuer, tokenEndpoint } = clientAddresses(stage.url, owner);
      const made = await api.clients.create.mutate({
        ...owner,
        name: 'HR feed',
        credential: { kind: 'secret' },
      });
      const secret = keep(`${ownerKind} client’s secret`, made.secret);
      const added = await api.clients.addCredential.mutate({
        clientId: made.clientId,
        credential: { kind: 'secret' },
      });
      keep(`${ownerKind} client’s next secret`, added.secret);
      const proof = { client_id: made.clientId, client_secret: secret };
      const basic = `Basic ${keep(
        `${ownerKind} client’s secret by HTTP Basic`,
        Buffer.from(`${made.clientId}:${secret}`).toString('base64'),
      )}`;
      const key = await newKey();
      const signing = await api.clients.create.mutate({
        ...owner,
        name: 'Signs',
        credential: { kind: 'key', publicKey: JSON.stringify(key.publicJwk) },
      });
      const assertion = async (claims = {}) =>
        keep(
          `${ownerKind} client’s assertion ${secrets.size}`,
          await assertionFor(server, signing.clientId, issuer, key, claims),
        );
      const signed = byAssertion(await assertion());
      const asked = [
        await askToken(tokenEndpoint, proof),
        await askToken(tokenEndpoint, {}, { authorization: basic }),
        await askToken(tokenEndpoint, signed),
        await askToken(tokenEndpoint, signed),
        await askToken(tokenEndpoint, byAssertion(await assertion({ exp: 1 }))),
        await askToken(tokenEndpoint, { ...proof, client_secret: `${secret}x` }),
        await askToken(tokenEndpoint, { ...proof, scope: 'everything' }),
        await askToken(tokenEndpoint, { ...proof, client_id: secret }),
        await askToken(tokenEndpoint, { ...proof, grant_type: secret }),
        await askToken(
          `${tokenEndpoint}?client_secret=${secret}`,
          new URLSearchParams([['client_secret', '']]),
        ),
      ];
      expect(asked.map(({ status }) => status)).toEqual([200, 200, 200, 401, 401, 401, 400, 401, 400, 401]);
      for (const { body } of asked.filter(({ status }) => status === 200)) {
        const token = keep(`${ownerKind} access token ${secrets.size}`, body.access_token);
        const scim = scimClient(baseUrl, token);
        expect((await scim('GET', '/Users')).status).toBe(200);
        expect((await scim('GET', `/Users/${token}`)).status).toBe(404);
        expect((await scim('POST', '/Users', `{"userName":"${token}"`)).status).toBeGreaterThan(399);
        expect((await scim('GET', '/Users', undefined, { authorization: `Bearer ${token}x` })).status).toBe(
          401,
        );
      }
      await api.clients.remove.mutate({ clientId: made.clientId });
    }
  });

  test('a webhook is told, signs, and gets another secret', async () => {
    const receiver = await openReceiver();
    const made = await api.webhooks.create.mutate({ name: 'Payroll', url: receiver.url, eventTypes: null });
    const { endpointId } = made;
    const told = async (name: string, secret: string) => {
      keep(name, secret);
      keep(`${name}, its key`, secret.slice('whsec_'.length));
      await api.webhooks.test.mutate({ endpointId });
      await stage.server.scim('POST', '/Users', { userName: `${secrets.size}@larkspur.example` });
      await stage.server.deps.webhooks.run();
    };
    await told('webhook secret', made.secret);
    receiver.answer = refuse(500);
    await told('webhook secret, renewed', (await api.webhooks.rotate.mutate({ endpointId })).secret);
    expect(receiver.received.length).toBeGreaterThan(3);
    for (const { text } of receiver.received) seen.push(['a message to a webhook', text]);
    await api.webhooks.deliveries.query({ endpointId }).then((list) => {
      expect(list.deliveries.length).toBeGreaterThan(2);
      seen.push(['the deliveries', JSON.stringify(list)]);
    });
  });

  test('no row of the database, no list, no download and no number tells one', async () => {
    const tables = await db().introspection.getTables();
    for (const { name } of tables) {
      const rows = await db()
        .selectFrom(name as never)
        .selectAll()
        .execute();
      seen.push([`the table ${name}`, JSON.stringify(rows)]);
    }
    const { url, server } = stage;
    const authorization = `Bearer ${secrets.get('the owner’s session')}`;
    for (const path of ['/export/members.csv', '/export/audit.ndjson', '/metrics']) {
      const answer = await fetch(`${url}${path}`, { headers: { authorization } });
      expect(answer.status, path).toBe(200);
      seen.push([path, await answer.text()]);
    }
    const owner = { ownerKind: 'connection' as const, ownerId: server.connectionId };
    for (const [name, list] of Object.entries({
      sso: await api.sso.get.query(),
      clients: await api.clients.list.query(owner),
      readers: await api.readers.list.query(),
      webhooks: await api.webhooks.list.query(),
      records: await api.records.list.query({ connectionId: server.connectionId }),
      audit: await api.audit.list.query({}),
    }))
      seen.push([`the list of ${name}`, JSON.stringify(list)]);

    const places = new Map(seen);
    for (const table of ['events', 'audit', 'provisioning_records', 'outbox', 'sso_attempts', 'oauth_tokens'])
      expect(places.get(`the table ${table}`)?.length ?? 0, table).toBeGreaterThan(50);
  });

  test('what fails inside tells none either, and neither does any line of the log', async () => {
    const { url, server } = stage;
    const reader = await api.readers.create.mutate({
      name: 'Badges',
      userAttributes: ['userName'],
      groupAttributes: [],
      groupIds: null,
    });
    keep('token of a reader that breaks', reader.token);
    const client = await api.clients.create.mutate({
      ownerKind: 'connection',
      ownerId: server.connectionId,
      name: 'Breaks',
      credential: { kind: 'secret' },
    });
    const secret = keep('secret of a client that breaks', client.secret);
    const { tokenEndpoint } = clientAddresses(url, { ownerKind: 'connection', ownerId: server.connectionId });
    const { url: receiver } = await openReceiver();
    const { endpointId, secret: signingSecret } = await api.webhooks.create.mutate({
      name: 'Payroll',
      url: receiver,
      eventTypes: null,
    });
    keep('webhook secret that breaks', signingSecret);
    const who = visitor(url);
    const back = await stage.goThere(who, noor.email);
    for (const name of ['code', 'state']) keep(`${name} that breaks`, new URL(back).searchParams.get(name));
    for (const table of ['sso_flows', 'oauth_tokens', 'reader_tokens', 'webhook_attempts'] as const)
      await db().schema.dropTable(table).execute();
    const errors = [
      (await who.get(back)).status,
      (await askToken(tokenEndpoint, { client_id: client.clientId, client_secret: secret })).status,
      (await scimClient(reader.baseUrl, reader.token)('GET', '/Users')).status,
      await api.webhooks.test.mutate({ endpointId }).catch((error) => error.data?.httpStatus),
    ];
    expect(errors).toEqual([500, 500, 500, 500]);

    expect(secrets.size).toBeGreaterThan(40);
    expect(seen.length).toBeGreaterThan(80);
    expect(written.filter((line) => line.includes('"answered"')).length).toBeGreaterThan(60);
    expect(written.filter((line) => line.includes('"level":"error"')).length).toBeGreaterThan(3);
    for (const line of written) seen.push(['the log', line]);
    const told = seen.flatMap(([place, text]) =>
      [...secrets]
        .filter(([, secret]) => text.includes(secret))
        .map(([name]) => `${name}: in ${place}: ${text}`),
    );
    expect(told).toEqual([]);
  });
});
