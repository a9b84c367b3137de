// What it means that nothing comes, as data. Pure; each says from when on its silence counts, so that somebody can look
// again at that very time. Silence is a question, not a proof: nothing here blocks but what was asked and not followed.
import { isLiveToken } from '../provisioning/token-state.ts';
import type { DiagnosticRule, FindingEvidence, Observation, RequestSeen } from './diagnostic-rule.ts';
import { hasWayIn } from './live-credential.ts';

const minute = 60_000;
const hour = 60 * minute;

/** How long it may take, in milliseconds. */
const patience = {
  firstContact: 30 * minute,
  oktaAssignment: 10 * minute,
  entraStart: 45 * minute,
  create: minute,
  entraQuiet: 2 * hour,
  entraQuarantine: 5 * hour,
  refusedCycle: 15 * minute,
} as const;

/** What is so from a time on, if nothing comes until then. */
function silentFrom(at: number, told: Pick<Observation, 'sentence' | 'detail'>): Observation {
  return { ...told, people: [], firstSeenAt: at, lastSeenAt: at, count: 1, mark: String(at) };
}

export const nothingArrived: DiagnosticRule = {
  id: 'silence.nothing_arrived',
  title: 'A token was made, and nothing has arrived',
  clears: 'Any request arrives.',
  severity: 'warning',
  kinds: {
    okta: { stepId: 'credentials' },
    entra: { stepId: 'credentials' },
    other: { stepId: 'credentials' },
  },
  evaluate({ now, connection, clients, last, caller }) {
    const { tokens, kind } = connection;
    const ways = [
      ...tokens.map((token) => ({ ...token, name: `token ending in ${token.last4}` })),
      ...clients.flatMap(({ name, credentials }) =>
        credentials.map((one) => ({ ...one, name: `OAuth client “${name}”` })),
      ),
    ];
    const wasUsed = last.contactAt !== null || ways.some(({ last_used_at: used }) => used !== null);
    const [newest] = ways.filter((way) => isLiveToken(way, now)).sort((a, b) => b.created_at - a.created_at);
    if (wasUsed || newest === undefined) return undefined;
    return silentFrom(newest.created_at + patience.firstContact, {
      sentence: `Nothing has arrived since the ${newest.name} was made.`,
      detail:
        kind === 'entra'
          ? 'If Entra reports 403, something before this server refuses it: let in the service tag AzureActiveDirectory, and requests without a User-Agent.'
          : `If ${caller} reports an error, a proxy or firewall before this server may have answered it: see whether it lets the base URL through.`,
    });
  },
};

export const nobodyArrived: DiagnosticRule = {
  id: 'silence.nobody_arrived',
  title: 'The connection was tested, and nobody has arrived',
  clears: 'Somebody is looked up or arrives.',
  severity: 'warning',
  kinds: {
    okta: {
      stepId: 'assigned-earlier',
    },
    entra: { stepId: 'start' },
  },
  evaluate(evidence) {
    const { connection, last, people, proofs, requests, caller } = evidence;
    const { kind } = connection;
    const { acceptedAt } = last;
    if (!hasWayIn(evidence)) return undefined;
    if (acceptedAt === null || proofs.arrived !== undefined || people.length > 0) return undefined;
    if (requests.some(isLookup)) return undefined;
    return silentFrom(acceptedAt + (kind === 'okta' ? patience.oktaAssignment : patience.entraStart), {
      sentence: `${caller} reaches this directory, but nobody has arrived.`,
      detail:
        kind === 'okta'
          ? 'Whoever was assigned before provisioning was on is not sent by itself: press Provision User under Assignments. Force Sync does not help.'
          : 'Start provisioning or press Provision on demand, and see that people are assigned under Users and groups.',
    });
  },
};

const createInOkta = ['Provisioning', 'To App', 'Edit', 'Create Users', 'Save'];
const createInEntra = [
  'Provisioning',
  'Mappings',
  'Provision Microsoft Entra ID Users',
  'Target Object Actions',
  'Create',
  'Save',
];

