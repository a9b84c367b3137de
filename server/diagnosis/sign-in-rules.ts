// What is wrong between provisioning and single sign-on, as data. Pure; it looks at the people whom it is given.
import { isDirectoryId, isGuid } from '../auth/directory-id.ts';
import type { DiagnosticRule } from './diagnostic-rule.ts';
import { intoMapping, seenIn } from './people-rules.ts';

const names = { okta: 'Okta’s id of the user', entra: 'the object id', other: 'the id' } as const;

export const externalIdOtherThanSignIn: DiagnosticRule = {
  id: 'external_id.other_than_sign_in',
  title: 'People sign in as somebody else than provisioning sends',
  clears: 'The externalId of everybody is the id that they sign in with.',
  severity: 'wrong_data',
  kinds: { okta: { stepId: 'mappings' }, entra: intoMapping('externalId', 'objectId') },
  evaluate({ people, signInIds, connection: { kind }, caller }) {
    const idOf = (id: string) => signInIds.get(id)?.directoryId ?? '';
    const seen = seenIn(
      people,
      ({ id, externalId }) =>
        externalId !== null &&
        isDirectoryId(kind, idOf(id)) &&
        // Of Entra, what is no id at all has a rule of its own, before anybody signs in.
        (kind === 'okta' || isGuid(externalId)) &&
        idOf(id).toLowerCase() !== externalId.toLowerCase(),
      {
        sentence: ({ id, externalId }, whom) =>
          `${caller} sends “${externalId}” as externalId, and who signs in is “${idOf(id)}”, ${whom}.`,
        detail: `Both have to be ${names[kind]}: as long as they differ, somebody whose address changes becomes a second person.`,
      },
    );
    if (seen === undefined) return undefined;
    const times = seen.people.map((id) => signInIds.get(id)?.at ?? 0);
    return { ...seen, firstSeenAt: Math.min(...times), lastSeenAt: Math.max(...times) };
  },
};
