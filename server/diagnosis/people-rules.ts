// What is wrong with the people whom a connection sent, as data. Pure; it looks at those whom it is given.
import { isGuid } from '../auth/directory-id.ts';
import { domainOf } from '../orgs/domain-name.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';
import type { DiagnosticRule, FindingEvidence, Observation, PersonSeen } from './diagnostic-rule.ts';
import { isEmailLike, isTenantName } from './expected-value.ts';

export const intoMapping = (attribute: string, source: string) => ({
  stepId: 'mappings',
  labels: [
    'Provisioning',
    'Mappings',
    'Provision Microsoft Entra ID Users',
    attribute,
    `Source attribute: ${source}`,
    'Save',
  ],
});

export const userNameNoAddress: DiagnosticRule = {
  id: 'user_name.no_address',
  title: 'User names are no e-mail addresses',
  clears: 'Everybody comes with an e-mail address as user name.',
  severity: 'wrong_data',
  kinds: { okta: { stepId: 'username-format' }, entra: intoMapping('userName', 'mail') },
  evaluate: ({ people, caller }) =>
    seenIn(people, ({ userName }) => !isEmailLike(userName), {
      sentence: ({ userName }, whom) => `${caller} sends “${userName}”, not an e-mail address, ${whom}.`,
      detail: 'People sign in with their e-mail address, and by this userName nobody finds them.',
    }),
};

export const userNameNoMailbox: DiagnosticRule = {
  id: 'user_name.no_mailbox',
  title: 'User names are addresses without a mailbox',
  clears: 'Nobody comes with a name of the tenant any more.',
  severity: 'wrong_data',
  kinds: { entra: intoMapping('userName', 'mail') },
  evaluate: ({ people, verifiedDomains, caller }) =>
    seenIn(people, ({ userName }) => isTenantName(userName) && !verifiedDomains.has(domainOf(userName)), {
      sentence: ({ userName }, whom) =>
        `${caller} sends “${userName}”, an address without a mailbox, ${whom}.`,
      detail:
        'It is their name in the tenant. Guests have such names too: leave out those who need no access.',
    }),
};

export const externalIdNoGuid: DiagnosticRule = {
  id: 'external_id.no_guid',
  title: 'externalId is not the object id',
  clears: 'Everybody comes with the object id as externalId.',
  severity: 'wrong_data',
  kinds: { entra: intoMapping('externalId', 'objectId') },
  evaluate: ({ people, caller }) =>
    seenIn(people, ({ externalId }) => externalId !== null && !isGuid(externalId), {
      sentence: ({ externalId }, whom) =>
        `${caller} sends “${externalId}” as externalId, not the object id, ${whom}.`,
      detail: 'A nickname can change or be given to somebody else, and sign-in goes by the object id.',
    }),
};

export const domainNotVerified: DiagnosticRule = {
  id: 'domain.not_verified',
  title: 'People come from a domain that is not verified',
  clears: 'The domain is verified, or nobody comes from it any more.',
  severity: 'warning',
  kinds: { okta: null, entra: null, other: null },
  evaluate({ people, verifiedDomains }) {
    if (verifiedDomains.size === 0) return undefined;
    const outside = (person: PersonSeen): boolean => {
      const domain = domainOfPerson(person);
      return domain !== '' && !verifiedDomains.has(domain);
    };
    const domains = new Set(people.filter(outside).map(domainOfPerson));
    const more = domains.size > 1 ? ` and ${domains.size - 1} more` : '';
    return seenIn(people, outside, {
      sentence: (person, whom) =>
        `The domain ${domainOfPerson(person)}${more} is not verified and arrives ${whom}.`,
      detail: 'Verify it under Settings, Domains, if it is yours; otherwise see why they are assigned.',
    });
  },
};

export const userNameOtherAddress: DiagnosticRule = {
  id: 'user_name.other_address',
  title: 'People sign in with another address than mail goes to',
  clears: 'At most one person comes with two addresses.',
  severity: 'warning',
  kinds: { okta: { stepId: 'username-format' }, entra: intoMapping('userName', 'mail'), other: null },
  evaluate({ people, caller }) {
    const differs = ({ userName, email }: PersonSeen): boolean =>
      email !== null &&
      isEmailLike(userName) &&
      !isTenantName(userName) &&
      foldCase(userName) !== foldCase(email);
    if (people.filter(differs).length < 2) return undefined;
    return seenIn(people, differs, {
      sentence: (_, whom) => `${caller} sends a userName that differs from the e-mail address ${whom}.`,
      detail:
        'Invitations go to the e-mail address. Send the same address as userName if people know only one.',
    });
  },
};

export const rolesUnread: DiagnosticRule = {
  id: 'roles.not_read',
  title: 'Roles arrive that nothing maps',
  clears: 'Nobody comes with a value under roles any more.',
  severity: 'warning',
  kinds: { okta: null, entra: null, other: null },
  evaluate: ({ people, caller }) =>
    seenIn(people, ({ roles }) => roles.length > 0, {
      sentence: ({ roles }, whom) =>
        `${caller} sends the role “${roles[0]}”, which has no effect here, ${whom}.`,
      detail: 'Roles come from groups: choose one for a group under Groups, or give it to a person by hand.',
    }),
};

export const noSeats: DiagnosticRule = {
  id: 'seats.none_free',
  title: 'There are no free seats',
  clears: 'Nobody waits for a seat.',
  severity: 'blocks',
  kinds: { okta: null, entra: null, other: null },
  evaluate({ waiting }) {
    const times = waiting.map(({ since }) => since);
    if (times.length === 0) return undefined;
    return {
      sentence: `${times.length === 1 ? '1 person waits' : `${times.length} people wait`} for a free seat.`,
      detail: 'Raise the seat limit under Settings, or remove somebody who needs no access any more.',
      people: waiting.map(({ id }) => id),
      firstSeenAt: Math.min(...times),
      lastSeenAt: Math.max(...times),
      count: times.length,
    };
  },
};

/** A name of the tenant has a rule of its own. */
function domainOfPerson({ email, userName }: PersonSeen): string {
  const address = email ?? userName;
  return isEmailLike(address) && !isTenantName(address) ? domainOf(address) : '';
}

/** The people with a fault, told by the newest of them. */
export function seenIn(
  people: FindingEvidence['people'],
  isWrong: (person: PersonSeen) => boolean,
  told: {
    readonly sentence: (newest: PersonSeen, whom: string) => string;
    readonly detail: string;
  },
): Observation | undefined {
  const wrong = people.filter(isWrong);
  const [newest] = wrong;
  if (newest === undefined) return undefined;
  return {
    sentence: told.sentence(newest, wrong.length === 1 ? 'for 1 person' : `for ${wrong.length} people`),
    detail: told.detail,
    people: wrong.map(({ id }) => id),
    firstSeenAt: Math.min(...wrong.map(({ createdAt }) => createdAt)),
    lastSeenAt: Math.max(...wrong.map(({ updatedAt }) => updatedAt)),
    count: wrong.length,
  };
}
