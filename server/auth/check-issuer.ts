// Whether what was entered is an issuer, and whether it answers as one. Knows mistakes of copying and what each means.

import type { SsoCheck } from '../../shared/single-sign-on.ts';
import { type Outgoing, OutgoingRefusal } from '../core/outgoing.ts';
import { issuerKind } from './issuer-kind.ts';
import { type MistakenIssuer, mistakenIssuer } from './issuer-mistakes.ts';
import { discoveryUrl, readDiscovery, type Trouble } from './read-discovery.ts';

export interface AnsweringIssuer {
  readonly checks: readonly SsoCheck[];
  /** Its metadata, once everything about the issuer is right. */
  readonly document?: Readonly<Record<string, unknown>>;
  /** The clock of its server in Unix milliseconds, where it says. */
  readonly date?: number | null;
}

/** Tenants are looked for by so many domains. */
const mostDomains = 3;

/** Looks at an issuer; `domains` are the org's verified ones, which may tell its tenant of Entra. */
export async function checkIssuer(
  outgoing: Outgoing,
  issuer: string,
  domains: readonly string[],
): Promise<AnsweringIssuer> {
  const mistaken = mistakenIssuer(issuer);
  if (mistaken !== undefined) {
    const meant = mistaken.meant ?? (await issuerByDomain(outgoing, issuer, mistaken, domains));
    return { checks: [failed('issuer', { ...mistaken, meant })] };
  }
  const refusal = refusalOf(outgoing, issuer);
  if (refusal !== undefined) return { checks: [failed('issuer', refusal)] };
  const found = await readDiscovery(outgoing, issuer);
  if ('trouble' in found) {
    const meant = found.trouble.meant ?? (await oktaItself(outgoing, issuer, found.status));
    const remedy =
      meant === null || found.trouble.meant !== undefined
        ? found.trouble.remedy
        : 'This Okta has no such custom authorization server, and its own answers: take the issuer without /oauth2/.';
    return { checks: [failed('discovery', { ...found.trouble, remedy, meant })] };
  }
  const { document, date } = found;
  if (document.issuer !== issuer) return { checks: [failed('issuer', otherIssuer(issuer, document.issuer))] };
  const answers = `${new URL(issuer).host} answers, and calls itself by this issuer.`;
  return { checks: [passed('issuer', answers)], document, date };
}

/** Why an issuer cannot be saved, in a sentence or two. */
export async function issuerTrouble(outgoing: Outgoing, issuer: string): Promise<string | undefined> {
  const { checks } = await checkIssuer(outgoing, issuer, []);
  const trouble = checks.find(({ state }) => state === 'failed');
  return trouble && [trouble.sentence, trouble.remedy].filter((text) => text !== null).join(' ');
}

function refusalOf(outgoing: Outgoing, issuer: string): Trouble | undefined {
  try {
    outgoing.check(issuer);
    return undefined;
  } catch (error) {
    if (!(error instanceof OutgoingRefusal)) throw error;
    const isPlain = issuer.startsWith('http:');
    return {
      sentence: error.message,
      remedy: 'Enter the public https:// address that the console shows.',
      ...(isPlain && { meant: issuer.replace(/^http:/, 'https:') }),
    };
  }
}

function otherIssuer(typed: string, told: unknown): Trouble {
  if (typeof told !== 'string' || !URL.canParse(told))
    return {
      sentence: `${discoveryUrl(typed)} names no issuer, so it is no metadata of an identity provider.`,
      remedy: 'Compare the issuer with the one in the console.',
      meant: null,
    };
  const bare = (text: string) => text.replace(/\/$/, '');
  const isSlash = bare(told) === bare(typed);
  return {
    sentence: isSlash
      ? `The identity provider spells its issuer “${told}”, ${told.endsWith('/') ? 'with' : 'without'} a slash at its end.`
      : `The identity provider at this address calls itself “${told}”, not “${typed}”.`,
    remedy: 'Issuers are compared letter by letter: take the one that it gives.',
    meant: told,
  };
}

/** Okta's own authorization server, when the custom one that was entered is not there. */
async function oktaItself(outgoing: Outgoing, issuer: string, status: number | null): Promise<string | null> {
  const { origin, pathname } = new URL(issuer);
  if (status === null || issuerKind(issuer) !== 'okta' || !pathname.startsWith('/oauth2/')) return null;
  const found = await readDiscovery(outgoing, origin);
  return 'document' in found && found.document.issuer === origin ? origin : null;
}

/** The issuer of the tenant that a domain of the org belongs to. */
async function issuerByDomain(
  outgoing: Outgoing,
  typed: string,
  { tenant }: MistakenIssuer,
  domains: readonly string[],
): Promise<string | null> {
  if (tenant === undefined) return null;
  const { origin } = new URL(typed);
  for (const domain of domains.slice(0, mostDomains)) {
    const issuer = `${origin}/${domain}/v2.0`;
    if (refusalOf(outgoing, issuer) !== undefined) return null;
    const found = await readDiscovery(outgoing, issuer);
    const told = 'document' in found ? found.document.issuer : undefined;
    if (typeof told === 'string' && !told.includes('{')) return told;
  }
  return null;
}

export function passed(id: string, sentence: string): SsoCheck {
  return { id, state: 'passed', sentence, remedy: null, meant: null };
}

export function failed(id: string, trouble: Trouble): SsoCheck {
  const { sentence, remedy, meant = null } = trouble;
  return { id, state: 'failed', sentence, remedy, meant };
}

/** What only a sign-in shows. */
export function unknown(id: string, sentence: string, remedy: string | null = null): SsoCheck {
  return { id, state: 'unknown', sentence, remedy, meant: null };
}
