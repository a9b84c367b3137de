// A real OpenID provider on this machine, shaped like Okta or like Entra ID: claims, addresses, keys that rotate, logout
// tokens, and a page to sign in. Knows no Rollcall.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import {
  type ClientMetadata,
  type Configuration,
  interactionPolicy,
  type JWK,
  Provider,
} from 'oidc-provider';
import { atTimeOf } from './idp-clock.ts';
import { nobodyPage, signInPage } from './idp-page.ts';
import { claimsOf, entraTenant, type IdpPerson, type IdpShape, pairwiseSub } from './idp-people.ts';
import { createIdpStore } from './idp-store.ts';

/** An app at the identity provider. */
export interface IdpClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris?: readonly string[];
  readonly backchannelLogoutUri?: string;
}

export interface IdpOptions {
  readonly shape: IdpShape;
  readonly people?: readonly IdpPerson[];
  readonly clients?: readonly IdpClient[];
  /** Unix milliseconds; the machine's clock when left out. */
  readonly clock?: () => number;
  /** The path of the issuer; that of the shape when left out. */
  readonly path?: string;
}

/** What a route answers, to be altered: `discovery`, `jwks`, `token`, `userinfo`. */
// biome-ignore lint/suspicious/noExplicitAny: a test writes whatever it likes into an answer
export type Alter = (route: string, body: any) => unknown;

export interface TestIdp {
  readonly shape: IdpShape;
  readonly issuer: string;
  readonly origin: string;
  readonly people: IdpPerson[];
  /** The login or id of whoever signs in without being asked; with undefined, the page asks. */
  automatic: string | undefined;
  /** Changes answers before they leave. */
  alter: Alter | undefined;
  /** Every request that has come: "POST /oauth2/default/v1/token". */
  readonly requests: string[];
  /** Registers apps in the place of those of the same id. */
  register(...clients: readonly IdpClient[]): void;
  /** Signs with a new key from now on; the keys before stay published unless `forget`. */
  rotateKeys(options?: { readonly forget?: boolean }): Promise<void>;
  /** Signs a token with the present key, or as the header says with one that was never published. */
  sign(payload: JWTPayload, header?: Partial<JWTHeaderParameters>): Promise<string>;
  /** A well-formed logout token; `claims` replace what stands in it. */
  logoutToken(
    of: { clientId: string; sub?: string; sid?: string },
    claims?: Record<string, unknown>,
  ): Promise<string>;
  /** The subject that an app knows somebody by. */
  subjectOf(personId: string, clientId: string): string;
  /** Ends somebody's sessions there and tells their apps on the back channel; gives how many apps were told. */
  signOut(personId: string): Promise<number>;
  close(): Promise<void>;
}

const names = { okta: 'Okta', entra: 'Microsoft Entra ID' } as const;
const paths = { okta: '/oauth2/default', entra: `/${entraTenant}/v2.0` } as const;

const routes: Readonly<Record<IdpShape, Configuration['routes']>> = {
  okta: {
    authorization: '/v1/authorize',
    token: '/v1/token',
    jwks: '/v1/keys',
    userinfo: '/v1/userinfo',
    end_session: '/v1/logout',
  },
  entra: {
    authorization: '/authorize',
    token: '/token',
    jwks: '/keys',
    userinfo: '/userinfo',
    end_session: '/logout',
  },
};

