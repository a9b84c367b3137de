// What an identity provider says when somebody signs out there or loses their account: a logout token, verified. Ends
// nothing by itself. @see OpenID Connect Back-Channel Logout 1.0 §2.4, §2.6

import { type JWTPayload, jwtVerify } from 'jose';
import { type OidcClient, type OidcProviders, signingAlgorithms, toleratedSkew } from './oidc-provider.ts';

const eventName = 'http://schemas.openid.net/event/backchannel-logout';

/** How old a token may be, in seconds; so long its `jti` is remembered. */
const longestLife = 5 * 60;

/** Whose sessions end. At least one of subject and session is there. */
export interface LogoutToken {
  readonly issuer: string;
  readonly subject: string | null;
  readonly sid: string | null;
  readonly jti: string;
  /** Unix milliseconds: from then on it would not be believed anyway. */
  readonly staleAt: number;
}

/**
 * Reads a logout token of the org's identity provider for our client; undefined for everything else, forged or meant for
 * something else.
 */
export async function readLogoutToken(
  { providers, now }: { readonly providers: OidcProviders; readonly now: () => number },
  sso: OidcClient,
  token: string,
): Promise<LogoutToken | undefined> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, await providers.keys(sso), {
      issuer: sso.issuer,
      audience: sso.client_id,
      algorithms: [...signingAlgorithms],
      currentDate: new Date(now()),
      clockTolerance: toleratedSkew,
      maxTokenAge: longestLife,
      requiredClaims: ['iat', 'jti', 'events'],
    });
    // §2.4 recommends the first and asks for none; whatever another kind of token is called, it is not ours to take.
    if (!['logout+jwt', 'jwt'].includes(String(protectedHeader.typ ?? 'jwt').toLowerCase())) return undefined;
    return meaningOf(payload, sso.issuer);
  } catch {
    return undefined;
  }
}

function meaningOf({ sub, sid, jti, iat = 0, events, nonce }: JWTPayload, issuer: string) {
  const [subject, session] = [sub ?? null, typeof sid === 'string' ? sid : null];
  const event = typeof events === 'object' && events !== null ? Reflect.get(events, eventName) : undefined;
  const isLogout = typeof event === 'object' && event !== null;
  // A nonce would make it an ID token (§2.6 item 6).
  if (!isLogout || nonce !== undefined || jti === undefined || (subject === null && session === null))
    return undefined;
  return { issuer, subject, sid: session, jti, staleAt: (iat + longestLife + toleratedSkew) * 1000 };
}
