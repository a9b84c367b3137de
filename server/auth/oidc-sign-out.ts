// Signing out at the company's identity provider as well: where to send the browser. Ends no session here.
// @see OpenID Connect RP-Initiated Logout 1.0 §2
import { buildEndSessionUrl } from 'openid-client';
import { findOrg } from '../orgs/org-store.ts';
import type { OidcSignInDeps } from './oidc-sign-in.ts';
import { findSessionPersonById } from './session-store.ts';
import type { SignedIn } from './signed-in.ts';
import { ssoAddresses } from './sso-addresses.ts';
import { unsealSso } from './sso-secret.ts';
import { findSso } from './sso-store.ts';

/** The address that signs somebody out there; undefined when they did not come from there, or it has none. */
export async function oidcSignOutUrl(
  { providers, db, now, secret }: OidcSignInDeps,
  person: SignedIn,
  publicUrl: string,
): Promise<string | undefined> {
  const session = await findSessionPersonById(db, person, now());
  if (session?.sso_id_token_sealed == null) return undefined;
  const idToken = unsealSso(secret, 'id token', session.sso_id_token_sealed);
  const sso = await findSso(db, person.orgId);
  const org = await findOrg(db, person.orgId);
  if (idToken === undefined || org === undefined || sso?.issuer !== session.sso_issuer) return undefined;
  try {
    const config = await providers.client(sso);
    if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
    const { postLogoutRedirectUri } = ssoAddresses(publicUrl, org.slug);
    const back = { id_token_hint: idToken, post_logout_redirect_uri: postLogoutRedirectUri };
    return buildEndSessionUrl(config, back).href;
  } catch {
    // Here they are signed out all the same.
    return undefined;
  }
}