export async function startTestIdp(options: IdpOptions): Promise<TestIdp> {
  const { shape, clock = Date.now, path = paths[shape] } = options;
  const people = [...(options.people ?? [])];
  const clients = new Map((options.clients ?? []).map((client) => [client.clientId, client]));
  const store = createIdpStore();
  let keys: readonly JWK[] = [await newKey(1)];
  let provider: Provider;

  const server = createServer((request, response) => {
    idp.requests.push(`${request.method} ${request.url}`);
    void atTimeOf(clock, () => handle(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = origin + path;

  const personCalled = (login: string | undefined) =>
    people.find((one) => login !== undefined && [one.id, one.login, one.email].includes(login));

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = request.url ?? '';
    response.setHeader('date', new Date(clock()).toUTCString());
    if (!url.startsWith(path)) return void response.writeHead(404).end('Not found');
    if (url.startsWith(`${path}/sign-in/`)) return interact(request, response);
    Object.assign(request, { originalUrl: url, url: url.slice(path.length) || '/' });
    await provider.callback()(request, response);
  };

  const interact = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = new URLSearchParams(request.method === 'POST' ? await bodyOf(request) : '');
    const { params } = await provider.interactionDetails(request, response);
    if (request.method === 'GET' && idp.automatic === undefined)
      return void sendPage(response, signInPage(names[shape], String(params.login_hint ?? '')));
    if (form.get('press') === 'cancel') {
      const error = { error: 'access_denied', error_description: 'The user cancelled the sign-in' };
      return provider.interactionFinished(request, response, error);
    }
    const person = personCalled(idp.automatic ?? form.get('login') ?? undefined);
    if (person === undefined) return void sendPage(response, nobodyPage(names[shape]), 400);
    const result = person.assigned === false ? notAssigned[shape] : { login: { accountId: person.id } };
    await provider.interactionFinished(request, response, result);
  };

  const build = (): void => {
    provider = new Provider(issuer, {
      ...configurationOf(shape, people),
      adapter: store.adapter,
      jwks: { keys: [...keys] },
      clients: [...clients.values()].map((client) => metadataOf(shape, client)),
      interactions: { url: (_ctx, { uid }) => `${path}/sign-in/${uid}`, policy: signInOnly() },
      async loadExistingGrant(ctx) {
        const grant = new ctx.oidc.provider.Grant({
          clientId: ctx.oidc.client?.clientId ?? '',
          accountId: ctx.oidc.session?.accountId ?? '',
        });
        grant.addOIDCScope('openid profile email');
        await grant.save();
        return grant;
      },
    });
    provider.use(async (ctx, next) => {
      await next();
      if (idp.alter && ctx.oidc?.route) ctx.body = await idp.alter(ctx.oidc.route, ctx.body);
    });
  };

  const idp: TestIdp = {
    shape,
    issuer,
    origin,
    people,
    automatic: undefined,
    alter: undefined,
    requests: [],
    register(...added) {
      for (const client of added) clients.set(client.clientId, client);
      build();
    },
    async rotateKeys({ forget = false } = {}) {
      keys = [await newKey(keys.length + 1), ...(forget ? [] : keys)];
      build();
    },
    async sign(payload, header = {}) {
      const [key] = keys;
      const protectedHeader = { alg: 'RS256', kid: String(key?.kid), ...header };
      return new SignJWT(payload).setProtectedHeader(protectedHeader).sign(key as never);
    },
    logoutToken: ({ clientId, sub, sid }, claims = {}) =>
      idp.sign(
        {
          iss: issuer,
          aud: clientId,
          iat: Math.floor(clock() / 1000),
          exp: Math.floor(clock() / 1000) + 120,
          jti: `${Math.random()}`,
          events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
          ...(sub !== undefined && { sub }),
          ...(sid !== undefined && { sid }),
          ...claims,
        },
        { typ: 'logout+jwt' },
      ),
    subjectOf: (id, clientId) => (shape === 'entra' ? pairwiseSub(id, clientId) : id),
    signOut: (personId) => atTimeOf(clock, () => tellApps(provider, store.all('Session'), personId, store)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  build();
  return idp;
}

/** What each says of somebody who was not assigned to the app. */
const notAssigned = {
  okta: {
    error: 'access_denied',
    error_description: 'User is not assigned to the client application.',
  },
  entra: {
    error: 'access_denied',
    error_description:
      "AADSTS50105: Your administrator has configured the application Rollcall to block users unless they are specifically granted ('assigned') access to the application.",
  },
} as const;

function configurationOf(shape: IdpShape, people: readonly IdpPerson[]): Configuration {
  return {
    routes: routes[shape],
    claims: {
      openid: ['sub', 'sid', 'oid', 'tid', 'ver', 'groups'],
      email: ['email', 'email_verified'],
      profile: ['name', 'given_name', 'family_name', 'preferred_username'],
    },
    clientAuthMethods: [shape === 'entra' ? 'client_secret_post' : 'client_secret_basic'],
    conformIdTokenClaims: false,
    cookies: { keys: ['a test’s cookies are no secret'] },
    // Its own guard against private addresses would keep it from the apps of this machine.
    fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined } as RequestInit),
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    findAccount: (_ctx, id) => {
      const person = people.find((one) => one.id === id);
      return person && { accountId: id, claims: () => claimsOf(shape, person) };
    },
    pairwiseIdentifier: async (_ctx, accountId, client) => pairwiseSub(accountId, client.clientId),
    subjectTypes: [shape === 'entra' ? 'pairwise' : 'public'],
    responseTypes: ['code'],
    ttl: {
      AccessToken: 3600,
      AuthorizationCode: 60,
      Grant: 86_400,
      IdToken: 3600,
      Interaction: 3600,
      Session: 86_400,
    },
  };
}

/** Without a question whether the app may have it: companies answer that for their people. */
function signInOnly() {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  return policy;
}

function metadataOf(shape: IdpShape, client: IdpClient): ClientMetadata {
  return {
    client_id: client.clientId,
    client_secret: client.clientSecret,
    redirect_uris: [...client.redirectUris],
    post_logout_redirect_uris: [...(client.postLogoutRedirectUris ?? [])],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: shape === 'entra' ? 'client_secret_post' : 'client_secret_basic',
    ...(client.backchannelLogoutUri !== undefined && {
      backchannel_logout_uri: client.backchannelLogoutUri,
      backchannel_logout_session_required: true,
    }),
  };
}

async function tellApps(
  provider: Provider,
  sessions: ReturnType<ReturnType<typeof createIdpStore>['all']>,
  personId: string,
  store: ReturnType<typeof createIdpStore>,
): Promise<number> {
  let told = 0;
  for (const session of sessions.filter(({ accountId }) => accountId === personId)) {
    for (const [clientId, { sid }] of Object.entries(session.authorizations ?? {})) {
      // Public in oidc-provider's code, and missing in its types.
      const client = (await provider.Client.find(clientId)) as unknown as {
        backchannelLogoutUri?: string;
        backchannelLogout(sub: string, sid: string): Promise<void>;
      };
      if (client?.backchannelLogoutUri === undefined) continue;
      await client.backchannelLogout(personId, String(sid));
      told += 1;
    }
    await store.adapter('Session').destroy(String(session.jti));
  }
  return told;
}

async function newKey(number: number): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: `key-${number}`, alg: 'RS256', use: 'sig' } as JWK;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function sendPage(response: ServerResponse, html: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(html);
}
