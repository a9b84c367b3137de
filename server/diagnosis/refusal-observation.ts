// What refused requests amount to, until one is accepted. Pure; what a refusal means is for the rules to say.
import type { Refusal } from '../provisioning/refusal-store.ts';
import type { FindingEvidence, Observation } from './diagnostic-rule.ts';

/** The refusals with one of these outcomes since a request was last accepted, as a fault; nothing where there is none. */
export function unheededRefusals(
  { refusals, last }: FindingEvidence,
  outcomes: readonly string[],
  sentence: string | ((newest: Refusal) => string),
): Observation | undefined {
  const since = last.acceptedAt ?? 0;
  const unheeded = refusals.filter(({ at, outcome }) => at > since && outcomes.includes(outcome));
  return observed(unheeded, sentence);
}

/** These refusals (the newest first) as a fault. */
export function observed(
  refusals: readonly Refusal[],
  sentence: string | ((newest: Refusal) => string),
): Observation | undefined {
  const [newest, oldest] = [refusals[0], refusals.at(-1)];
  if (newest === undefined || oldest === undefined) return undefined;
  return {
    sentence: typeof sentence === 'string' ? sentence : sentence(newest),
    detail: newest.detail,
    people: [],
    firstSeenAt: oldest.at,
    lastSeenAt: newest.at,
    count: refusals.length,
  };
}
