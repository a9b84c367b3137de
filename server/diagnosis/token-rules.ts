// What can be wrong with a connection's tokens and with how they are sent, as data. Pure; it decides on no request.
import type { TokenRow } from '../provisioning/connection-store.ts';
import type { ClientWithCredentials } from '../provisioning/oauth-client-store.ts';
import { isLiveToken } from '../provisioning/token-state.ts';
import type { DiagnosticRule, Observation, Remedy } from './diagnostic-rule.ts';
import { hasLiveClient, hasWayIn } from './live-credential.ts';
import { unheededRefusals } from './refusal-observation.ts';
import { dayOf } from './said-time.ts';

const day = 24 * 60 * 60 * 1000;

/** How many days before its end a token is spoken of. */
const warnDays = [60, 30, 7, 1] as const;

const credentials: Remedy = { stepId: 'credentials' };
const everywhere = { okta: credentials, entra: credentials, other: credentials };

export const tokenExpiring: DiagnosticRule = {
  id: 'token.expiring',
  title: 'A token is about to expire',
  clears: 'There is a token that lasts longer.',
  severity: 'warning',
  kinds: everywhere,
  evaluate({ now, connection, clients }) {
    const tokens = connection.tokens.map((token) => ({ ...token, hint: token.last4 }));
    const lasting = [tokens, ...clients.map(({ credentials }) => credentials)].flatMap(
      (these) => these.filter((one) => isLiveToken(one, now)).sort(latestFirst)[0] ?? [],
    );
    // Tokens that an OAuth client has taken the place of may go.
    const used = lasting.filter((one) => !('last4' in one && isReplaced(one, clients)));
    const [first] = used.sort((a, b) => endOf(a) - endOf(b));
    if (first === undefined || first.expires_at === null) return undefined;
    return expiring(first, first.expires_at, 'last4' in first ? 'token' : 'secret', now);
  },
};

/** Whether an OAuth client came after the last use of a token. */
function isReplaced(
  { last_used_at: usedAt }: { readonly last_used_at: number | null },
  clients: readonly ClientWithCredentials[],
): boolean {
  return clients.some(({ credentials }) =>
    credentials.some(({ last_used_at: at }) => at !== null && at > (usedAt ?? 0)),
  );
}

function expiring(
  { created_at: createdAt, hint }: { readonly created_at: number; readonly hint: string },
  expiresAt: number,
  what: 'token' | 'secret',
  now: number,
): Observation | undefined {
  // A short life is no news to whoever chose it.
  const warnings = warnDays.map((days) => expiresAt - days * day).filter((at) => at > createdAt);
  const [first = 0] = warnings;
  const next = warnings.find((at) => at > now);
  const latest = warnings.findLast((at) => at <= now) ?? next;
  if (latest === undefined) return undefined;
  return {
    sentence: `The ${what === 'token' ? 'token' : 'OAuth client’s secret'} ending in ${hint} expires on ${dayOf(expiresAt)}.`,
    detail: `From then on every request is refused. Make a second ${what} now and paste it at leisure.`,
    people: [],
    firstSeenAt: first,
    lastSeenAt: latest,
    count: 1,
    mark: `${expiresAt} ${latest}`,
    changesAt: next ?? expiresAt,
  };
}

export const tokenEnded: DiagnosticRule = {
  id: 'token.none_live',
  title: 'There is no token that works',
  clears: 'There is a new token.',
  severity: 'blocks',
  kinds: everywhere,
  evaluate({ now, connection: { tokens }, clients }) {
    if (hasLiveClient({ now, clients })) return undefined;
    const [last] = [...tokens].sort(latestFirst);
    if (last === undefined || !Number.isFinite(endOf(last))) return undefined;
    const how = last.revoked_at === null ? 'expired' : 'was revoked';
    return {
      sentence: `The token ending in ${last.last4} ${how} on ${dayOf(endOf(last))}, and there is no other.`,
      detail: 'Every request is refused until you make a token and paste it.',
      people: [],
      firstSeenAt: endOf(last),
      lastSeenAt: endOf(last),
      count: 1,
    };
  },
};

type Ending = Pick<TokenRow, 'expires_at' | 'revoked_at'>;

