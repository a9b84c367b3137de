// Signing in with the company's identity provider: away with everything that binds the answer to us, and back with who it
// is. Authorization code, PKCE, state and nonce; whom the subject is here, it does not know.
// @see OpenID Connect Core 1.0 §3.1, RFC 7636, RFC 9207, RFC 9700 §2.1
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
} from 'openid-client';
import type { ChangeDeps } from '../audit/change-context.ts';
import { hashToken, newSecret } from '../core/secrets.ts';
import { type OidcFailure, readOidcFailure } from './oidc-failure.ts';
import type { OidcProviders } from './oidc-provider.ts';
import { addFlow, type SsoFlowRow, takeFlow } from './sso-flow-store.ts';
import { readPerson, type SsoPerson } from './sso-person.ts';
import { sealSso, unsealSso } from './sso-secret.ts';
import type { SsoRow } from './sso-store.ts';

export interface OidcSignInDeps extends ChangeDeps {
  readonly providers: OidcProviders;
}

/** How long somebody may take at their identity provider, in milliseconds. */
const flowMs = 10 * 60_000;

interface Start {
  readonly redirectUri: string;
  /** The cookie of the browser that the answer has to come back in. */
  readonly browser: string;
  /** A local path. */
  readonly continueTo: string;
  /** Whom the identity provider should ask for a password, when that is known. */
  readonly loginHint?: string | undefined;
}

/** The address at the identity provider to send the browser to, or why there is none. */
export async function startOidcSignIn(
  { providers, db, now, secret }: OidcSignInDeps,
  sso: SsoRow,
  { redirectUri, browser, continueTo, loginHint }: Start,
): Promise<{ readonly url: string } | { readonly failure: OidcFailure }> {
  const [state, nonce, verifier] = [newSecret(), newSecret(), newSecret()];
  try {
    const config = await providers.client(sso);
    const url = buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid profile email',
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(loginHint !== undefined && { login_hint: loginHint }),
    });
    await addFlow(db, {
      org_id: sso.org_id,
      state_hash: hashToken(state),
      issuer: sso.issuer,
      client_version: sso.client_version,
      sealed: sealSso(secret, 'flow', JSON.stringify({ nonce, verifier })),
      browser_hash: hashToken(browser),
      continue_to: continueTo,
      expires_at: now() + flowMs,
    });
    return { url: url.href };
  } catch (error) {
    return { failure: readOidcFailure(error) };
  }
}

/** Somebody who has come back, and where they were going. */
export interface CameBack {
  readonly person: SsoPerson;
  readonly continueTo: string;
  /** Shows the identity provider later whom to sign out. */
  readonly idTokenSealed: string;
}

/** What an answer is worth: whoever it speaks of, or why nobody. `isOurs`: it came to a sign-in that was under way. */
export type Returned = CameBack | { readonly failure: OidcFailure; readonly isOurs: boolean };

/**
 * Takes the identity provider's answer, once: whatever comes of it uses the sign-in up. `answer` is the address that the
 * browser came back to, beginning with the redirect URI.
 */
export async function finishOidcSignIn(
  deps: OidcSignInDeps,
  sso: SsoRow,
  { answer, browser }: { readonly answer: URL; readonly browser: string },
): Promise<Returned> {
  const { db, now, secret, providers } = deps;
  const state = answer.searchParams.get('state') ?? '';
  const key = { org_id: sso.org_id, state_hash: hashToken(state), browser_hash: hashToken(browser) };
  const flow = await takeFlow(db, key, now());
  if (flow === undefined) return { failure: { reason: 'over', seen: 'it was over.' }, isOurs: false };
  const sealed = unsealSso(secret, 'flow', flow.sealed);
  if (!isFor(flow, sso) || sealed === undefined)
    return { failure: { reason: 'settings_changed', seen: 'the settings changed.' }, isOurs: true };
  const { nonce, verifier } = JSON.parse(sealed) as { nonce: string; verifier: string };
  try {
    const config = await providers.client(sso);
    const tokens = await authorizationCodeGrant(config, answer, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined || tokens.id_token === undefined) throw new TypeError('There is no ID token.');
    const more = claims.email === undefined ? await userInfo(config, tokens.access_token, claims.sub) : {};
    return {
      person: readPerson(sso.kind, claims, more),
      continueTo: flow.continue_to,
      idTokenSealed: sealSso(secret, 'id token', tokens.id_token),
    };
  } catch (error) {
    return { failure: readOidcFailure(error), isOurs: true };
  }
}

function isFor(flow: SsoFlowRow, sso: SsoRow): boolean {
  return flow.issuer === sso.issuer && flow.client_version === sso.client_version;
}

/** What the ID token leaves out; whoever is linked already needs none of it, so its absence is no failure. */
async function userInfo(
  config: Configuration,
  accessToken: string,
  subject: string,
): Promise<Readonly<Record<string, unknown>>> {
  if (config.serverMetadata().userinfo_endpoint === undefined) return {};
  try {
    return await fetchUserInfo(config, accessToken, subject);
  } catch {
    return {};
  }
}
