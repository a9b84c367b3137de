// Each rule against a fault as it arrives on the wire, and against the same connection once it is mended.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { diagnosticRules } from '../../../server/diagnosis/diagnostic-rules.ts';
import { findFindings } from '../../../server/diagnosis/find-findings.ts';
import { setups } from '../../../server/diagnosis/setups.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import {
  createConnection,
  revokeToken,
  rotateToken,
} from '../../../server/provisioning/change-connection.ts';
import { findConnection } from '../../../server/provisioning/connection-store.ts';
import { credentialRefusals } from '../../../server/scim/authenticate.ts';
import type { Finding } from '../../../shared/finding.ts';
import type { ConnectionKind } from '../../../shared/provisioning.ts';
import {
  databases,
  operator,
  type ScimServer,
  scimClient,
  startScimServer,
} from '../../helpers/scim-server.ts';
import { recordedFaults } from './recorded-faults.ts';

const day = 24 * 60 * 60 * 1000;
const objectId = '9d70b5e4-1c2f-4a86-b3e9-50d814fa7c62';

/** What a case has at hand. */
interface Bench extends Pick<ScimServer, 'scim' | 'baseUrl' | 'token' | 'connectionId'> {
  readonly server: ScimServer;
}

interface Case {
  readonly rule: string;
  readonly kind: ConnectionKind;
  readonly fault: (bench: Bench) => Promise<unknown>;
  readonly mend: (bench: Bench) => Promise<unknown>;
  readonly finding: Partial<Omit<Finding, 'sentence'>> & { readonly sentence: string | RegExp };
}

const signingIn =
  (authorization: (token: string) => string): Case['fault'] =>
  ({ scim, token }) =>
    scim('GET', '/Users?startIndex=1&count=2', undefined, { authorization: authorization(token) });
const callingRight: Case['mend'] = ({ scim }) => scim('GET', '/Users?startIndex=1&count=2');
const jwt = [{ alg: 'RS256' }, { iss: 'https://sts.windows.net/0b6f1f0e/' }, {}]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');

const blocking = { severity: 'blocks', stepId: 'credentials', count: 1 } as const;

const createUser = async ({ scim }: Bench, user: Readonly<Record<string, unknown>>): Promise<string> => {
  const { status, body } = await scim('POST', '/Users', user);
  expect(status).toBe(201);
  return body.id;
};
const ids = new Map<string, string>();
/** Sends a person once, and the second time as they should have been. */
const sending =
  (user: Readonly<Record<string, unknown>>): Case['fault'] =>
  async (bench) => {
    const id = ids.get(bench.connectionId);
    if (id === undefined) ids.set(bench.connectionId, await createUser(bench, user));
    else expect((await bench.scim('PUT', `/Users/${id}`, user)).status).toBe(200);
  };

