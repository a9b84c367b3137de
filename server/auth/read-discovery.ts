// Fetches an identity provider's metadata for somebody who wants to know why it does not come: each way of failing is told
// apart. Signing in has its own, stricter way. @see OpenID Connect Discovery 1.0 §4
import { type Outgoing, OutgoingRefusal } from '../core/outgoing.ts';

/** A failure in a sentence, and what to do. */
export interface Trouble {
  readonly sentence: string;
  readonly remedy: string;
  readonly meant?: string | null;
}

/** A document, or why there is none; `date` is the server's clock in Unix milliseconds, where it says. */
export type Discovered =
  | { readonly document: Readonly<Record<string, unknown>>; readonly date: number | null }
  | { readonly trouble: Trouble; readonly status: number | null };

const suffix = '/.well-known/openid-configuration';

/** §4.1: a slash at the end of the issuer is left out before the suffix. */
export function discoveryUrl(issuer: string): string {
  return issuer.replace(/\/$/, '') + suffix;
}

export async function readDiscovery(outgoing: Outgoing, issuer: string): Promise<Discovered> {
  const url = discoveryUrl(issuer);
  const { host } = new URL(url);
  try {
    const response = await outgoing.fetch(url, { headers: { accept: 'application/json' } });
    const text = await response.text();
    const { status } = response;
    if (status !== 200) return { trouble: ofStatus(status, url, response.headers.get('location')), status };
    const document = parsed(text);
    if (document === undefined) return { trouble: notJson(url, text), status };
    const date = Date.parse(response.headers.get('date') ?? '');
    return { document, date: Number.isNaN(date) ? null : date };
  } catch (error) {
    return { trouble: ofFailure(error, host), status: null };
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function notJson(url: string, text: string): Trouble {
  const what = /^\s*</.test(text) ? 'a web page' : 'something that is no JSON';
  return {
    sentence: `${url} answered with ${what}, not with the metadata of an identity provider.`,
    remedy: 'Compare the issuer with the one in the console; a proxy or a sign-in page may stand before it.',
  };
}

function ofStatus(status: number, url: string, location: string | null): Trouble {
  if (status >= 300 && status < 400 && location !== null && URL.canParse(location, url)) {
    const target = new URL(location, url);
    const meant = target.href.endsWith(suffix) ? { meant: target.href.slice(0, -suffix.length) } : {};
    return {
      sentence: `${url} sends on to ${target.origin}${target.pathname}, and an issuer answers itself.`,
      remedy: 'Enter the address that it leads to.',
      ...meant,
    };
  }
  if (status >= 500)
    return {
      sentence: `${url} answered with status ${status}.`,
      remedy: 'The identity provider has trouble of its own. Try again in a few minutes.',
    };
  return {
    sentence: `There is no identity provider at this address: ${url} answered with status ${status}.`,
    remedy: 'Compare the issuer with the one in the console, letter by letter.',
  };
}

/** Why a connection failed, by the code that Node or undici gives it. */
const failures: readonly {
  readonly codes: RegExp;
  readonly trouble: (host: string, code: string) => Trouble;
}[] = [
  {
    codes: /^(?:ENOTFOUND|EAI_AGAIN|ENODATA)$/,
    trouble: (host) => ({
      sentence: `There is no server called ${host}: DNS does not know the name.`,
      remedy: 'Look for a typing error in the issuer.',
    }),
  },
  {
    codes: /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/,
    trouble: (host, code) => ({
      sentence: `The certificate of ${host} is not one to trust (${code}).`,
      remedy:
        'The identity provider needs a valid certificate for this name, from an authority that this server trusts.',
    }),
  },
  {
    codes: /TIMEOUT|^TimeoutError$|^AbortError$/i,
    trouble: (host) => ({
      sentence: `${host} did not answer in time.`,
      remedy: 'See whether this server may reach it through the firewall, and try again.',
    }),
  },
  {
    codes: /^(?:ECONN|EHOST|ENET|EPIPE|UND_ERR_SOCKET)/,
    trouble: (host, code) => ({
      sentence: `${host} could not be reached (${code}).`,
      remedy: 'See whether the address is right and whether this server may reach it through the firewall.',
    }),
  },
];

/** Explains why a request had no answer. */
export function ofFailure(error: unknown, host: string): Trouble {
  const codes: string[] = [];
  for (let at = error; at instanceof Error && codes.length < 10; at = at.cause) {
    if (at instanceof OutgoingRefusal)
      return {
        sentence: at.message,
        remedy: 'Enter a public address, or ask whoever runs this server to allow the network.',
      };
    codes.push(String(Reflect.get(at, 'code') ?? at.name));
  }
  for (const { codes: sign, trouble } of failures) {
    const code = codes.find((one) => sign.test(one));
    if (code !== undefined) return trouble(host, code);
  }
  return {
    sentence: `${host} gave no answer that could be read.`,
    remedy: 'See whether the address is right, and try again.',
  };
}
