// Guesses which client is calling from how it writes its requests. Pure; a guess for diagnosis, never for access.
import type { IncomingHttpHeaders } from 'node:http';

/** What the guess is made from. */
export interface ClientTraits {
  readonly headers: IncomingHttpHeaders;
  /** The address as it came, not decoded: how blanks are encoded tells clients apart. */
  readonly url: string;
  /** The parsed body, if there was one. */
  readonly body?: unknown;
}

/** Clients that say who they are in User-Agent. */
const agents: readonly { readonly starts: string; readonly client: string }[] = [
  { starts: 'Okta SCIM Client', client: 'okta' },
  { starts: 'OKTA SCIM Integration', client: 'okta-spec-test' },
  { starts: 'curl/', client: 'curl' },
];

const microsoftGroup = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';
const guidLookup =
  /[?&]filter=(?:userName|displayName|externalId)(?:\+|%20)eq(?:\+|%20)%22[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}%22/i;

/** Entra sends no User-Agent, so it is known by its habits: each has a weight, and `enough` together name it. */
const entraHabits: readonly { readonly weight: number; readonly shown: (traits: ClientTraits) => boolean }[] =
  [
    { weight: 1, shown: ({ headers }) => !headers['user-agent'] },
    { weight: 1, shown: ({ url }) => url.includes('+eq+') },
    { weight: 1, shown: ({ url }) => guidLookup.test(url) },
    { weight: 1, shown: ({ url }) => /[?&]excludedAttributes=members(?:&|$)/.test(url) && !isPaged(url) },
    { weight: 2, shown: ({ url }) => /[?&]aadOptscim062020/i.test(url) },
    { weight: 2, shown: ({ body }) => list(body, 'schemas').includes(microsoftGroup) },
    { weight: 1, shown: ({ body }) => /^[A-Z]/.test(String(field(list(body, 'Operations')[0], 'op'))) },
    { weight: 1, shown: ({ body }) => typeof field(field(body, 'meta'), 'resourceType') === 'string' },
  ];
const enough = 2;

/** "okta", "okta-spec-test", "entra", "curl", or "other:" with what the client calls itself; at most 60 characters. */
export function clientFingerprint(traits: ClientTraits): string {
  const agent = traits.headers['user-agent'] ?? '';
  const known = agents.find(({ starts }) => agent.startsWith(starts));
  if (known) return known.client;
  const score = entraHabits.reduce((sum, { weight, shown }) => (shown(traits) ? sum + weight : sum), 0);
  if (score >= enough && agent === '') return 'entra';
  const name = agent.replace(/[^\w .;:()/+-]+/g, '?').trim();
  return `other:${name === '' ? 'no user agent' : name}`.slice(0, 60);
}

function isPaged(url: string): boolean {
  return /[?&](?:count|startIndex)=/i.test(url);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function list(value: unknown, name: string): readonly unknown[] {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
}