const cases: readonly Case[] = [
  {
    rule: 'token.unknown',
    kind: 'okta',
    fault: signingIn(() => 'Bearer rollcall_of-somebody-else'),
    mend: callingRight,
    finding: {
      ...blocking,
      sentence: 'Okta signs in with a token that is not known here.',
      detail: expect.stringContaining('25 characters') as unknown as string,
    },
  },
  {
    rule: 'token.bearer_twice',
    kind: 'okta',
    fault: signingIn((token) => `Bearer Bearer ${token}`),
    mend: callingRight,
    finding: { ...blocking, sentence: 'Okta sends the word Bearer twice.' },
  },
  {
    rule: 'token.bearer_missing',
    kind: 'okta',
    fault: signingIn((token) => token),
    mend: callingRight,
    finding: { ...blocking, sentence: 'Okta sends the token without the word Bearer.' },
  },
  {
    rule: 'token.missing',
    kind: 'entra',
    fault: signingIn(() => ''),
    mend: callingRight,
    finding: { ...blocking, sentence: 'Entra sends no token.' },
  },
  {
    rule: 'token.other_scheme',
    kind: 'other',
    fault: signingIn(() => 'Basic bm9vcjpub29y'),
    mend: callingRight,
    finding: {
      ...blocking,
      remedy: null,
      sentence: 'Our other signs in with something other than a bearer token.',
    },
  },
  {
    rule: 'token.decorated',
    kind: 'entra',
    fault: signingIn((token) => `Bearer "${token}"`),
    mend: callingRight,
    finding: { ...blocking, sentence: 'Entra sends the token with other characters around it.' },
  },
  {
    rule: 'token.blank',
    kind: 'entra',
    fault: signingIn(() => `Bearer ${jwt}`),
    mend: callingRight,
    finding: { ...blocking, sentence: /^Secret Token is empty in Entra/ },
  },
  {
    rule: 'token.revoked_used',
    kind: 'okta',
    fault: async (bench) => {
      const { server, connectionId } = bench;
      const asked = { ...operator, orgId: server.orgId, connectionId };
      await rotateToken(changeDepsOf(server.deps), { ...asked, tokenDays: null, overlapDays: 7 });
      const connection = await findConnection(server.deps.database.db, connectionId);
      const tokenId = connection?.tokens[0]?.id ?? '';
      await revokeToken(changeDepsOf(server.deps), { ...asked, tokenId });
      await callingRight(bench);
    },
    mend: async ({ server, connectionId, baseUrl }) => {
      const asked = { ...operator, orgId: server.orgId, connectionId };
      const { token } = await rotateToken(changeDepsOf(server.deps), {
        ...asked,
        tokenDays: null,
        overlapDays: 7,
      });
      await scimClient(baseUrl, token)('GET', '/Users');
    },
    finding: { ...blocking, sentence: 'Okta still signs in with a token that was revoked.' },
  },
  {
    rule: 'token.expired_used',
    kind: 'okta',
    fault: async (bench) => {
      const { server, connectionId } = bench;
      const asked = { ...operator, orgId: server.orgId, connectionId };
      await rotateToken(changeDepsOf(server.deps), { ...asked, tokenDays: null, overlapDays: 1 });
      server.clock.now += 2 * day;
      await callingRight(bench);
    },
    mend: async ({ server, connectionId, baseUrl }) => {
      const asked = { ...operator, orgId: server.orgId, connectionId };
      const { token } = await rotateToken(changeDepsOf(server.deps), {
        ...asked,
        tokenDays: null,
        overlapDays: 7,
      });
      await scimClient(baseUrl, token)('GET', '/Users');
    },
    finding: { ...blocking, sentence: 'Okta still signs in with a token that has expired.' },
  },
  {
    rule: 'url.wrong_path',
    kind: 'okta',
    fault: ({ scim }) => scim('GET', '/scim/v2/Users'),
    mend: callingRight,
    finding: {
      ...blocking,
      sentence: 'Okta calls “/scim/v2/scim/v2/Users”, where nothing is: the base URL is not right.',
      detail: expect.stringContaining('twice') as unknown as string,
    },
  },
  {
    rule: 'group.unknown_members',
    kind: 'okta',
    fault: ({ scim }) => scim('POST', '/Groups', { displayName: 'Kiln', members: [{ value: 'nobody' }] }),
    mend: ({ scim }) => scim('POST', '/Groups', { displayName: 'Kiln' }),
    finding: {
      severity: 'wrong_data',
      stepId: 'assign',
      count: 1,
      sentence: 'Okta pushes “Kiln” with people who are not in this directory.',
    },
  },
  {
    rule: 'user_name.no_address',
    kind: 'okta',
    fault: sending({ userName: 'noor.haddad', displayName: 'Noor Haddad', externalId: '00u1' }),
    mend: sending({ userName: 'noor@larkspur.example', displayName: 'Noor Haddad', externalId: '00u1' }),
    finding: {
      severity: 'wrong_data',
      stepId: 'username-format',
      sentence: 'Okta sends “noor.haddad”, not an e-mail address, for 1 person.',
      people: { total: 1, first: [{ id: expect.any(String) as unknown as string, name: 'Noor Haddad' }] },
      remedy: {
        console: 'Okta',
        labels: setups.okta.steps.find(({ id }) => id === 'username-format')?.labels ?? [],
        href: expect.stringContaining('okta.com') as unknown as string,
      },
    },
  },
  {
    rule: 'user_name.no_mailbox',
    kind: 'entra',
    fault: sending({ userName: 'ines@larkspur.onmicrosoft.com', externalId: objectId }),
    mend: sending({ userName: 'ines@larkspur.example', externalId: objectId }),
    finding: { severity: 'wrong_data', stepId: 'mappings', sentence: /“ines@larkspur\.onmicrosoft\.com”/ },
  },
  {
    rule: 'external_id.no_guid',
    kind: 'entra',
    fault: sending({ userName: 'rufus@larkspur.example', externalId: 'rokonjo' }),
    mend: sending({ userName: 'rufus@larkspur.example', externalId: objectId }),
    finding: {
      severity: 'wrong_data',
      stepId: 'mappings',
      sentence: 'Entra sends “rokonjo” as externalId, not the object id, for 1 person.',
      remedy: {
        console: 'Entra',
        labels: expect.arrayContaining(['Source attribute: objectId']) as unknown as string[],
        href: 'https://entra.microsoft.com/',
      },
    },
  },
  {
    rule: 'domain.not_verified',
    kind: 'okta',
    fault: async (bench) => {
      const { db } = bench.server.deps.database;
      const verified = { challenge: '', created_at: 1, verified_at: 1, checked_at: 1, failing_since: null };
      await db
        .insertInto('org_domains')
        .values({ org_id: bench.server.orgId, domain: 'larkspur.example', ...verified })
        .execute();
      await sending({ userName: 'mika@brightwater.example' })(bench);
    },
    mend: sending({ userName: 'mika@larkspur.example' }),
    finding: {
      severity: 'warning',
      stepId: null,
      remedy: null,
      sentence: 'The domain brightwater.example is not verified and arrives for 1 person.',
    },
  },
  {
    rule: 'member.last_owner',
    kind: 'okta',
    fault: async (bench) => {
      await createUser(bench, { userName: 'ada@larkspur.example', displayName: 'Ada Whitlock' });
      const leaving = {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', value: { active: false } }],
      };
      const { status } = await bench.scim('PATCH', `/Users/${bench.server.ownerId}`, leaving);
      expect(status).toBe(400);
    },
    mend: ({ server }) => {
      const source = { ...operator, orgId: server.orgId, connectionId: null };
      const standing = { role: 'owner', invitedAt: null, joinedAt: server.clock.now } as const;
      const attributes = { userName: 'bo@larkspur.example' };
      return applyDirectoryChange(changeDepsOf(server.deps), source, {
        kind: 'add-member-by-hand',
        attributes,
        standing,
      });
    },
    finding: {
      severity: 'wrong_data',
      stepId: null,
      sentence: 'Okta tried to take the last owner out of the directory.',
      people: { total: 1, first: [{ id: expect.any(String) as unknown as string, name: 'Ada Whitlock' }] },
    },
  },
];

