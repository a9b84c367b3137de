// What can be wrong with a connection's tokens and with how they are sent, as data. Pure; it decides on no request.
import type { TokenRow } from '../provisioning/connection-store.ts';
import { isLiveToken } from '../provisioning/token-state.ts';
import type { DiagnosticRule, FindingEvidence, Remedy } from './diagnostic-rule.ts';
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
  evaluate({ now, connection }) {
    const live = connection.tokens.filter((token) => isLiveToken(token, now));
    const [lasting] = [...live].sort(latestFirst);
    if (lasting === undefined || lasting.expires_at === null) return undefined;
    const { expires_at: expiresAt, created_at: createdAt, last4 } = lasting;
    // A short life is no news to whoever chose it.
    const warnings = warnDays.map((days) => expiresAt - days * day).filter((at) => at > createdAt);
    const [first = 0] = warnings;
    const next = warnings.find((at) => at > now);
    const latest = warnings.findLast((at) => at <= now) ?? next;
    if (latest === undefined) return undefined;
    return {
      sentence: `The token ending in ${last4} expires on ${dayOf(expiresAt)}.`,
      detail: 'From then on every request is refused. Make a second token now and paste it at leisure.',
      people: [],
      firstSeenAt: first,
      lastSeenAt: latest,
      count: 1,
      mark: `${expiresAt} ${latest}`,
      changesAt: next ?? expiresAt,
    };
  },
};

export const tokenEnded: DiagnosticRule = {
  id: 'token.none_live',
  title: 'There is no token that works',
  clears: 'There is a new token.',
  severity: 'blocks',
  kinds: everywhere,
  evaluate({ connection: { tokens } }) {
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

/** When a token ended or is going to; never comes after every time. */
function endOf({ expires_at: expiresAt, revoked_at: revokedAt }: TokenRow): number {
  return Math.min(revokedAt ?? Number.POSITIVE_INFINITY, expiresAt ?? Number.POSITIVE_INFINITY);
}

const latestFirst = (a: TokenRow, b: TokenRow): number => (endOf(a) < endOf(b) ? 1 : -1);

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
];

const signInOutcomes = new Set(
  refusedSignIns.flatMap(({ outcomes }) => outcomes.map((outcome) => `refused: ${outcome}`)),
);

/** One rule for each way of signing in that is refused; cleared by the next request whose token is accepted. */
export const signInRules: readonly DiagnosticRule[] = refusedSignIns.map((one) => ({
  id: one.id,
  title: one.title,
  clears: 'A token is accepted.',
  severity: 'blocks',
  kinds: one.kinds ?? everywhere,
  evaluate(evidence) {
    if (one.unlessPaused && !hasLiveToken(evidence)) return undefined;
    // Whatever is refused for another reason came past the token.
    const letIn = evidence.refusals.find(({ outcome }) => !signInOutcomes.has(outcome))?.seq ?? 0;
    const refusals = evidence.refusals.filter(({ seq }) => seq > letIn);
    const outcomes = one.outcomes.map((outcome) => `refused: ${outcome}`);
    return unheededRefusals({ ...evidence, refusals }, outcomes, one.sentence(evidence.caller));
  },
}));

function hasLiveToken({ now, connection }: FindingEvidence): boolean {
  return connection.tokens.some((token) => isLiveToken(token, now));
}
