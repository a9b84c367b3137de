// What requests show of groups that are not pushed as they should be, as data. Pure; it decides on no request.
import type { Refusal } from '../provisioning/refusal-store.ts';
import type { DiagnosticRule, FindingEvidence } from './diagnostic-rule.ts';
import { observed } from './refusal-observation.ts';
import { momentOf } from './said-time.ts';

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

/** The id in the refusal of a group that is not there. */
export function goneGroupId({ outcome, detail }: Pick<Refusal, 'outcome' | 'detail'>): string | undefined {
  if (outcome !== 'refused: group.not_found') return undefined;
  return /^There is no group with the id "(.*?)"/s.exec(detail ?? '')?.[1];
}

export const groupGone: DiagnosticRule = {
  id: 'group.gone',
  title: 'A group is pushed that was removed here',
  clears: 'A group is pushed anew, or nobody tries for a day.',
  severity: 'wrong_data',
  kinds: { okta: { stepId: 'push-groups' }, entra: { stepId: 'start' }, other: { stepId: 'groups' } },
  evaluate({ refusals, requests, now, caller, connection, goneGroups }) {
    // Okta reads a group before it writes it; Entra, which finds it gone, makes it anew.
    const methods = connection.kind === 'okta' ? ['GET', 'PUT', 'PATCH'] : ['PUT', 'PATCH'];
    const pushedAt =
      requests.find(
        ({ method, path, status }) => method === 'POST' && /\/groups\/*$/i.test(path) && status < 400,
      )?.at ?? 0;
    const tried = refusals.filter(
      ({ outcome, method, at }) =>
        outcome === 'refused: group.not_found' && methods.includes(method) && at > pushedAt,
    );
    return ofLastDay(tried, now, (newest) => {
      const gone = goneGroups.get(goneGroupId(newest) ?? '');
      if (gone === undefined) return `${caller} pushes a group that is not in this directory.`;
      const name = gone.name === null ? 'a group' : `“${gone.name}”`;
      return `${caller} pushes ${name}, which was removed here on ${momentOf(gone.removedAt)}.`;
    });
  },
};

/** How soon after a push the missing person arrives, in milliseconds, and how often that is no accident. */
const soon = minute;
const noAccident = 2;

/** Okta's pushes that were refused a moment before people arrived; none where it may be an accident. */
function earlyPushes({ refusals, requests, connection }: FindingEvidence): readonly Refusal[] {
  if (connection.kind !== 'okta') return [];
  const arrivals = requests.filter(({ outcome, path }) => outcome === 'created' && /\/users\/*$/i.test(path));
  const early = refusals.filter(
    ({ outcome, at }) =>
      outcome === 'refused: group.unknown_members' &&
      arrivals.some((arrival) => arrival.at >= at && arrival.at - at <= soon),
  );
  return early.length < noAccident ? [] : early;
}

export const sameGroupTwice: DiagnosticRule = {
  id: 'group.assigned_and_pushed',
  title: 'One group is used to assign people and is pushed as well',
  clears: 'No group comes before its people for a day.',
  severity: 'wrong_data',
  kinds: { okta: { stepId: 'push-groups' } },
  evaluate(evidence) {
    const told = 'Okta pushes groups a moment before their people arrive.';
    return ofLastDay(earlyPushes(evidence), evidence.now, told);
  },
};

/** A group whose members were refused, by the text of the refusal. */
export function refusedGroup({ outcome, detail }: Pick<Refusal, 'outcome' | 'detail'>): string | undefined {
  if (outcome !== 'refused: group.unknown_members') return undefined;
  return / of "(.*)" (?:is|are) not in this directory/s.exec(detail ?? '')?.[1];
}

/** Cleared for a group by its next change, which shows that it was pushed again. */
export const unknownGroupMembers: DiagnosticRule = {
  id: 'group.unknown_members',
  title: 'A group is pushed with people who are not here',
  clears: 'The group is pushed again.',
  severity: 'wrong_data',
  kinds: {
    okta: { stepId: 'assign' },
    entra: { stepId: 'assign' },
    other: { stepId: 'users' },
  },
  evaluate(evidence) {
    const { refusals, groupsChangedAt, caller } = evidence;
    // Whoever comes a moment later is told of as one fault.
    const early = earlyPushes(evidence);
    const open = refusals.filter((refusal) => {
      const group = refusedGroup(refusal);
      return (
        group !== undefined && refusal.at >= (groupsChangedAt.get(group) ?? 0) && !early.includes(refusal)
      );
    });
    const groups = [...new Set(open.map(refusedGroup))];
    const [first, ...others] = groups;
    const named = `“${first}”${others.length === 0 ? '' : ` and ${others.length} more`}`;
    return observed(open, `${caller} pushes ${named} with people who are not in this directory.`);
  },
};
