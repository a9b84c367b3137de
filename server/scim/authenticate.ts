// Decides from the Authorization header alone whether a request may enter, and if not, says what its sender should
// change. Pure; it never repeats a token.
import type { ConnectionKind } from '../../shared/provisioning.ts';
import { hashToken, sameHash, tokenHint } from '../core/secrets.ts';
import type { TokenRow } from '../provisioning/connection-store.ts';
import { isLiveToken } from '../provisioning/token-state.ts';

/** What is known of each token of the connection, dead ones included. */
export type KnownToken = Pick<TokenRow, 'id' | 'hash' | 'last4' | 'expires_at' | 'revoked_at'>;

/** What a refusal's text is made from. */
interface Facts {
  /** Where the token is pasted, in the words of the connection's kind. */
  readonly place: string;
  /** What is to be said about the token itself. */
  readonly verdict: string;
  /** What may be shown of the token that came: its length and end. */
  readonly hint: string;
  /** The end of the known token, and the day on which it ended. */
  readonly last4: string;
  readonly endedOn: string;
  /** The authentication scheme that came in the place of Bearer. */
  readonly scheme: string;
}

const replaceIt = ({ place }: Facts) =>
  `Make a new one with "rollcall connection token rotate" and paste it ${place}.`;
const pasteAgain = ({ place }: Facts) =>
  `Copy the token of this connection again, whole, and paste it ${place}.`;

/** Every reason to turn a request away for its credentials, always with 401, and what its sender is told. */
export const credentialRefusals = {
  missing: ({ place }: Facts) =>
    `No token came with this request. Paste the token of this connection ${place}.`,
  'not-bearer': ({ scheme, place }: Facts) =>
    `The request signs in with ${scheme}, and this address takes a bearer token only. Choose authentication by HTTP header or bearer token, and paste the token of this connection ${place}.`,
  'double-bearer': ({ place, verdict }: Facts) =>
    `The word Bearer came twice. Remove the word Bearer from the field where the token is pasted (${place}), because it is added for you. ${verdict}`,
  'no-scheme': ({ place, verdict }: Facts) =>
    `The token came without the word Bearer. Put the word Bearer and a space before the token (${place}). ${verdict}`,
  decorated: ({ place, verdict }: Facts) =>
    `There are quotation marks, blanks or other characters around the token. Remove them (${place}). ${verdict}`,
  'entra-jwt': () =>
    'Secret Token is empty in Entra: Entra sent a token of its own. Paste the token of this connection into Secret Token under Provisioning, press Test Connection and save.',
  'other-jwt': (facts: Facts) =>
    `A JSON Web Token from another issuer came in the place of this connection's token, which begins with rollcall_. ${pasteAgain(facts)}`,
  revoked: (facts: Facts) =>
    `The token ending in ${facts.last4} was revoked on ${facts.endedOn}. ${replaceIt(facts)}`,
  expired: (facts: Facts) =>
    `The token ending in ${facts.last4} expired on ${facts.endedOn}. ${replaceIt(facts)}`,
  unknown: (facts: Facts) => `This token is not known: ${facts.hint}. ${pasteAgain(facts)}`,
} as const satisfies Record<string, (facts: Facts) => string>;

export type CredentialRefusal = keyof typeof credentialRefusals;

/** The token that lets the request in, or why none does; `detail` is for the identity provider's admin. */
export type Credentials =
  | { readonly tokenId: string }
  | { readonly refused: CredentialRefusal; readonly detail: string };

const places: Record<ConnectionKind, string> = {
  okta: 'in Okta under Provisioning > Integration, authentication mode HTTP Header',
  entra: 'in Entra under Provisioning, field Secret Token',
  other: "in your identity provider's SCIM settings",
};

/** Schemes that clients really send; any other first word may be a piece of a token and is never repeated. */
const otherSchemes = ['Basic', 'Digest', 'Negotiate', 'NTLM', 'Token', 'SSWS', 'OAuth', 'DPoP', 'ApiKey'];

/**
 * Reads the header against the tokens of one connection. Hashes are compared in constant time, all of them each time.
 * @see RFC 6750 §2.1
 */