export const lookupWithoutCreate: DiagnosticRule = {
  id: 'create.never_follows',
  title: 'People are looked up and not created',
  clears: 'Somebody is created.',
  severity: 'blocks',
  kinds: {
    okta: { stepId: 'actions', labels: createInOkta },
    entra: { stepId: 'actions', labels: createInEntra },
  },
  evaluate({ requests, proofs, connection, caller }) {
    // Entra looks up those too whose account is disabled, and rightly creates none of them.
    if (connection.kind === 'entra' && proofs.created !== undefined) return undefined;
    const created = requests.find(({ method, path }) => method === 'POST' && isUsers(path))?.at ?? 0;
    const unfollowed = requests.filter(
      (one) => isLookup(one) && one.outcome === 'found 0 of 0' && one.at > created,
    );
    const [newest, oldest] = [unfollowed[0], unfollowed.at(-1)];
    if (newest === undefined || oldest === undefined) return undefined;
    const people = unfollowed.length === 1 ? '1 person' : `${unfollowed.length} people`;
    return {
      sentence: `${caller} looked for ${people}, found nobody, and created nobody.`,
      detail: `${connection.kind === 'entra' ? 'Create' : 'Create Users'} is not ticked. Tick it, then provision them again.`,
      people: [],
      firstSeenAt: oldest.at + patience.create,
      lastSeenAt: newest.at,
      count: unfollowed.length,
      mark: String(newest.seq),
    };
  },
};

function isUsers(path: string): boolean {
  return /\/users\/*$/i.test(path);
}

/** Whether somebody is looked for by name; a test of the connection lists, or asks for an id that nobody has. */
function isLookup({ method, path, query, client }: RequestSeen): boolean {
  const isTest = client === 'okta-spec-test' || query.includes('{id}');
  return method === 'GET' && isUsers(path) && query.includes('filter=') && !isTest;
}

export const entraSilent: DiagnosticRule = {
  id: 'silence.entra_quiet',
  title: 'Entra has gone quiet',
  clears: 'Entra calls again.',
  severity: 'warning',
  kinds: { entra: { stepId: 'start' } },
  evaluate(evidence) {
    if (wasRefusedLast(evidence)) return undefined;
    return inRhythm(evidence, 'silent', patience.entraQuiet, {
      sentence: 'Entra called every 40 minutes and has been quiet for two hours. Is provisioning still on?',
      detail: 'Entra may leave cycles out while nothing changes. Look at the status under Provisioning.',
    });
  },
};

export const entraQuarantine: DiagnosticRule = {
  id: 'silence.entra_quarantine',
  title: 'Entra has probably put provisioning into quarantine',
  clears: 'Entra calls in its usual rhythm and is let in.',
  severity: 'warning',
  kinds: { entra: { stepId: 'start' } },
  evaluate: (evidence) =>
    inRhythm(evidence, 'quarantine', patience.entraQuarantine, {
      sentence: 'Entra has probably put provisioning into quarantine.',
      detail:
        'It tries less and less often, down to once a day. Mend what it was refused for, then press Restart provisioning.',
    }),
};

/** Whether nothing of the last cycle was let in: that is what is to be mended, and why it is quiet. */
function wasRefusedLast({ last }: FindingEvidence): boolean {
  return (last.contactAt ?? 0) - (last.acceptedAt ?? 0) > patience.refusedCycle;
}

/** A state of the rhythm: since now, or when it is going to be so. */
function inRhythm(
  { now, last, rhythmAt }: FindingEvidence,
  state: 'silent' | 'quarantine',
  after: number,
  told: Pick<Observation, 'sentence' | 'detail'>,
): Observation | undefined {
  if (last.contactAt === null || rhythmAt === undefined) return undefined;
  const since = last.contactAt + after + 1;
  if (rhythmAt(now).state === state) return silentFrom(Math.min(since, now), told);
  return since > now && rhythmAt(since).state === state ? silentFrom(since, told) : undefined;
}