/** When a token ended or is going to; never comes after every time. */
function endOf({ expires_at: expiresAt, revoked_at: revokedAt }: Ending): number {
  return Math.min(revokedAt ?? Number.POSITIVE_INFINITY, expiresAt ?? Number.POSITIVE_INFINITY);
}

const latestFirst = (a: Ending, b: Ending): number => (endOf(a) < endOf(b) ? 1 : -1);

/** A way of signing in that is refused: by the outcomes of the records that show it. */
interface RefusedSignIn {
  readonly id: string;
  readonly title: string;
  readonly outcomes: readonly string[];
  readonly sentence: (caller: string) => string;
  readonly kinds?: DiagnosticRule['kinds'];
  /** A token that is dead by intention is spoken of only while there is another to be pasted. */
  readonly unlessPaused?: true;
}

const refusedSignIns: readonly RefusedSignIn[] = [
  {
    id: 'token.unknown',
    title: 'A token that is not known here',
    outcomes: ['unknown', 'other-jwt'],
    sentence: (caller) => `${caller} signs in with a token that is not known here.`,
  },
  {
    id: 'token.revoked_used',
    title: 'A token that was revoked',
    outcomes: ['revoked'],
    sentence: (caller) => `${caller} still signs in with a token that was revoked.`,
    unlessPaused: true,
  },
  {
    id: 'token.expired_used',
    title: 'A token that has expired',
    outcomes: ['expired'],
    sentence: (caller) => `${caller} still signs in with a token that has expired.`,
    unlessPaused: true,
  },
  {
    id: 'token.bearer_twice',
    title: 'The word Bearer twice before the token',
    outcomes: ['double-bearer'],
    sentence: (caller) => `${caller} sends the word Bearer twice.`,
  },
  {
    id: 'token.bearer_missing',
    title: 'No word Bearer before the token',
    outcomes: ['no-scheme'],
    sentence: (caller) => `${caller} sends the token without the word Bearer.`,
  },
  {
    id: 'token.decorated',
    title: 'Other characters around the token',
    outcomes: ['decorated'],
    sentence: (caller) => `${caller} sends the token with other characters around it.`,
  },
  {
    id: 'token.missing',
    title: 'No token',
    outcomes: ['missing'],
    sentence: (caller) => `${caller} sends no token.`,
  },
  {
    id: 'token.other_scheme',
    title: 'Not a bearer token',
    outcomes: ['not-bearer'],
    sentence: (caller) => `${caller} signs in with something other than a bearer token.`,
  },
  {
    id: 'token.blank',
    title: 'Secret Token is empty in Entra',
    outcomes: ['entra-jwt'],
    sentence: () => 'Secret Token is empty in Entra, which signs in with a token of its own.',
    kinds: { entra: credentials },
  },
  {
    id: 'token.client_refused',
    title: 'An OAuth client that cannot prove who it is',
    outcomes: ['client unknown', 'client method', 'client secret', 'client assertion', 'client replay'],
    sentence: (caller) => `${caller} asks for access tokens and does not prove who it is.`,
  },
];

/** What an OAuth client is told in the course of things, or for what it asked: neither a fault nor a way past the token. */
const passing = ['access-ended', 'access-revoked', 'client request', 'client scope', 'client grant'];

const signInOutcomes = new Set(
  [...refusedSignIns.flatMap(({ outcomes }) => outcomes), ...passing].map((outcome) => `refused: ${outcome}`),
);

/** One rule for each way of signing in that is refused; cleared by the next request whose token is accepted. */
export const signInRules: readonly DiagnosticRule[] = refusedSignIns.map((one) => ({
  id: one.id,
  title: one.title,
  clears: 'A token is accepted.',
  severity: 'blocks',
  kinds: one.kinds ?? everywhere,
  evaluate(evidence) {
    if (one.unlessPaused && !hasWayIn(evidence)) return undefined;
    // Whatever is refused for another reason came past the token.
    const letIn = evidence.refusals.find(({ outcome }) => !signInOutcomes.has(outcome))?.seq ?? 0;
    const refusals = evidence.refusals.filter(({ seq }) => seq > letIn);
    const outcomes = one.outcomes.map((outcome) => `refused: ${outcome}`);
    return unheededRefusals({ ...evidence, refusals }, outcomes, one.sentence(evidence.caller));
  },
}));
