// The addresses of an org's single sign-on, as its identity provider is given them and as the pages serve them. Pure.
import type { SsoAddresses } from '../../shared/single-sign-on.ts';

/** Where everything of one org's sign-in lies; a redirect URI of its own keeps answers of two issuers apart (RFC 9700 §4.4). */
const base = (orgSlug: string) => `/sso/${encodeURIComponent(orgSlug)}`;

/** The path that begins a sign-in for an org; `continueTo` is a local path, `loginHint` the address that was typed. */
export function ssoStartPath(orgSlug: string, continueTo = '/', loginHint?: string): string {
  const query = new URLSearchParams({
    ...(continueTo !== '/' && { continue: continueTo }),
    ...(loginHint !== undefined && { login_hint: loginHint }),
  });
  return `${base(orgSlug)}/start${query.size === 0 ? '' : `?${query}`}`;
}

/** What to register with the identity provider. `publicUrl` has no slash at its end. */
export function ssoAddresses(publicUrl: string, orgSlug: string): SsoAddresses {
  const at = publicUrl + base(orgSlug);
  return {
    redirectUri: `${at}/callback`,
    initiateLoginUri: `${at}/start`,
    postLogoutRedirectUri: `${at}/signed-out`,
    backchannelLogoutUri: `${at}/logout`,
  };
}
