// Whether an identity provider can do what signing in needs, by its metadata, its keys and its clock. Knows what we ask
// for; whether the app there is set up, it does not. @see OpenID Connect Discovery 1.0 §3
import type { SsoCheck } from '../../shared/single-sign-on.ts';
import type { Outgoing } from '../core/outgoing.ts';
import { failed, passed, unknown } from './check-issuer.ts';
import { signingAlgorithms, toleratedSkew } from './oidc-provider.ts';
import { ofFailure } from './read-discovery.ts';

type Document = Readonly<Record<string, unknown>>;

/** What metadata has to offer, and what is said where it does not. What a document leaves out has a default of the standard. */
const needs: readonly {
  readonly lacks: (document: Document) => boolean;
  readonly sentence: string;
  readonly remedy: string;
}[] = [
  {
    lacks: (of) =>
      !['authorization_endpoint', 'token_endpoint', 'jwks_uri'].every((name) => isAddress(of[name])),
    sentence: 'The identity provider’s metadata lacks the address of its sign-in, its tokens or its keys.',
    remedy:
      'Rollcall signs in with OpenID Connect. See whether this issuer is for that, and not for SAML or OAuth alone.',
  },
  {
    lacks: (of) => !listed(of.response_types_supported, ['code']).includes('code'),
    sentence: 'The identity provider does not offer the response type “code”.',
    remedy: 'Turn the authorization code flow on for it.',
  },
  {
    lacks: (of) => !listed(of.code_challenge_methods_supported, ['S256']).includes('S256'),
    sentence: 'The identity provider does not offer PKCE with S256.',
    remedy: 'Turn PKCE on for it, or bring it up to date.',
  },
  {
    lacks: (of) =>
      !listed(of.id_token_signing_alg_values_supported, ['RS256']).some((alg) =>
        signingAlgorithms.includes(alg),
      ),
    sentence: 'The identity provider signs its ID tokens with no algorithm that can be trusted here.',
    remedy: 'Let it sign with RS256, PS256, ES256 or EdDSA: a shared secret, or none, proves nothing.',
  },
  {
    lacks: (of) =>
      !listed(of.token_endpoint_auth_methods_supported, ['client_secret_basic']).some((method) =>
        ['client_secret_basic', 'client_secret_post'].includes(method),
      ),
    sentence: 'The identity provider does not take a client secret.',
    remedy: 'Make the app a web application whose client authenticates by a client secret.',
  },
];

export function checkFeatures(document: Document): SsoCheck {
  const missing = needs.find(({ lacks }) => lacks(document));
  if (missing !== undefined) return failed('features', missing);
  return passed(
    'features',
    'It offers the authorization code flow with PKCE and signatures that can be trusted.',
  );
}

export async function checkKeys(outgoing: Outgoing, document: Document): Promise<SsoCheck> {
  const url = String(document.jwks_uri);
  const { host } = new URL(url);
  try {
    const response = await outgoing.fetch(url, { headers: { accept: 'application/json' } });
    const set = (await response.json()) as { readonly keys?: unknown };
    const keys = Array.isArray(set.keys) ? (set.keys as readonly { readonly use?: string }[]) : [];
    const count = keys.filter(({ use = 'sig' }) => use === 'sig').length;
    if (count > 0)
      return passed('keys', `It publishes ${count === 1 ? 'one key' : `${count} keys`} that it signs with.`);
  } catch (error) {
    if (!(error instanceof SyntaxError)) return failed('keys', ofFailure(error, host));
  }
  return failed('keys', {
    sentence: `${url} holds no key that ID tokens could be verified with.`,
    remedy: 'The identity provider has to publish its keys there.',
  });
}

/** Compares two clocks; `there` is null where the other server does not say. */
export function checkClock(host: string, there: number | null, here: number): SsoCheck {
  if (there === null) return unknown('clock', `${host} does not say what time it is; a sign-in shows it.`);
  const apart = Math.round((there - here) / 1000);
  if (Math.abs(apart) <= toleratedSkew) return passed('clock', `Its clock and this server’s agree.`);
  const time = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return failed('clock', {
    sentence: `The clocks are ${span(Math.abs(apart))} apart: here it is ${time(here)}, at ${host} ${time(there)}. Its tokens would count as ${apart > 0 ? 'not valid yet' : 'expired'}.`,
    remedy: 'Let the clock of this server be set by a time server (NTP).',
  });
}

function span(seconds: number): string {
  const [size, unit] = (
    [
      [86_400, 'day'],
      [3600, 'hour'],
      [60, 'minute'],
    ] as const
  ).find(([size]) => seconds >= 2 * size) ?? [1, 'second'];
  const n = Math.round(seconds / size);
  return `${n} ${n === 1 ? unit : `${unit}s`}`;
}

function listed(value: unknown, otherwise: readonly string[]): readonly string[] {
  return Array.isArray(value) ? value.map(String) : otherwise;
}

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value);
}
