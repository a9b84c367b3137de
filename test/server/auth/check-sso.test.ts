// Every explained error of the test of single sign-on: with a real identity provider, and with servers that are none.
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { checkSso } from '../../../server/auth/check-sso.ts';
import { explainSsoFailure } from '../../../server/auth/explain-sso-failure.ts';
import { issuerKind } from '../../../server/auth/issuer-kind.ts';
import { ssoAddresses } from '../../../server/auth/sso-addresses.ts';
import { writeSso } from '../../../server/auth/sso-store.ts';
import { createOutgoing, type Outgoing } from '../../../server/core/outgoing.ts';
import type { SsoCheck, SsoTest } from '../../../shared/single-sign-on.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { type Answering, answerJson, openOddServer } from '../../helpers/odd-server.ts';
import { ssoRow } from '../../helpers/sso-settings.ts';
import { entraTenant } from '../../oidc/idp-people.ts';
import { type IdpOptions, startTestIdp, type TestIdp } from '../../oidc/test-idp.ts';

const publicUrl = 'https://rollcall.example';
const { redirectUri } = ssoAddresses(publicUrl, 'larkspur-foundry');
const secret = 'quiet-otter-9';
const registered = { clientId: 'rollcall', clientSecret: secret, redirectUris: [redirectUri] };

let directory: Directory;
let outgoing: Outgoing;
beforeAll(async () => {
  directory = await openDirectory('sqlite');
  outgoing = createOutgoing({ allowedNetworks: ['127.0.0.0/8'] });
});
afterAll(async () => {
  await outgoing.close();
  await directory.close();
});

async function openIdp(options: Partial<IdpOptions> = {}): Promise<TestIdp> {
  const clock = () => directory.clock.now;
  const idp = await startTestIdp({ shape: 'okta', clients: [registered], clock, ...options });
  onTestFinished(() => idp.close());
  return idp;
}

interface Entered {
  readonly clientId?: string;
  readonly clientSecret?: string | null;
  readonly way?: Outgoing;
}

function look(
  issuer: string,
  { clientId = 'rollcall', clientSecret = secret, way = outgoing }: Entered = {},
) {
  const deps = { ...directory.deps, outgoing: way, publicUrl: () => publicUrl };
  return checkSso(deps, directory.orgId, { issuer, clientId, clientSecret });
}

const statesOf = ({ checks }: SsoTest) => checks.map(({ id, state }) => `${id} ${state}`);

function onlyFailure({ ok, checks }: SsoTest): SsoCheck {
  const [failure, ...more] = checks.filter(({ state }) => state === 'failed');
  expect(ok).toBe(false);
  expect(more).toEqual([]);
  if (failure === undefined) throw new Error('nothing failed');
  expect(failure.remedy).not.toBeNull();
  return failure;
}

describe.each(['okta', 'entra'] as const)('with an identity provider shaped like %s', (shape) => {
  test('everything is seen without signing anybody in', async () => {
    const { ok, checks } = await look((await openIdp({ shape })).issuer);
    expect(checks.map(({ id, state }) => [id, state])).toEqual(
      ['issuer', 'features', 'keys', 'clock', 'redirect_uri', 'client'].map((id) => [id, 'passed']),
    );
    expect(ok).toBe(true);
    expect(JSON.stringify(checks)).not.toContain(secret);
  });

  test('a wrong secret is named, and not shown', async () => {
    const test = await look((await openIdp({ shape })).issuer, { clientSecret: 'wrong-walrus-4' });
    expect(onlyFailure(test)).toMatchObject({ id: 'client' });
    expect(JSON.stringify(test)).not.toContain('walrus');
    expect(statesOf(test)).toContain('redirect_uri passed');
  });

  test('a client that is not there is named', async () => {
    const { issuer } = await openIdp({ shape });
    expect(onlyFailure(await look(issuer, { clientId: 'nobody' }))).toMatchObject({ id: 'client' });
  });

  test('a redirect URI that is not registered is named', async () => {
    const elsewhere = { ...registered, redirectUris: ['https://elsewhere.example/callback'] };
    const { issuer } = await openIdp({ shape, clients: [elsewhere] });
    const test = await look(issuer);
    expect(onlyFailure(test)).toMatchObject({
      id: 'redirect_uri',
      sentence: 'The identity provider does not know the redirect URI.',
    });
    expect(statesOf(test)).toContain('client passed');
  });

  test('a clock that is wrong is named with both times', async () => {
    const { issuer } = await openIdp({ shape, clock: () => directory.clock.now + 10 * 60_000 });
    const failure = onlyFailure(await look(issuer));
    expect(failure).toMatchObject({ id: 'clock' });
    expect(failure.sentence).toMatch(
      /^The clocks are 10 minutes apart: here it is 2026-11-02 09:00 UTC, at .* 09:10 UTC\./,
    );
  });
});