describe.each(databases)('what the rules see, on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
  });
  afterAll(() => server.close());

  const findingsOf = async (connectionId: string) => {
    server.clock.now += 1000;
    await server.deps.provisioningLog.flush();
    const connection = await findConnection(server.deps.database.db, connectionId);
    if (connection === undefined) throw new Error('the connection is gone');
    return findFindings(server.deps, server.orgId, connection);
  };

  test.each(cases)(
    '$rule: seen, told with the click that mends it, and gone once it is mended',
    async (one) => {
      const bench = { server, ...(await server.connect(one.kind)) };
      expect(await findingsOf(bench.connectionId)).toEqual([]);
      await one.fault(bench);
      const found = (await findingsOf(bench.connectionId)).filter(({ rule }) => rule === one.rule);
      const { sentence, ...rest } = one.finding;
      expect(found).toMatchObject([
        { id: `${one.rule}:${bench.connectionId}`, connectionId: bench.connectionId, ...rest },
      ]);
      expect(found[0]?.sentence).toMatch(sentence);
      await one.mend(bench);
      expect((await findingsOf(bench.connectionId)).map(({ rule }) => rule)).not.toContain(one.rule);
    },
  );

  test('a token speaks up 60, 30, 7 and 1 days before its end, and not if another lasts', async () => {
    const request = {
      ...operator,
      orgId: server.orgId,
      kind: 'okta',
      mode: 'tolerant',
      name: 'Okta',
    } as const;
    const { connection } = await createConnection(changeDepsOf(server.deps), { ...request, tokenDays: 365 });
    const began = server.clock.now;
    const seen: (readonly [number, string | undefined, number | undefined])[] = [];
    for (const left of [61, 59, 31, 29, 6]) {
      server.clock.now = began + (365 - left) * day;
      const finding = (await findingsOf(connection.id)).find(({ rule }) => rule.startsWith('token.'));
      seen.push([left, finding?.rule, finding && Math.round((began + 365 * day - finding.lastSeenAt) / day)]);
    }
    expect(seen).toEqual([
      [61, undefined, undefined],
      [59, 'token.expiring', 60],
      [31, 'token.expiring', 60],
      [29, 'token.expiring', 30],
      [6, 'token.expiring', 7],
    ]);
    const rotated = { ...operator, orgId: server.orgId, connectionId: connection.id, overlapDays: 1 };
    await rotateToken(changeDepsOf(server.deps), { ...rotated, tokenDays: 365 });
    expect(await findingsOf(connection.id)).toEqual([]);
    server.clock.now = began;
  });

  test('a token of a short life is not warned of from its first day on', async () => {
    const request = {
      ...operator,
      orgId: server.orgId,
      kind: 'okta',
      mode: 'tolerant',
      name: 'Okta',
    } as const;
    const { connection } = await createConnection(changeDepsOf(server.deps), { ...request, tokenDays: 30 });
    expect(await findingsOf(connection.id)).toEqual([]);
    server.clock.now += 31 * day;
    expect(await findingsOf(connection.id)).toMatchObject([
      {
        rule: 'token.none_live',
        severity: 'blocks',
        sentence: expect.stringMatching(/ expired on .*no other\.$/),
      },
    ]);
  });

  test('what somebody tries in a browser is no fault of the identity provider', async () => {
    const { scim, connectionId } = await server.connect('okta');
    const headers = { authorization: '', 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' };
    expect((await scim('GET', '/Users', undefined, headers)).status).toBe(401);
    expect(await findingsOf(connectionId)).toEqual([]);
  });

  test('what was refused more than a week ago is not spoken of any more', async () => {
    const { scim, connectionId } = await server.connect('okta');
    await scim('GET', '/Users', undefined, { authorization: 'Bearer wrong' });
    expect(await findingsOf(connectionId)).toHaveLength(1);
    server.clock.now += 8 * day;
    expect(await findingsOf(connectionId)).toEqual([]);
  });

  test('of several faults at once, the one to mend first comes first', async () => {
    const bench = { server, ...(await server.connect('entra')) };
    await sending({ userName: 'tomas@larkspur.onmicrosoft.com', externalId: 'tomas' })(bench);
    server.clock.now += 1000;
    await bench.scim('GET', '/nonsense');
    await bench.scim('GET', '/Users', undefined, { authorization: 'Bearer wrong' });
    expect((await findingsOf(bench.connectionId)).map(({ rule }) => rule)).toEqual([
      'url.wrong_path',
      'token.unknown',
      'external_id.no_guid',
      'user_name.no_mailbox',
    ]);
  });
});