export function readCredentials(
  authorization: string | undefined,
  tokens: readonly KnownToken[],
  now: number,
  kind: ConnectionKind = 'other',
): Credentials {
  const header = authorization?.trim() ?? '';
  const place = places[kind];
  const { form, text, scheme } = readForm(header);
  const exact = findToken(text, tokens);
  const token = exact ?? findToken(bareToken(text), tokens);
  if (form === 'bearer' && exact && isLiveToken(exact, now)) return { tokenId: exact.id };

  const facts: Omit<Facts, 'verdict'> = {
    place,
    scheme,
    hint: hintOf(text),
    last4: token?.last4 ?? '',
    endedOn: day(token?.revoked_at ?? token?.expires_at ?? now),
  };
  const fault = tokenFault(text, token, now);
  const verdict = fault ? credentialRefusals[fault]({ ...facts, verdict: '' }) : 'The token itself is right.';
  const refused = refusalOf(form, fault, exact === undefined && token !== undefined);
  return { refused, detail: credentialRefusals[refused]({ ...facts, verdict }) };
}

type Form = 'none' | 'bearer' | 'double-bearer' | 'not-bearer' | 'no-scheme';

/** How the header is made, and the text in which the token must be. */
function readForm(header: string): { readonly form: Form; readonly text: string; readonly scheme: string } {
  const [word = '', ...rest] = header.split(/\s+/);
  const text = rest.join(' ');
  if (header === '' || (word.toLowerCase() === 'bearer' && text === ''))
    return { form: 'none', text, scheme: '' };
  if (word.toLowerCase() === 'bearer') {
    const form = rest.slice(0, -1).some((part) => /^["']?bearer:?$/i.test(part)) ? 'double-bearer' : 'bearer';
    return { form, text, scheme: '' };
  }
  const scheme = otherSchemes.find((other) => other.toLowerCase() === word.toLowerCase());
  return scheme && text !== ''
    ? { form: 'not-bearer', text, scheme }
    : { form: 'no-scheme', text: header, scheme: '' };
}

function refusalOf(form: Form, fault: CredentialRefusal | undefined, decorated: boolean): CredentialRefusal {
  switch (form) {
    case 'none':
      return 'missing';
    case 'bearer':
      return decorated ? 'decorated' : (fault ?? 'unknown');
    default:
      return form;
  }
}

/** What is wrong with the token itself, if anything. */
function tokenFault(text: string, token: KnownToken | undefined, now: number): CredentialRefusal | undefined {
  if (token) return isLiveToken(token, now) ? undefined : token.revoked_at !== null ? 'revoked' : 'expired';
  const issuer = jwtIssuer(bareToken(text));
  if (issuer === undefined) return 'unknown';
  return /^https:\/\/(?:sts\.windows\.net|login\.microsoftonline\.com)\//.test(issuer)
    ? 'entra-jwt'
    : 'other-jwt';
}

function findToken(text: string, tokens: readonly KnownToken[]): KnownToken | undefined {
  const hash = hashToken(text);
  return tokens.filter((token) => sameHash(token.hash, hash))[0];
}

/** The last run of characters that a token can have: what is left without quotation marks, blanks and prefixes. */
function bareToken(text: string): string {
  return text.split(/[^\w.~+/=-]+/).findLast((part) => part !== '') ?? '';
}

/** The issuer that a JSON Web Token names, '' if it names none; undefined if this is no such token. Nothing is verified. */
function jwtIssuer(token: string): string | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  const [header, payload] = parts.slice(0, 2).map(decodeJson);
  if (header === undefined || payload === undefined) return undefined;
  return typeof payload.iss === 'string' ? payload.iss : '';
}

function decodeJson(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function hintOf(token: string): string {
  const { length, last4 } = tokenHint(token);
  const end = last4 === '' ? '' : `, ending in ${last4}`;
  const whole = /^rollcall_[A-Za-z0-9]{43}$/.test(token);
  return `${length} characters${end}${whole ? '' : ", while this directory's begin with rollcall_ and have 52 characters"}`;
}

/** "3 Nov 2026", in UTC. */
function day(at: number): string {
  const [, date, month, year] = new Date(at).toUTCString().split(' ');
  return `${Number(date)} ${month} ${year}`;
}
