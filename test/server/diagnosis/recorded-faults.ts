// For each rule that looks at evidence as a whole: evidence that shows its fault, and a healthy twin that does not. Data.
import type { FindingEvidence, PersonSeen, RequestSeen } from '../../../server/diagnosis/diagnostic-rule.ts';
import { entraRhythm } from '../../../server/diagnosis/entra-rhythm.ts';
import { observe } from '../../../server/diagnosis/look-at-connection.ts';
import type { Refusal } from '../../../server/provisioning/refusal-store.ts';
import type { ConnectionKind } from '../../../shared/provisioning.ts';

export const now = Date.UTC(2026, 10, 2, 9);
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const token = { id: 't', last4: '9f2c', created_at: now - hour, expires_at: null, revoked_at: null };
const callers = { okta: 'Okta', entra: 'Entra', other: 'Our other' } as const;

/** Evidence of a connection that was made an hour ago, but for what is said otherwise. */
export function evidenceOf(kind: ConnectionKind, changes: Partial<FindingEvidence> = {}): FindingEvidence {
  return {
    now,
    connection: { id: 'c', kind, tokens: [{ ...token, last_used_at: null }] } as never,
    clients: [],
    caller: callers[kind],
    refusals: [],
    requests: [],
    last: { contactAt: now - minute, acceptedAt: now - minute, writeAt: now - minute },
    proofs: {},
    rhythmAt: undefined,
    waiting: [],
    people: [],
    signInIds: new Map(),
    verifiedDomains: new Set(),
    groupsChangedAt: new Map(),
    goneGroups: new Map(),
    removedWhileActive: [],
    owners: ['o'],
    ...changes,
  };
}

/** What the rules see at this moment; what is going to be so is left out. */
export const seenNow = (evidence: FindingEvidence) =>
  new Map([...observe(evidence)].filter(([, { firstSeenAt }]) => firstSeenAt <= evidence.now));

const asked = (ago: number, changes: Partial<RequestSeen> = {}): RequestSeen => ({
  seq: now - ago,
  at: now - ago,
  method: 'GET',
  path: '/scim/v2/Users',
  query: '',
  status: 200,
  outcome: 'found 0 of 0',
  client: 'okta',
  quirks: [],
  subjectKind: null,
  subjectId: null,
  ...changes,
});
const lookup = (ago: number, outcome = 'found 0 of 0') =>
  asked(ago, { query: 'filter=userName eq ?', outcome });
const created = (ago: number) => asked(ago, { method: 'POST', status: 201, outcome: 'created' });
const refused = (ago: number, outcome: string, changes: Partial<Refusal> = {}): Refusal => ({
  ...asked(ago),
  status: 404,
  outcome: `refused: ${outcome}`,
  detail: null,
  ...changes,
});
const person = (id: string, changes: Partial<PersonSeen> = {}): PersonSeen => ({
  id,
  userName: `${id}@larkspur.example`,
  email: `${id}@larkspur.example`,
  externalId: null,
  roles: [],
  createdAt: now - day,
  updatedAt: now - hour,
  ...changes,
});

const tested = { contactAt: now - hour, acceptedAt: now - hour, writeAt: null };
/** Cycles that many minutes ago, oldest first, the ones from `failing` minutes ago on refused. */
const cycles = (ago: readonly number[], failing = 0): Partial<FindingEvidence> => {
  const stretches = ago.map((minutes) => ({
    org_id: 'o',
    connection_id: 'c',
    stretch: now - minutes * minute,
    requests: 1,
    writes: 0,
    errors: minutes <= failing ? 1 : 0,
    last_at: now - minutes * minute,
    last_accepted_at: 0,
    last_write_at: 0,
  }));
  const accepted = ago.filter((minutes) => minutes > failing);
  const last = {
    contactAt: now - (ago.at(-1) ?? 0) * minute,
    acceptedAt: now - (accepted.at(-1) ?? 0) * minute,
    writeAt: now - (ago[0] ?? 0) * minute,
  };
  return { last, proofs: { arrived: seen(5, day) }, rhythmAt: (at) => entraRhythm(stretches, last, at) };
};
const seen = (count: number, ago: number) => ({ at: now - ago, call: null, recordSeq: null, count });
const gone = refused(hour, 'group.not_found', {
  method: 'PATCH',
  path: '/scim/v2/Groups/{id}',
  detail: 'There is no group with the id "g-17" in this directory.',
});
const goneGroups = new Map([['g-17', { name: 'Kiln', removedAt: now - day }]]);
const early = (ago: number) =>
  refused(ago, 'group.unknown_members', { detail: 'One member of "Kiln" is not in this directory (00u1).' });
const oldSchema = 'scim-1.1-schema:urn:scim:schemas:core:1.0';
const objectId = '9d70b5e4-1c2f-4a86-b3e9-50d814fa7c62';
const never = { contactAt: null, acceptedAt: null, writeAt: null };

interface RecordedFault {
  readonly fault: FindingEvidence;
  readonly sentence: RegExp;
  readonly healthy: FindingEvidence;
}