test('every rule is tried here', () => {
  const told = ['token.expiring', 'token.none_live'];
  const tried = [...cases.map(({ rule }) => rule), ...told, ...Object.keys(recordedFaults)];
  expect([...tried].sort()).toEqual(diagnosticRules.map(({ id }) => id).sort());
});

test('every way of refusing a token has its rule', () => {
  const live = { expires_at: null, revoked_at: null, created_at: 1, last4: '9f2c' };
  for (const refusal of Object.keys(credentialRefusals)) {
    const at = 10;
    const record = { seq: 1, at, method: 'GET', path: '/', status: 401, detail: null, client: 'entra' };
    const evidence = {
      now: at,
      connection: { kind: 'entra', tokens: [live] } as never,
      caller: 'Entra',
      refusals: [{ ...record, outcome: `refused: ${refusal}` }],
      requests: [],
      last: { contactAt: null, acceptedAt: null, writeAt: null },
      proofs: {},
      rhythmAt: undefined,
      waiting: [],
      people: [],
      verifiedDomains: new Set<string>(),
      groupsChangedAt: new Map<string, number>(),
      owners: [],
    };
    expect(
      diagnosticRules.filter((rule) => rule.evaluate(evidence) !== undefined),
      refusal,
    ).toHaveLength(1);
  }
});

test('every rule leads to a step that there is', () => {
  for (const { id, kinds } of diagnosticRules)
    for (const [kind, remedy] of Object.entries(kinds))
      if (remedy !== null)
        expect(
          setups[kind as ConnectionKind].steps.map((step) => step.id),
          id,
        ).toContain(remedy.stepId);
});
