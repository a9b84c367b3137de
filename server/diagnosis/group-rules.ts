// What requests show of groups that are not pushed as they should be, as data. Pure; it decides on no request.
import type { Refusal } from '../provisioning/refusal-store.ts';
import type { DiagnosticRule } from './diagnostic-rule.ts';
import { observed } from './refusal-observation.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** A fault that shows in single refusals is over when there was none for a day. */
function ofLastDay(
  refusals: readonly Refusal[],
  now: number,
  sentence: string | ((newest: Refusal) => string),
) {
  const recent = refusals.filter(({ at }) => at > now - day);
  const observation = observed(recent, sentence);
  return observation && { ...observation, changesAt: observation.lastSeenAt + day };
}

export const groupNameTaken: DiagnosticRule = {
  id: 'group.name_taken',
  title: 'Two groups of one name',
  clears: 'No group of a name that is taken comes for a day.',
  severity: 'warning',
  kinds: { okta: { stepId: 'push-groups' }, entra: { stepId: 'assign' }, other: { stepId: 'groups' } },
  evaluate: ({ refusals, now, caller }) =>
    ofLastDay(
      refusals.filter(({ outcome }) => outcome === 'refused: group.name_taken'),
      now,
      ({ detail }) => `${caller} sends a second group named “${/"(.*)"/s.exec(detail ?? '')?.[1] ?? ''}”.`,
    ),
};

export const groupGone: DiagnosticRule = {
  id: 'group.gone',
  title: 'A group is pushed that was removed here',
  clears: 'A group is pushed anew, or nobody tries for a day.',
  severity: 'wrong_data',
  kinds: { okta: { stepId: 'push-groups' }, entra: { stepId: 'start' }, other: { stepId: 'groups' } },
  evaluate({ refusals, requests, now, caller }) {
    const pushedAt =
      requests.find(
        ({ method, path, status }) => method === 'POST' && /\/groups\/*$/i.test(path) && status < 400,
      )?.at ?? 0;
    const tried = refusals.filter(
      ({ outcome, method, at }) =>
        ['refused: group.not_found', 'refused: group.erased'].includes(outcome) &&
        ['PUT', 'PATCH'].includes(method) &&
        at > pushedAt,
    );
    return ofLastDay(tried, now, `${caller} changes a group that is not in this directory any more.`);
  },
};

/** How soon after a push the missing person arrives, in milliseconds, and how often that is no accident. */
const soon = minute;
const noAccident = 2;

export const sameGroupTwice: DiagnosticRule = {
  id: 'group.assigned_and_pushed',
  title: 'One group is used to assign people and is pushed as well',
  clears: 'No group comes before its people for a day.',
  severity: 'wrong_data',
  kinds: { okta: { stepId: 'push-groups' } },
  evaluate({ refusals, requests, now }) {
    const arrivals = requests.filter(
      ({ outcome, path }) => outcome === 'created' && /\/users\/*$/i.test(path),
    );
    const early = refusals.filter(
      ({ outcome, at }) =>
        outcome === 'refused: group.unknown_members' &&
        arrivals.some((arrival) => arrival.at >= at && arrival.at - at <= soon),
    );
    if (early.length < noAccident) return undefined;
    return ofLastDay(early, now, 'Okta pushes groups a moment before their people arrive.');
  },
};