test('a secret that is kept is tried for its own client, and sent nowhere else', async () => {
  const idp = await openIdp();
  await writeSso(directory.db, ssoRow(directory.deps.secret, directory.orgId, idp.issuer));
  expect(statesOf(await look(idp.issuer, { clientSecret: null }))).toContain('client passed');
  idp.requests.length = 0;
  const other = await look(idp.issuer, { clientSecret: null, clientId: 'other' });
  expect(statesOf(other)).toContain('client failed');
  const stranger = await openIdp();
  expect(statesOf(await look(stranger.issuer, { clientSecret: null }))).toContain('client unknown');
  expect([...idp.requests, ...stranger.requests].filter((one) => one.includes('token'))).toEqual([]);
});

/** What people copy, and what is offered to them. */
const copied: readonly (readonly [says: string, typed: string, meant: string | null, sentence: RegExp])[] = [
  ['the admin console', 'https://heron-admin.okta.com/', 'https://heron.okta.com', /admin console/],
  [
    'the admin console of a preview',
    'https://heron-admin.oktapreview.com/admin/app/oidc_client/instance/0oa1/#tab-general',
    'https://heron.oktapreview.com',
    /admin console/,
  ],
  [
    'the admin console with a server',
    'https://heron-admin.okta.com/oauth2/default',
    'https://heron.okta.com/oauth2/default',
    /admin console/,
  ],
  [
    'the metadata of Okta',
    'https://heron.okta.com/oauth2/default/.well-known/openid-configuration',
    'https://heron.okta.com/oauth2/default',
    /metadata/,
  ],
  [
    'the metadata of Okta itself',
    'https://heron.okta.com/.well-known/openid-configuration',
    'https://heron.okta.com',
    /metadata/,
  ],
  [
    'Okta’s authorize URL',
    'https://heron.okta.com/oauth2/v1/authorize',
    'https://heron.okta.com',
    /endpoints/,
  ],
  [
    'a custom server’s authorize URL',
    'https://heron.okta.com/oauth2/aus1a2b3c4d5/v1/authorize?client_id=0oa1',
    'https://heron.okta.com/oauth2/aus1a2b3c4d5',
    /endpoints/,
  ],
  ['a page of Okta', 'https://heron.okta.com/app/UserHome', 'https://heron.okta.com', /a page of Okta/],
  ['no address, but a host', 'heron.okta.com', 'https://heron.okta.com', /not an address/],
  ['no address, but the console’s host', 'heron-admin.okta.com', 'https://heron.okta.com', /not an address/],
  ['no address at all', 'our okta', null, /not an address/],
  [
    'Entra’s v1 issuer',
    `https://sts.windows.net/${entraTenant}/`,
    `https://login.microsoftonline.com/${entraTenant}/v2.0`,
    /v1\.0/,
  ],
  ['Entra’s common', 'https://login.microsoftonline.com/common/v2.0', null, /every company/],
  ['Entra’s organizations', 'https://login.microsoftonline.com/organizations/v2.0', null, /every company/],
  [
    'Entra’s consumers',
    'https://login.microsoftonline.com/consumers/v2.0',
    null,
    /private Microsoft accounts/,
  ],
  [
    'Entra’s authorize URL',
    `https://login.microsoftonline.com/${entraTenant}/oauth2/v2.0/authorize`,
    `https://login.microsoftonline.com/${entraTenant}/v2.0`,
    /endpoints/,
  ],
  [
    'Entra’s metadata',
    `https://login.microsoftonline.com/${entraTenant}/v2.0/.well-known/openid-configuration`,
    `https://login.microsoftonline.com/${entraTenant}/v2.0`,
    /metadata/,
  ],
  [
    'Entra’s issuer without its version',
    `https://login.microsoftonline.com/${entraTenant}`,
    `https://login.microsoftonline.com/${entraTenant}/v2.0`,
    /without its \/v2\.0/,
  ],
];

