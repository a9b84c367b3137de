// What an admin does wrong with each fault, and what Rollcall then says: sentences for the admin page. Knows no setting.
import type { FaultName } from '../idp/faults.ts';
import type { DemoProvider } from './demo-providers.ts';

export interface FaultWords {
  /** The switch, as something that an admin does. */
  readonly does: string;
  /** What to look for in Rollcall, and when; where the two kinds differ, each its own. */
  readonly finds: string | Readonly<Record<DemoProvider['kind'], string>>;
}

const atOnce = 'with the next request';

export const faultWords: Readonly<Partial<Record<FaultName, FaultWords>>> = {
  'wrong-token': {
    does: 'Paste a wrong token',
    finds: `“A token that is not known here”, ${atOnce}; press Test.`,
  },
  'double-bearer': {
    does: 'Paste the word Bearer with the token',
    finds: `“The word Bearer twice before the token”, ${atOnce}; press Test.`,
  },
  'no-scheme': {
    does: 'Use the header template that sends the bare token',
    finds: `“No word Bearer before the token”, ${atOnce}; press Test.`,
  },
  'blank-token': {
    does: 'Leave Secret Token blank',
    finds: `“Secret Token is empty in Entra”, ${atOnce}; press Test.`,
  },
  'base-url-without-path': {
    does: 'Leave /scim/v2 out of the URL',
    finds: `“The base URL is not right”, ${atOnce}; press Test.`,
  },
  'base-url-doubled': {
    does: 'Paste /scim/v2 twice',
    finds: `“The base URL is not right”, ${atOnce}; press Test.`,
  },
  'blocked-by-firewall': {
    does: 'Put a firewall in the way that answers 403',
    finds: {
      okta: 'Nothing reaches it. Okta calls only when something changes, so its silence says nothing.',
      entra: '“Entra has gone quiet”, when no cycle has come for two hours.',
    },
  },
  'gateway-page': {
    does: 'Put a proxy in the way that answers 502',
    finds: {
      okta: 'Nothing reaches it. Okta calls only when something changes, so its silence says nothing.',
      entra: '“Entra has gone quiet”, when no cycle has come for two hours.',
    },
  },
  unplugged: {
    does: 'Unplug',
    finds: {
      okta: 'Nothing reaches it. Okta calls only when something changes, so its silence says nothing.',
      entra: '“Entra has gone quiet”, when no cycle has come for two hours.',
    },
  },
  'assigned-before-provisioning': {
    does: 'Assign people while provisioning is off',
    finds: 'Nothing, and nobody arrives: the checklist asks for Provision User. Hire somebody to see it.',
  },
  'create-unticked': {
    does: 'Untick Create',
    finds: {
      okta: '“People are looked up and not created”, some minutes after somebody new is assigned.',
      entra: 'Newcomers are looked up and never come; the people who are here are kept up to date.',
    },
  },
  'not-started': {
    does: 'Stop provisioning',
    finds: '“Entra has gone quiet”, when no cycle has come for two hours.',
  },
  'not-assigned-but-pushed': {
    does: 'Push people to whom the app is not assigned',
    finds: '“A group is pushed with people who are not here”, with the next push of such a group.',
  },
  'same-group-assign-and-push': {
    does: 'Push the very group that the app is assigned to',
    finds:
      '“One group is used to assign people and is pushed as well”, once a group is assigned and somebody joins it.',
  },
  'members-not-pushed': {
    does: 'Untick Push group memberships immediately',
    finds: 'Groups keep the members they had; the checklist has this as a step to tick by hand.',
  },
  'flag-left-out': {
    does: 'Leave the compliance flag out of the Tenant URL',
    finds: 'No finding: the other way of PATCH is understood, and noted with each request.',
  },
  'matching-by-external-id': {
    does: 'Match people by externalId',
    finds: 'No finding: people are found by it as well.',
  },
  'external-id-nickname': {
    does: 'Map externalId from mailNickname',
    finds: '“externalId is not the object id”, with the cycle that follows at once.',
  },
  'username-not-mail': {
    does: 'Make userName from something else than mail',
    finds: {
      okta: '“User names are no e-mail addresses”, with the next change of a profile.',
      entra: '“User names are addresses without a mailbox”, with the cycle that follows at once.',
    },
  },
  'update-unticked': {
    does: 'Untick Update',
    finds:
      '“People are created and never updated”, after people have come for a while and nobody was updated.',
  },
  'deactivate-unticked': {
    does: 'Untick Deactivate (Entra: Delete)',
    finds: 'Who leaves keeps access. The checklist waits for the proof: deactivate the test person.',
  },
  'department-outside-namespace': {
    does: 'Leave the external namespace of department out',
    finds: '“Department or manager arrive outside their schema”, with the next change of a profile.',
  },
  'mapping-left-out': {
    does: 'Leave the mappings of title and department out',
    finds: 'The checklist’s mapping step: fewer and fewer people carry a title. Hire somebody to see it.',
  },
  'groups-left-out': {
    does: 'Switch the mapping of groups off',
    finds: 'No group changes any more; the checklist’s group step stays unproven for new connections.',
  },
  'external-id-in-path': {
    does: 'Address people by externalId',
    finds: '“People are addressed by externalId instead of id”, with the next change of a profile.',
  },
};

/** What Rollcall makes of a fault in this provider. */
export function findsOf({ kind }: Pick<DemoProvider, 'kind'>, name: FaultName): string {
  const { finds = 'see its findings.' } = faultWords[name] ?? {};
  return typeof finds === 'string' ? finds : finds[kind];
}
