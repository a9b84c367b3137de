// What refused requests show of a wrong base URL, of ids and of owners, as data. Pure; it decides on no request.
import type { Refusal } from '../provisioning/refusal-store.ts';
import type { DiagnosticRule } from './diagnostic-rule.ts';
import { observed, unheededRefusals } from './refusal-observation.ts';

export const wrongPath: DiagnosticRule = {
  id: 'url.wrong_path',
  title: 'The base URL is not right',
  clears: 'A request is accepted.',
  severity: 'blocks',
  kinds: {
    okta: { stepId: 'credentials' },
    entra: { stepId: 'credentials' },
    other: { stepId: 'credentials' },
  },
  evaluate: (evidence) =>
    unheededRefusals(
      evidence,
      ['refused: unknown path'],
      ({ path }) => `${evidence.caller} calls “${path}”, where nothing is: the base URL is not right.`,
    ),
};

/** Cleared by a second owner, and by the person staying for a week. */
export const lastOwnerRefused: DiagnosticRule = {
  id: 'member.last_owner',
  title: 'The last owner was to be taken out',
  clears: 'There is a second owner, or nobody tries again for a week.',
  severity: 'wrong_data',
  kinds: { okta: null, entra: null, other: null },
  evaluate({ refusals, owners, caller }) {
    if (owners.length > 1) return undefined;
    const tried = refusals.filter(({ outcome }) => outcome === 'refused: member.last_owner');
    const observation = observed(tried, `${caller} tried to take the last owner out of the directory.`);
    return observation && { ...observation, people: owners };
  },
};

/** The id that a refusal says nobody has. */
function unknownPerson({ outcome, detail }: Refusal): string | undefined {
  return outcome === 'refused: member.not_found'
    ? /with the id "(.*)" in/s.exec(detail ?? '')?.[1]
    : undefined;
}

export const externalIdAsId: DiagnosticRule = {
  id: 'id.external_used',
  title: 'People are addressed by externalId instead of id',
  clears: 'Nobody is addressed so for a week.',
  severity: 'wrong_data',
  kinds: { entra: { stepId: 'mappings' }, other: { stepId: 'users' } },
  evaluate({ refusals, people, caller }) {
    const byExternalId = new Map(people.map(({ externalId, id }) => [externalId, id]));
    const personOf = (refusal: Refusal) => byExternalId.get(unknownPerson(refusal) ?? '');
    const astray = refusals.filter((refusal) => personOf(refusal) !== undefined);
    const observation = observed(astray, `${caller} uses externalId where the id belongs.`);
    if (observation === undefined) return undefined;
    const touched = new Set(astray.map(personOf).filter((id) => id !== undefined));
    return {
      ...observation,
      detail: 'Set it to keep the id that this directory answers with.',
      people: [...touched],
    };
  },
};