test.each(copied)('%s is recognised', async (_says, typed, meant, sentence) => {
  const failure = onlyFailure(await look(typed));
  expect(failure).toMatchObject({ id: 'issuer', meant });
  expect(failure.sentence).toMatch(sentence);
});

test('the tenant behind “common” is told by a verified domain of the org', async () => {
  const added = { org_id: directory.orgId, domain: 'larkspur.example', verified_at: 1 };
  await directory.db
    .insertInto('org_domains')
    .values({ ...added, challenge: 'x', created_at: 1 } as never)
    .execute();
  onTestFinished(() => void directory.db.deleteFrom('org_domains').execute());
  let origin = '';
  origin = await openOddServer(
    answerJson((path) =>
      path === '/larkspur.example/v2.0/.well-known/openid-configuration'
        ? { issuer: `${origin}/${entraTenant}/v2.0` }
        : undefined,
    ),
  );
  const failure = onlyFailure(await look(`${origin}/common/v2.0`));
  expect(failure.meant).toBe(`${origin}/${entraTenant}/v2.0`);
});

test('a slash too many, and an issuer that calls itself otherwise, are offered as they are spelt', async () => {
  const { issuer, origin } = await openIdp();
  expect(onlyFailure(await look(`${issuer}/`))).toMatchObject({ id: 'issuer', meant: issuer });
  const other = await openOddServer(
    answerJson(() => ({ issuer: 'https://id.heron.example', authorization_endpoint: `${origin}/x` })),
  );
  const failure = onlyFailure(await look(other));
  expect(failure).toMatchObject({ id: 'issuer', meant: 'https://id.heron.example' });
  expect(failure.sentence).toContain('calls itself “https://id.heron.example”');
});

test('a custom authorization server that is not there leads to Okta’s own', async () => {
  let origin = '';
  origin = await openOddServer(
    answerJson((path) => (path === '/.well-known/openid-configuration' ? { issuer: origin } : undefined)),
  );
  const failure = onlyFailure(await look(`${origin}/oauth2/default`));
  expect(failure).toMatchObject({ id: 'discovery', meant: origin });
  expect(failure.remedy).toContain('no such custom authorization server');
});

const page: Answering = (_request, response) =>
  void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Sign in to the proxy');
const broken: Answering = (_request, response) => void response.writeHead(503).end();
const onwards: Answering = (_request, response) =>
  void response
    .writeHead(302, { location: 'https://id.heron.example/.well-known/openid-configuration' })
    .end();

const silent: readonly (readonly [
  says: string,
  answering: Answering,
  sentence: RegExp,
  meant: string | null,
])[] = [
  [
    'nothing',
    answerJson(() => undefined),
    /There is no identity provider at this address: .* status 404/,
    null,
  ],
  ['a web page', page, /answered with a web page/, null],
  ['a server in trouble', broken, /answered with status 503/, null],
  ['a redirection', onwards, /sends on to/, 'https://id.heron.example'],
];

test.each(silent)('%s at the address is told apart', async (_says, answering, sentence, meant) => {
  const failure = onlyFailure(await look(await openOddServer(answering)));
  expect(failure).toMatchObject({ id: 'discovery', meant });
  expect(failure.sentence).toMatch(sentence);
});

test('a name that DNS does not know is told', async () => {
  const unknown = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
  const way = createOutgoing({ allowedNetworks: [], resolve: () => Promise.reject(unknown) });
  onTestFinished(() => way.close());
  const failure = onlyFailure(await look('https://heron.okta.example', { way }));
  expect(failure.sentence).toBe('There is no server called heron.okta.example: DNS does not know the name.');
});

