import { describe, expect, test } from 'vitest';
import { attributeShares } from '../../../server/diagnosis/attribute-shares.ts';
import { type ChecklistFacts, checklistSteps } from '../../../server/diagnosis/checklist-steps.ts';
import { setups } from '../../../server/diagnosis/setups.ts';
import type { Seen, WireEvidence } from '../../../server/diagnosis/wire-evidence.ts';
import type { Finding } from '../../../shared/finding.ts';
import type { ConnectionKind } from '../../../shared/provisioning.ts';

const seen = (at: number, count = 1, call: string | null = 'GET /Users'): Seen => ({
  at,
  call,
  recordSeq: call === null ? null : at,
  count,
});
const person = (userName: string, more: object = {}) => ({
  userName,
  emails: [{ value: userName }],
  name: { givenName: 'Noor', familyName: 'Haddad' },
  ...more,
});

/** The steps of a set-up about which this much is known. */
function steps(
  kind: ConnectionKind,
  {
    shown = {},
    people = [],
    ...facts
  }: Partial<Pick<ChecklistFacts, 'findings' | 'ticks' | 'arrivals' | 'signIn'>> & {
    readonly shown?: WireEvidence['seen'];
    readonly people?: readonly object[];
  } = {},
) {
  const all = checklistSteps(setups[kind], {
    evidence: { seen: shown, run: null },
    attributes: attributeShares(setups[kind].attributes, people),
    arrivals: { newestAt: 900, all: true },
    findings: [],
    signIn: undefined,
    ticks: new Map(),
    hrefOf: (stepId) => `https://console.example/${stepId}`,
    ...facts,
  });
  return new Map(all.map((step) => [step.id, step]));
}

const finding = (stepId: string): Finding => ({
  id: 'f',
  rule: 'token.expiring',
  severity: 'warning',
  connectionId: 'c',
  sentence: 'The token expires in 7 days.',
  detail: null,
  remedy: null,
  stepId,
  people: { total: 0, first: [] },
  count: 1,
  firstSeenAt: 1,
  lastSeenAt: 2,
});

test.each([
  [
    'okta',
    'app scim-on username-format credentials actions mappings assign assigned-earlier push-groups push-immediately sso test-person',
  ],
  ['entra', 'app automatic credentials mappings actions assign groups scope start sso test-person'],
  ['other', 'credentials users groups test-person'],
] as const)('the steps of %s have the ids that findings name', (kind, ids) => {
  expect([...steps(kind).keys()].join(' ')).toBe(ids);
});

describe('the state of a step', () => {
  test('is what was seen of its parts', () => {
    const shown = { created: seen(10, 3), updated: seen(30), deactivated: seen(20) };
    const { deactivated: _, ...some } = shown;
    expect(steps('okta', { shown: some }).get('actions')).toMatchObject({
      state: 'in_progress',
      progress: { done: 2, of: 3 },
      proof: null,
      note: 'Seen: 3 created, 1 updated. Deactivate has not been tried.',
    });
    expect(steps('okta', { shown }).get('actions')).toMatchObject({
      state: 'done',
      proof: { sentence: 'Seen: 3 created, 1 updated, 1 deactivated.', at: 30, recordSeq: 30 },
    });
  });

  test('is done by the directory when no record says so any more', () => {
    const { state, proof } =
      steps('other', { shown: { reached: seen(5, 12, null) } }).get('credentials') ?? {};
    expect([state, proof]).toEqual([
      'done',
      { sentence: 'What your identity provider sent is in the directory.', at: 5, recordSeq: null },
    ]);
  });

  test('is done by a tick, with who ticked it', () => {
    const ticks = new Map([['push-immediately', { by: 'Ada Holm', at: 7 }]]);
    expect(steps('okta').get('push-immediately')?.state).toBe('unprovable');
    expect(steps('okta', { ticks }).get('push-immediately')).toMatchObject({
      state: 'done',
      proof: null,
      ticked: { by: 'Ada Holm', at: 7 },
    });
  });

  test('is a problem whatever was seen or ticked, while a finding names the step', () => {
    const shown = { reached: seen(1) };
    const found = steps('okta', { shown, findings: [finding('credentials')] });
    expect(found.get('credentials')).toMatchObject({
      state: 'problem',
      findings: [{ rule: 'token.expiring' }],
      proof: { recordSeq: 1 },
    });
    expect(found.get('app')).toMatchObject({ state: 'done', findings: [] });
  });

  test('of single sign-on is proven by a sign-in, taken back by one that fails, and can be ticked away', () => {
    const sso = (signIn: ChecklistFacts['signIn'], ticks: ChecklistFacts['ticks'] = new Map()) =>
      steps('okta', { signIn, ticks }).get('sso');
    expect(sso(undefined)?.state).toBe('unprovable');
    expect(sso(undefined, new Map([['sso', { by: 'Ada Holm', at: 7 }]]))?.state).toBe('done');
    expect(sso({ proven: null, failing: null })?.state).toBe('in_progress');
    const proven = { at: 8, who: 'Noor Haddad' };
    expect(sso({ proven, failing: null })).toMatchObject({
      state: 'done',
      proof: { sentence: 'Noor Haddad signed in through Okta.', at: 8 },
    });
    expect(sso({ proven, failing: { sentence: 'The secret is wrong.' } })).toMatchObject({
      state: 'problem',
      proof: null,
      note: 'The last sign-in failed. The secret is wrong.',
    });
  });

  test('comes with the way in the console, where there is one', () => {
    expect(steps('okta').get('username-format')?.where).toMatchObject({
      console: 'Okta',
      href: 'https://console.example/username-format',
    });
    expect(steps('other').get('users')?.where).toBeNull();
  });
});

