// What people copy in place of an issuer, as data: how each is recognised, and which issuer is meant. Pure; asks nobody.

/** An address that is no issuer, explained. */
export interface MistakenIssuer {
  readonly sentence: string;
  readonly remedy: string;
  /** The issuer that is meant, if the address tells. */
  readonly meant: string | null;
  /** Stands for every tenant of Entra: the one that is meant may be found by a domain in the place of this part. */
  readonly tenant?: string;
}

type Mistake = (url: URL, typed: string) => MistakenIssuer | undefined;

const guid = '[\\da-fA-F]{8}(?:-[\\da-fA-F]{4}){3}-[\\da-fA-F]{12}';
const microsoft = 'https://login.microsoftonline.com';

const inOkta = 'Okta shows it in the app under Sign On, OpenID Connect ID Token, Edit, Issuer.';
const inEntra =
  'In the Entra admin center, open App registrations, the app, Overview, and copy Directory (tenant) ID; the issuer is https://login.microsoftonline.com/{Directory (tenant) ID}/v2.0.';

const isOkta = ({ hostname }: URL) =>
  /\.(?:okta\.com|oktapreview\.com|okta-emea\.com|okta-gov\.com)$/.test(hostname);
const isMicrosoft = ({ hostname }: URL) =>
  /^login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn)$/.test(hostname);

/** The part of an Okta address that names a custom authorization server: "/oauth2/default"; empty for the org's own. */
function oktaServer({ pathname }: URL): string {
  return /^\/oauth2\/(?!v1(?:\/|$))[^/]+/.exec(pathname)?.[0] ?? '';
}

const mistakes: readonly Mistake[] = [
  (url, typed) => {
    const [, org, domain] =
      /^(.+)-admin\.(okta\.com|oktapreview\.com|okta-emea\.com|okta-gov\.com)$/.exec(url.hostname) ?? [];
    if (org === undefined) return undefined;
    return {
      sentence: `“${typed}” is the address of Okta’s admin console, and nobody signs in there.`,
      remedy: `The issuer has no -admin in it. ${inOkta}`,
      meant: `https://${org}.${domain}${oktaServer(url)}`,
    };
  },
  (url) => {
    const [, part] = /^\/(common|organizations|consumers)(?:\/|$)/.exec(url.pathname) ?? [];
    if (part === undefined || !(isMicrosoft(url) || url.pathname.includes('/v2.0'))) return undefined;
    const whose = part === 'consumers' ? 'private Microsoft accounts' : 'the tenants of every company';
    return {
      sentence: `“${part}” in the address stands for ${whose}, so it names nobody’s issuer.`,
      remedy: `Enter the issuer of your own tenant. ${inEntra}`,
      meant: null,
      tenant: part,
    };
  },
  (url, typed) => {
    if (url.hostname !== 'sts.windows.net') return undefined;
    const [tenant] = new RegExp(guid).exec(url.pathname) ?? [];
    return {
      sentence: `“${typed}” is the issuer of Entra’s older tokens (v1.0), and Rollcall signs people in with v2.0.`,
      remedy: tenant === undefined ? inEntra : 'Take the issuer of v2.0, which ends in /v2.0.',
      meant: tenant === undefined ? null : `${microsoft}/${tenant.toLowerCase()}/v2.0`,
    };
  },
  (url, typed) => {
    if (!isMicrosoft(url)) return undefined;
    const [, tenant, rest] = /^\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
    if (tenant === undefined || rest === '/v2.0' || rest === '/v2.0/') return undefined;
    if (rest?.startsWith('/v2.0/')) return undefined;
    return {
      sentence: `“${typed}” is ${rest === undefined || rest === '/' ? 'the issuer without its /v2.0' : 'one of Entra’s endpoints, not its issuer'}.`,
      remedy: 'The issuer ends in /v2.0.',
      meant: `${url.origin}/${tenant}/v2.0`,
    };
  },
  (url, typed) => {
    const [, path] =
      /^(.*?)\/\.well-known\/(?:openid-configuration|oauth-authorization-server)\/?$/.exec(url.pathname) ??
      [];
    if (path === undefined) return undefined;
    return {
      sentence: `“${typed}” is the address of the metadata, which stands below the issuer.`,
      remedy: 'Take the address without /.well-known and what follows.',
      meant: url.origin + path,
    };
  },
  (url, typed) => {
    const [, path] =
      /^(.*?)(?:\/oauth2)?\/v1\/(?:authorize|token|keys|userinfo|logout)\/?$/.exec(url.pathname) ?? [];
    if (path === undefined) return undefined;
    return {
      sentence: `“${typed}” is one of the endpoints of the identity provider, not its issuer.`,
      remedy: `Take the issuer itself. ${inOkta}`,
      meant: url.origin + path,
    };
  },
  (url, typed) => {
    if (
      !isOkta(url) ||
      ['', '/'].includes(url.pathname) ||
      oktaServer(url) === url.pathname.replace(/\/$/, '')
    )
      return undefined;
    return {
      sentence: `“${typed}” is a page of Okta, not its issuer.`,
      remedy: `Okta’s own authorization server is its bare address; a custom one adds /oauth2/ and its name. ${inOkta}`,
      meant: url.origin + oktaServer(url),
    };
  },
  (url, typed) => {
    if (url.search === '' && url.hash === '') return undefined;
    return {
      sentence: `“${typed}” has more to it than an issuer has.`,
      remedy: 'An issuer has no “?” and no “#”: leave out what follows.',
      meant: url.origin + (url.pathname === '/' ? '' : url.pathname),
    };
  },
];

/** Explains an address that cannot be an issuer; undefined for one that may be. */
export function mistakenIssuer(typed: string): MistakenIssuer | undefined {
  const url = URL.canParse(typed) ? new URL(typed) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const guess = `https://${typed}`;
    const isHost = /^[\w-]+(?:\.[\w-]+)+(?:[:/].*)?$/.test(typed) && URL.canParse(guess);
    const meant = isHost ? (mistakenIssuer(guess)?.meant ?? guess.replace(/\/$/, '')) : null;
    return {
      sentence: `“${typed}” is not an address.`,
      remedy: 'An issuer begins with https://.',
      meant,
    };
  }
  for (const mistake of mistakes) {
    const found = mistake(url, typed);
    if (found !== undefined) return found;
  }
  return undefined;
}
