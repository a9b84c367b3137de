// An OAuth client for tests: real keys, real assertions, real HTTP. Knows the wire, nothing of the server's inside.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTHeaderParameters,
  SignJWT,
} from 'jose';
import { changeDepsOf } from '../../server/audit/change-context.ts';
import { type ClientDeps, createClient } from '../../server/provisioning/change-oauth-client.ts';
import { clientAddresses } from '../../server/provisioning/client-addresses.ts';
import type { ClientOwner, IssuedCredential, NewCredential } from '../../shared/oauth-client.ts';
import { operator, type ScimServer } from './scim-server.ts';

export interface SigningKey {
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
  readonly publicPem: string;
}

export async function newKey(alg = 'ES256', kid?: string): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), alg, ...(kid !== undefined && { kid }) };
  return { alg, privateKey, publicJwk, publicPem: await exportSPKI(publicKey) };
}

let assertions = 0;

/** A good assertion, unless `claims` and `header` say otherwise; an undefined claim is left out. */
export function assertionFor(
  server: Pick<ScimServer, 'clock'>,
  clientId: string,
  audience: string,
  key: SigningKey,
  claims: Readonly<Record<string, unknown>> = {},
  header: Partial<JWTHeaderParameters> = {},
): Promise<string> {
  const now = Math.floor(server.clock.now / 1000);
  assertions += 1;
  const payload = {
    iss: clientId,
    sub: clientId,
    aud: audience,
    iat: now,
    exp: now + 120,
    jti: `assertion-${assertions}`,
    ...claims,
  };
  const { kid } = key.publicJwk;
  return new SignJWT(payload)
    .setProtectedHeader({ alg: key.alg, ...(kid !== undefined && { kid }), ...header })
    .sign(key.privateKey);
}

export interface TokenAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the answer holds
  readonly body: any;
}

/** Asks a token endpoint. */
export async function askToken(
  endpoint: string,
  fields: Readonly<Record<string, string>> | URLSearchParams,
  headers: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  const form = new URLSearchParams(fields);
  if (!form.has('grant_type')) form.set('grant_type', 'client_credentials');
  const response = await fetch(endpoint, { method: 'POST', body: form, headers });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export function byAssertion(assertion: string): Record<string, string> {
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  };
}

/** What the commands about clients are called with, and the addresses of the first connection or another owner. */
export function clientDesk(server: ScimServer, owner?: ClientOwner) {
  const deps: ClientDeps = { ...changeDepsOf(server.deps), outgoing: server.deps.outgoing };
  const asked = { ...operator, orgId: server.orgId };
  const of = owner ?? { ownerKind: 'connection' as const, ownerId: server.connectionId };
  return {
    deps,
    asked,
    owner: of,
    ...clientAddresses(server.url, of),
    make: (credential: NewCredential, name = 'HR feed'): Promise<IssuedCredential> =>
      createClient(deps, asked, { ...of, name, credential }),
  };
}

/** A client's own web server with its key set, which a test changes. */
export async function serveKeys(): Promise<{
  readonly url: string;
  keys: JWK[];
  status: number;
  readonly asked: () => number;
  close(): Promise<void>;
}> {
  let asked = 0;
  const served = { keys: [] as JWK[], status: 200 };
  const server: Server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(served.status, { 'content-type': 'application/jwk-set+json' });
    response.end(JSON.stringify({ keys: served.keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(served, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    asked: () => asked,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
