// What tokens come to with time, and that no way of refusing one is without its rule.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import {
  createConnection,
  revokeToken,
  rotateToken,
} from '../../../server/provisioning/change-connection.ts';
import { addCredential } from '../../../server/provisioning/change-oauth-client.ts';
import { credentialRefusals } from '../../../server/scim/authenticate.ts';
import { askToken, clientDesk } from '../../helpers/oauth-client.ts';
import { databases, operator, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { day } from '../../idp/simulated-time.ts';
import { evidenceOf, now, seenNow } from './recorded-faults.ts';
import { findingsNow } from './sessions/rule-session.ts';

describe.each(databases)('tokens that end, on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
  });
  afterAll(() => server.close());

  const connect = async (tokenDays: number) => {
    const request = {
      ...operator,
      orgId: server.orgId,
      kind: 'okta',
      mode: 'tolerant',
      name: 'Okta',
    } as const;
    return (await createConnection(changeDepsOf(server.deps), { ...request, tokenDays })).connection.id;
  };
  const findingsOf = (connectionId: string) => {
    server.clock.now += 1000;
    return findingsNow({ ...server, connectionId });
  };

  test('speak up 60, 30, 7 and 1 days before, and not if another lasts', async () => {
    const connectionId = await connect(365);
    const began = server.clock.now;
    const seen: (readonly [number, string | undefined, number | undefined])[] = [];
    for (const left of [61, 59, 31, 29, 6]) {
      server.clock.now = began + (365 - left) * day;
      const finding = (await findingsOf(connectionId)).find(({ rule }) => rule.startsWith('token.'));
      seen.push([left, finding?.rule, finding && Math.round((began + 365 * day - finding.lastSeenAt) / day)]);
    }
    expect(seen).toEqual([
      [61, undefined, undefined],
      [59, 'token.expiring', 60],
      [31, 'token.expiring', 60],
      [29, 'token.expiring', 30],
      [6, 'token.expiring', 7],
    ]);
    const rotated = { ...operator, orgId: server.orgId, connectionId, overlapDays: 1 };
    await rotateToken(changeDepsOf(server.deps), { ...rotated, tokenDays: 365 });
    expect(await findingsOf(connectionId)).toEqual([]);
    server.clock.now = began;
  });

  test('are not warned of from their first day on if their life is short', async () => {
    const connectionId = await connect(30);
    expect(await findingsOf(connectionId)).toEqual([]);
    server.clock.now += 31 * day;
    const sentence = expect.stringMatching(/ expired on .*no other\.$/);
    expect(await findingsOf(connectionId)).toMatchObject([
      { rule: 'token.none_live', severity: 'blocks', sentence },
    ]);
  });

  test('are not missed by a connection that an OAuth client comes through, whose secret is warned of instead', async () => {
    const first = await server.connect('okta');
    const { connectionId } = first;
    const desk = clientDesk(server, { ownerKind: 'connection', ownerId: connectionId });
    const found = async () =>
      (await findingsOf(connectionId)).filter(({ rule }) => rule.startsWith('token.'));
    const { clientId, secret } = await desk.make({ kind: 'secret', days: 365 });
    const [token] = await server.deps.database.db
      .selectFrom('connection_tokens')
      .select('id')
      .where('connection_id', '=', connectionId)
      .execute();
    await revokeToken(desk.deps, { ...desk.asked, connectionId, tokenId: token?.id ?? '' });
    const asked = await askToken(desk.tokenEndpoint, { client_id: clientId, client_secret: secret ?? '' });
    expect(asked.status).toBe(200);
    await server.deps.provisioningLog.flush();
    expect(await found()).toEqual([]);
    const began = server.clock.now;
    server.clock.now = began + 340 * day;
    expect(await found()).toMatchObject([
      { rule: 'token.expiring', sentence: expect.stringContaining('OAuth client’s secret ending in') },
    ]);
    await addCredential(desk.deps, desk.asked, { clientId, credential: { kind: 'secret', days: 365 } });
    expect(await found()).toEqual([]);
    server.clock.now = began;
  });

  test('a client that cannot prove who it is is found, and an access token that ran out is not', async () => {
    const { connectionId, baseUrl } = await server.connect('okta');
    const desk = clientDesk(server, { ownerKind: 'connection', ownerId: connectionId });
    const { clientId, secret } = await desk.make({ kind: 'secret', days: 365 });
    const right = { client_id: clientId, client_secret: secret ?? '' };
    const { body } = await askToken(desk.tokenEndpoint, right);
    server.clock.now += 16 * 60_000;
    const late = await fetch(`${baseUrl}/Users`, {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    expect(late.status).toBe(401);
    await server.deps.provisioningLog.flush();
    const found = async () =>
      (await findingsOf(connectionId)).filter(({ rule }) => rule.startsWith('token.'));
    expect(await found()).toEqual([]);
    await askToken(desk.tokenEndpoint, { ...right, client_secret: 'wrong' });
    await server.deps.provisioningLog.flush();
    expect(await found()).toMatchObject([
      { rule: 'token.client_refused', detail: expect.stringContaining('client_secret is not known') },
    ]);
    server.clock.now += 1000;
    await askToken(desk.tokenEndpoint, right);
    await server.deps.provisioningLog.flush();
    expect(await found()).toEqual([]);
  });
});

test('every way of refusing a token has its rule', () => {
  for (const refusal of Object.keys(credentialRefusals)) {
    const record = { seq: 1, at: now, method: 'GET', path: '/', status: 401, detail: null, client: 'entra' };
    const evidence = evidenceOf('entra', { refusals: [{ ...record, outcome: `refused: ${refusal}` }] });
    expect([...seenNow(evidence).keys()], refusal).toHaveLength(1);
  }
});
