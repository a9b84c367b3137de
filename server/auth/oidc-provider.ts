// An org's identity provider as the protocol's library needs it: its discovery document, kept for a while, and our client
// there. Knows no sign-in and no member. @see OpenID Connect Discovery 1.0 §4
import { createRemoteJWKSet, type JWTVerifyGetKey, customFetch as joseFetch } from 'jose';
import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  clockSkew,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type ServerMetadata,
} from 'openid-client';
import type { Outgoing } from '../core/outgoing.ts';
import { aheadOfMachine } from '../core/system-clock.ts';
import { unsealSso } from './sso-secret.ts';
import type { SsoRow } from './sso-store.ts';

/** What signatures may be made with: keys that only the identity provider has, so neither `none` nor a shared secret. */
export const signingAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** How far two clocks may be apart, in seconds. */
export const toleratedSkew = 60;

/** How long a discovery document is believed, in milliseconds, and how many are kept. */
const freshMs = 10 * 60_000;
const mostKept = 200;

/** How long one request may take, in seconds. */
const patience = 15;

export interface OidcDeps {
  readonly outgoing: Pick<Outgoing, 'fetch'>;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly secret: Buffer;
}

export type OidcClient = Pick<SsoRow, 'issuer' | 'client_id' | 'client_secret_sealed'>;

export interface OidcProviders {
  /**
   * Our client at the org's identity provider.
   * @throws what openid-client says when the discovery document cannot be had
   */
  client(sso: OidcClient): Promise<Configuration>;
  /** The keys that the identity provider signs with, fetched anew when one is missing, but not at every forger's word. */
  keys(sso: OidcClient): Promise<JWTVerifyGetKey>;
}

interface Known {
  readonly metadata: ServerMetadata;
  readonly keys: JWTVerifyGetKey;
  readonly until: number;
}

export function createOidcProviders(deps: OidcDeps): OidcProviders {
  const known = new Map<string, Known>();
  const fetch = fetchBy(deps.outgoing);

  const provider = async (issuer: string): Promise<Known> => {
    const found = known.get(issuer);
    if (found !== undefined && found.until > deps.now()) return found;
    const metadata = await discoverProvider(deps, issuer);
    // The library lets documents pass that speak for every tenant of Entra ID; then anybody's tenant would do.
    if (metadata.issuer !== issuer) throw new TypeError('The discovery document names another issuer.');
    const jwks = new URL(metadata.jwks_uri ?? '');
    const keys = createRemoteJWKSet(jwks, { [joseFetch]: fetch });
    const fresh = { metadata, keys, until: deps.now() + freshMs };
    known.delete(issuer);
    for (const [oldest] of known) if (known.size >= mostKept) known.delete(oldest);
    known.set(issuer, fresh);
    return fresh;
  };

  return {
    async client(sso) {
      const { metadata } = await provider(sso.issuer);
      const clientSecret = unsealSso(deps.secret, 'client secret', sso.client_secret_sealed) ?? '';
      return configure(deps, metadata, { clientId: sso.client_id, clientSecret });
    },
    keys: async ({ issuer }) => (await provider(issuer)).keys,
  };
}

/**
 * Fetches a discovery document. The issuer in it may be spelt with or without a slash at its end, or be the template that
 * Entra ID has for all tenants: to be compared by whoever asks.
 * @throws what openid-client says
 */
export async function discoverProvider({ outgoing }: Pick<OidcDeps, 'outgoing'>, issuer: string) {
  const found = await discovery(new URL(issuer), 'unknown', undefined, undefined, {
    [customFetch]: fetchBy(outgoing),
    timeout: patience,
    execute: insecureOf(issuer),
  });
  // Of `serverMetadata()`, a clone with a method that cannot be cloned again.
  const { supportsPKCE: _, ...metadata } = found.serverMetadata();
  return metadata;
}

/** Our client with one identity provider; the clock that counts is ours. */
export function configure(
  { outgoing, now }: Pick<OidcDeps, 'outgoing' | 'now'>,
  metadata: ServerMetadata,
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
): Configuration {
  const offered = metadata.id_token_signing_alg_values_supported ?? ['RS256'];
  const server: ServerMetadata = {
    ...metadata,
    id_token_signing_alg_values_supported: offered.filter((alg) => signingAlgorithms.includes(alg)),
  };
  const client = {
    [clockSkew]: aheadOfMachine(now),
    [clockTolerance]: toleratedSkew,
  };
  const config = new Configuration(server, clientId, client, clientAuthOf(metadata, clientSecret));
  config[customFetch] = fetchBy(outgoing);
  config.timeout = patience;
  for (const step of insecureOf(metadata.issuer)) step(config);
  // What comes straight from the token endpoint need not be verified (OIDC Core §3.1.3.7 item 6); we do it all the same.
  enableNonRepudiationChecks(config);
  return config;
}

/** Basic is what a server takes that names nothing else (OIDC Discovery §3). */
function clientAuthOf(
  { token_endpoint_auth_methods_supported: methods }: ServerMetadata,
  secret: string,
): ClientAuth {
  const isBasic = methods === undefined || methods.includes('client_secret_basic');
  return isBasic ? ClientSecretBasic(secret) : ClientSecretPost(secret);
}

/** Plain HTTP goes only where the operator lets it go: `outgoing` sees to that. */
function insecureOf(issuer: string): ((config: Configuration) => void)[] {
  return issuer.startsWith('http:') ? [allowInsecureRequests] : [];
}

type LibraryFetch = (url: string, options: object) => Promise<Response>;

function fetchBy(outgoing: Pick<Outgoing, 'fetch'>): LibraryFetch {
  return (url, options) => outgoing.fetch(url, options) as unknown as Promise<Response>;
}
