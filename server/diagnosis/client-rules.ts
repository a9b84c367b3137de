// What requests show of who calls and of what a client leaves out, as data. Pure; it decides on no request.
import { conjoined } from '../core/conjoined.ts';
import type { DiagnosticRule, Observation, RequestSeen } from './diagnostic-rule.ts';

const day = 24 * 60 * 60 * 1000;

/** Requests (the newest first) of the last day as a fault that is over when there was none for a day. */
function shownBy(
  requests: readonly RequestSeen[],
  now: number,
  told: Pick<Observation, 'sentence' | 'detail'>,
): Observation | undefined {
  const recent = requests.filter(({ at }) => at > now - day);
  const [newest, oldest] = [recent[0], recent.at(-1)];
  if (newest === undefined || oldest === undefined) return undefined;
  return {
    ...told,
    people: [],
    firstSeenAt: oldest.at,
    lastSeenAt: newest.at,
    count: recent.length,
    changesAt: newest.at + day,
  };
}

export const twoClients: DiagnosticRule = {
  id: 'client.two_kinds',
  title: 'Two identity providers use one connection',
  clears: 'Only one of them calls for a day.',
  severity: 'wrong_data',
  kinds: {
    okta: { stepId: 'credentials' },
    entra: { stepId: 'credentials' },
    other: { stepId: 'credentials' },
  },
  evaluate({ requests, now }) {
    const accepted = requests.filter(({ status, at }) => status < 400 && at > now - day);
    const calls = { okta: 0, entra: 0 };
    for (const { client } of accepted) if (client === 'okta' || client === 'entra') calls[client] += 1;
    if (calls.okta === 0 || calls.entra === 0) return undefined;
    const rarer = calls.okta < calls.entra ? 'okta' : 'entra';
    return shownBy(
      accepted.filter(({ client }) => client === rarer),
      now,
      {
        sentence: 'Okta and Entra both call through this connection.',
        detail:
          'Each undoes what the other writes. Make a connection with a token of its own for one of them.',
      },
    );
  },
};

export const oldSchema: DiagnosticRule = {
  id: 'client.scim_1_1',
  title: 'The client speaks SCIM 1.1',
  clears: 'No request names a schema of SCIM 1.1 for a day.',
  severity: 'blocks',
  kinds: { okta: { stepId: 'app' }, entra: { stepId: 'app' }, other: { stepId: 'credentials' } },
  evaluate: ({ requests, now, caller }) =>
    shownBy(
      requests.filter(({ quirks }) => quirks.some((quirk) => quirk.startsWith('scim-1.1-schema'))),
      now,
      { sentence: `${caller} speaks SCIM 1.1.`, detail: 'Choose its template for SCIM 2.0.' },
    ),
};

/** Attributes of the enterprise extension that arrive as if they were core ones. */
const misplaced = /^unknown-attribute:(?:.*[.:])?(department|manager|employeeNumber|costCenter|division)$/i;

export const enterpriseMisplaced: DiagnosticRule = {
  id: 'mapping.enterprise_misplaced',
  title: 'Department or manager arrive outside their schema',
  clears: 'They arrive in the enterprise schema, or not at all, for a day.',
  severity: 'warning',
  kinds: { okta: { stepId: 'mappings' }, other: null },
  evaluate({ requests, now, caller }) {
    const astray = requests.filter(
      ({ at, quirks }) => at > now - day && quirks.some((quirk) => misplaced.test(quirk)),
    );
    const names = astray
      .flatMap(({ quirks }) => quirks.map((quirk) => misplaced.exec(quirk)?.[1]))
      .filter((name) => name !== undefined);
    const distinct = [...new Set(names)].sort();
    const [it, its] = distinct.length === 1 ? ['it', 'its'] : ['them', 'their'];
    return shownBy(astray, now, {
      sentence: `${caller} sends ${conjoined(distinct)} where nothing reads ${it}.`,
      detail: `Set ${its} external namespace to urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.`,
    });
  },
};

/** So many people, for so long, and not one of them changed: that is not chance. */
const manyPeople = 10;
const longTime = 21 * day;
/** An admin may delete one person for good at once. */
const noAccident = 2;

export const neverUpdated: DiagnosticRule = {
  id: 'actions.never_updated',
  title: 'People are created and never updated',
  clears: 'Somebody is updated or deactivated.',
  severity: 'warning',
  kinds: {
    entra: {
      stepId: 'actions',
      labels: [
        'Provisioning',
        'Mappings',
        'Provision Microsoft Entra ID Users',
        'Target Object Actions',
        'Update',
        'Save',
      ],
    },
    okta: {
      stepId: 'actions',
      labels: ['Provisioning', 'To App', 'Edit', 'Update User Attributes', 'Deactivate Users', 'Save'],
    },
  },
  evaluate({ proofs, caller, removedWhileActive }) {
    const { created, updated, deactivated } = proofs;
    if (updated || deactivated) return undefined;
    const [newest, oldest] = [removedWhileActive[0], removedWhileActive.at(-1)];
    if (newest !== undefined && oldest !== undefined && removedWhileActive.length >= noAccident) {
      return {
        sentence: `${caller} deleted ${removedWhileActive.length} people without deactivating them before.`,
        detail:
          'They kept their access until then: whoever leaves stays active here as long as updates are off.',
        people: [],
        firstSeenAt: oldest,
        lastSeenAt: newest,
        count: removedWhileActive.length,
        mark: String(newest),
      };
    }
    if (created === undefined || created.count < manyPeople) return undefined;
    const from = created.at + longTime;
    return {
      sentence: `${caller} has created ${created.count} people and never changed one of them.`,
      detail: 'Whoever leaves stays active here as long as updates are off.',
      people: [],
      firstSeenAt: from,
      lastSeenAt: from,
      count: created.count,
    };
  },
};
