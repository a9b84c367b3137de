// The addresses of an org's single sign-on, as its identity provider is given them and as the pages serve them. Pure.
import type { SsoAddresses } from '../../shared/single-sign-on.ts';

/** Where everything of one org's sign-in lies; a redirect URI of its own keeps answers of two issuers apart (RFC 9700 §4.4). */
const base = (orgSlug: string) => `/sso/${encodeURIComponent(orgSlug)}`;

/** The path that begins a sign-in for an org; `continueTo` is a local path. */
export function ssoStartPath(orgSlug: string, continueTo = '/'): string {
  const start = `${base(orgSlug)}/start`;
  return continueTo === '/' ? start : `${start}?${new URLSearchParams({ continue: continueTo })}`;
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