export const recordedFaults: Readonly<Record<string, RecordedFault>> = {
  'silence.nothing_arrived': {
    fault: evidenceOf('entra', { last: never }),
    sentence: /^Nothing has arrived since the token ending in 9f2c/,
    healthy: evidenceOf('entra', { last: { ...never, contactAt: now - 50 * minute } }),
  },
  'silence.nobody_arrived': {
    fault: evidenceOf('okta', { last: tested }),
    sentence: /nobody has arrived/,
    healthy: evidenceOf('okta', { last: tested, requests: [lookup(hour, 'found 1 of 1')] }),
  },
  'create.never_follows': {
    fault: evidenceOf('okta', { requests: [lookup(3 * minute), created(hour), lookup(hour + 1)] }),
    sentence: /^Okta looked for 1 person, found nobody/,
    healthy: evidenceOf('okta', { requests: [created(3 * minute), lookup(3 * minute + 1)] }),
  },
  'silence.entra_quiet': {
    fault: evidenceOf('entra', cycles([270, 230, 190, 150])),
    sentence: /quiet for two hours/,
    healthy: evidenceOf('entra', cycles([150, 110, 70, 30])),
  },
  'silence.entra_quarantine': {
    fault: evidenceOf('entra', cycles([520, 480, 440, 400, 40], 400)),
    sentence: /into quarantine/,
    healthy: evidenceOf('entra', cycles([160, 120, 80, 40])),
  },
  'group.name_taken': {
    fault: evidenceOf('entra', {
      refusals: [refused(hour, 'group.name_taken', { detail: 'A group named "Kiln" is already here.' })],
    }),
    sentence: /named “Kiln”/,
    healthy: evidenceOf('entra', { refusals: [refused(25 * hour, 'group.name_taken')] }),
  },
  'group.gone': {
    fault: evidenceOf('okta', { refusals: [gone], goneGroups }),
    sentence: /^Okta pushes “Kiln”, which was removed here on 1 November 2026 at 09:00 UTC\.$/,
    healthy: evidenceOf('okta', {
      refusals: [gone],
      requests: [asked(minute, { method: 'POST', path: '/scim/v2/Groups', status: 201 })],
    }),
  },
  'group.assigned_and_pushed': {
    fault: evidenceOf('okta', {
      refusals: [early(hour), early(2 * hour)],
      requests: [created(hour - 5000), created(2 * hour - 5000)],
    }),
    sentence: /a moment before their people arrive/,
    healthy: evidenceOf('okta', {
      refusals: [early(hour), early(2 * hour)],
      requests: [created(3 * hour)],
      groupsChangedAt: new Map([['Kiln', now]]),
    }),
  },
  'client.two_kinds': {
    fault: evidenceOf('okta', { requests: [asked(minute), asked(hour, { client: 'entra' })] }),
    sentence: /^Okta and Entra both call/,
    healthy: evidenceOf('okta', { requests: [asked(minute), asked(25 * hour, { client: 'entra' })] }),
  },
  'client.scim_1_1': {
    fault: evidenceOf('other', { requests: [asked(minute, { quirks: [oldSchema] })] }),
    sentence: /speaks SCIM 1\.1/,
    healthy: evidenceOf('other', { requests: [asked(minute), asked(25 * hour, { quirks: [oldSchema] })] }),
  },
  'mapping.enterprise_misplaced': {
    fault: evidenceOf('okta', {
      requests: [
        asked(minute, { quirks: ['unknown-attribute:manager', 'unknown-attribute:department'] }),
        asked(hour, { quirks: ['unknown-attribute:department'] }),
        asked(25 * hour, { quirks: ['unknown-attribute:division'] }),
      ],
    }),
    sentence: /^Okta sends department and manager where nothing reads them/,
    healthy: evidenceOf('okta', { requests: [asked(minute, { quirks: ['unknown-attribute:favourite'] })] }),
  },
  'actions.never_updated': {
    fault: evidenceOf('entra', { proofs: { created: seen(12, 22 * day) } }),
    sentence: /^Entra has created 12 people and never changed/,
    healthy: evidenceOf('entra', { proofs: { created: seen(12, 22 * day), updated: seen(1, day) } }),
  },
  'id.external_used': {
    fault: evidenceOf('other', {
      people: [person('noor', { externalId: 'hr-17' })],
      refusals: [
        refused(minute, 'member.not_found', { detail: 'There is no person with the id "hr-17" in this.' }),
      ],
    }),
    sentence: /uses externalId where the id belongs/,
    healthy: evidenceOf('other', {
      people: [person('noor', { externalId: 'hr-17' })],
      refusals: [
        refused(minute, 'member.not_found', { detail: 'There is no person with the id "hr-18" in this.' }),
      ],
    }),
  },
  'user_name.other_address': {
    fault: evidenceOf('okta', {
      people: ['noor', 'ines'].map((id) => person(id, { email: `${id}@mail.larkspur.example` })),
    }),
    sentence: /differs from the e-mail address for 2 people/,
    healthy: evidenceOf('okta', {
      people: [
        person('noor', { userName: 'Noor@Larkspur.example' }),
        person('ines', { email: 'i@x.example' }),
      ],
    }),
  },
  'roles.not_read': {
    fault: evidenceOf('entra', { people: [person('noor', { roles: ['Auditor'], externalId: objectId })] }),
    sentence: /the role “Auditor”, which has no effect here, for 1 person/,
    healthy: evidenceOf('entra', { people: [person('noor', { externalId: objectId })] }),
  },
  'seats.none_free': {
    fault: evidenceOf('okta', { waiting: [{ id: 'noor', since: now - hour }] }),
    sentence: /^1 person waits for a free seat/,
    healthy: evidenceOf('okta'),
  },
};
