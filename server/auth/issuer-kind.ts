// Which identity provider an issuer is of, told by its address. Pure; knows where Okta and Entra ID live.
import type { ConnectionKind } from '../../shared/provisioning.ts';

const oktaHost = /\.(?:okta\.com|oktapreview\.com|okta-emea\.com|okta-gov\.com)$/;
/** Of a custom authorization server, under whatever domain a company gave its Okta. */
const oktaServer = /^\/oauth2\/(?:default|aus[\dA-Za-z]{8,})$/;
const entraHost =
  /^(?:login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net|[\w-]+\.ciamlogin\.com)$/;
const entraTenant = /^\/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\/v2\.0$/i;

/** The kind of an issuer; `other` for what is no address too. */
export function issuerKind(issuer: string): ConnectionKind {
  if (!URL.canParse(issuer)) return 'other';
  const { hostname, pathname } = new URL(issuer);
  if (entraHost.test(hostname) || entraTenant.test(pathname)) return 'entra';
  return oktaHost.test(hostname) || oktaServer.test(pathname) ? 'okta' : 'other';
}