/** Where a server was, and is no more. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

test('a certificate that nobody trusts, a closed port and a private address are told', async () => {
  const origin = await openOddServer(broken, 'https');
  expect(onlyFailure(await look(origin)).sentence).toMatch(/^The certificate of .* is not one to trust/);
  expect(onlyFailure(await look(await closedPort())).sentence).toMatch(
    /could not be reached \(ECONNREFUSED\)/,
  );
  const strict = createOutgoing({ allowedNetworks: [] });
  onTestFinished(() => strict.close());
  expect(onlyFailure(await look('https://10.1.2.3', { way: strict }))).toMatchObject({ id: 'issuer' });
});

const lacking: readonly (readonly [says: string, metadata: object, sentence: RegExp])[] = [
  ['no token endpoint', { token_endpoint: undefined }, /lacks the address/],
  ['no authorization code', { response_types_supported: ['id_token'] }, /response type “code”/],
  ['no S256', { code_challenge_methods_supported: ['plain'] }, /PKCE/],
  [
    'shared secrets as signatures',
    { id_token_signing_alg_values_supported: ['HS256', 'none'] },
    /no algorithm/,
  ],
  ['no client secrets', { token_endpoint_auth_methods_supported: ['tls_client_auth'] }, /client secret/],
];

test.each(lacking)('an identity provider with %s is told', async (_says, metadata, sentence) => {
  const idp = await openIdp();
  idp.alter = (route, body) => (route === 'discovery' ? { ...body, ...metadata } : body);
  const failure = onlyFailure(await look(idp.issuer));
  expect(failure).toMatchObject({ id: 'features' });
  expect(failure.sentence).toMatch(sentence);
});

test('an identity provider without keys is told', async () => {
  const idp = await openIdp();
  idp.alter = (route, body) => (route === 'jwks' ? { keys: [] } : body);
  expect(onlyFailure(await look(idp.issuer))).toMatchObject({ id: 'keys' });
});

/** What the products say, in the words of each. */
const said: readonly (readonly [error: string, description: string, id: string | undefined])[] = [
  ['access_denied', 'AADSTS50105: Your administrator has configured the application', 'entra.not_assigned'],
  ['unauthorized_client', 'AADSTS700016: Application with identifier was not found', 'entra.app_unknown'],
  ['invalid_client', 'AADSTS7000215: Invalid client secret provided', 'entra.wrong_secret'],
  ['invalid_client', 'AADSTS7000222: The provided client secret keys are expired', 'entra.secret_expired'],
  ['invalid_request', 'AADSTS50011: The redirect URI does not match', 'entra.redirect_uri'],
  ['invalid_request', 'AADSTS90002: Tenant not found', 'entra.tenant_unknown'],
  ['access_denied', 'User is not assigned to the client application.', 'okta.not_assigned'],
  ['access_denied', 'Policy evaluation failed for this request', 'okta.policy'],
  ['invalid_client', 'The client secret supplied for a confidential client is invalid.', 'okta.wrong_secret'],
  ['invalid_client', "Invalid value for 'client_id' parameter.", 'okta.client_unknown'],
  ['login_required', 'The client specified not to prompt', 'login_required'],
  ['access_denied', 'The user cancelled the sign-in', 'user_cancelled'],
  ['access_denied', '', 'access_denied'],
  ['invalid_client', '', 'invalid_client'],
  ['invalid_grant', 'grant request is invalid', undefined],
];

test.each(said)('“%s %s” is explained', (error, description, id) => {
  expect(explainSsoFailure(error, description)?.id).toBe(id);
});

test('the kind of an identity provider is told by its issuer', () => {
  const kinds = {
    'https://heron.okta.com': 'okta',
    'https://id.heron.example/oauth2/default': 'okta',
    [`https://login.microsoftonline.com/${entraTenant}/v2.0`]: 'entra',
    'https://accounts.heron.example': 'other',
    'https://okta.com.heron.example': 'other',
  };
  for (const [issuer, kind] of Object.entries(kinds)) expect(issuerKind(issuer), issuer).toBe(kind);
});
