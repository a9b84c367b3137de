// What tokens come to with time, and that no way of refusing one is without its rule.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { createConnection, rotateToken } from '../../../server/provisioning/change-connection.ts';
import { credentialRefusals } from '../../../server/scim/authenticate.ts';
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
});

test('every way of refusing a token has its rule', () => {
  for (const refusal of Object.keys(credentialRefusals)) {
    const record = { seq: 1, at: now, method: 'GET', path: '/', status: 401, detail: null, client: 'entra' };
    const evidence = evidenceOf('entra', { refusals: [{ ...record, outcome: `refused: ${refusal}` }] });
    expect([...seenNow(evidence).keys()], refusal).toHaveLength(1);
  }
});