describe('people tell whether the mapping is right', () => {
  test('a user name that is no e-mail address is shown', () => {
    const people = [person('noor.haddad'), person('ines@larkspur.example')];
    expect(steps('okta', { people }).get('username-format')).toMatchObject({
      state: 'in_progress',
      note: '1 of 2 people came with a user name that is no e-mail address, such as “noor.haddad”.',
    });
    expect(steps('okta', { people: people.slice(1) }).get('username-format')).toMatchObject({
      state: 'done',
      proof: { at: 900, recordSeq: null },
    });
  });

  test.each(['noor@larkspur.onmicrosoft.com', 'noor_gmail.com#EXT#@larkspur.onmicrosoft.com'])(
    'a name of the tenant such as %s is no mailbox',
    (userName) => {
      const [share] = attributeShares(setups.entra.attributes, [person(userName)]);
      expect(share).toMatchObject({ attribute: 'userName', people: 1, wrong: 1, wrongExample: userName });
    },
  );

  test('of many people, the newest speak for the mapping', () => {
    const people = [person('noor@larkspur.example'), person('ines@larkspur.example')];
    const said = (all: boolean) =>
      steps('okta', { people, arrivals: { newestAt: 900, all } }).get('mappings')?.proof?.sentence;
    expect(said(true)).toBe('All 2 people came with everything that is needed.');
    expect(said(false)).toBe('The newest 2 people came with everything that is needed.');
  });

  test('an attribute that is needed and that not everybody carries is named', () => {
    const people = [
      person('noor@larkspur.example', { name: { givenName: 'Noor' } }),
      person('ines@larkspur.example'),
    ];
    expect(steps('okta', { people }).get('mappings')).toMatchObject({
      state: 'in_progress',
      progress: { done: 3, of: 4 },
      note: 'Not everybody comes with the right name.familyName.',
    });
  });
});

test('shares count who carries an attribute, wherever it stands, and show the newest that looks wrong', () => {
  const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
  const shares = attributeShares(setups.entra.attributes, [
    person('noor@larkspur.example', { externalId: 'noor.haddad', emails: [], title: '' }),
    person('ines@larkspur.example', {
      externalId: 'ines.roth',
      [enterprise]: { department: 'Kiln', manager: { value: 'x' } },
    }),
    person('bo@larkspur.example', { externalId: '9D70B5E4-1c2f-4a86-b3e9-50d814fa7c62' }),
  ]);
  const of = (attribute: string) => shares.find((share) => share.attribute === attribute);
  expect(of('externalId')).toEqual({
    attribute: 'externalId',
    source: 'objectId',
    required: true,
    people: 3,
    of: 3,
    wrong: 2,
    wrongExample: 'noor.haddad',
  });
  expect(of('emails')).toMatchObject({ people: 2, wrongExample: null });
  expect(of('title')).toMatchObject({ people: 0 });
  expect(of(`${enterprise}:department`)).toMatchObject({ people: 1 });
  expect(of(`${enterprise}:manager`)).toMatchObject({ people: 1 });
});
