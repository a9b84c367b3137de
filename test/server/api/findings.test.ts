import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, apiClient, signInForApi } from '../../helpers/api-client.ts';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

const hour = 60 * 60_000;

describe.each(databases)('findings.*, on %s', (database) => {
  let server: ScimServer;
  let owner: ApiClient;
  beforeAll(async () => {
    server = await startScimServer({ database, kind: 'okta' });
    owner = apiClient(server.url, await signInForApi(server.deps, server.orgId, server.ownerId));
  });
  afterAll(() => server.close());

  const push = async (user: object) => {
    server.clock.now += 1000;
    expect((await server.scim('POST', '/Users', user)).status).toBe(201);
    await server.deps.provisioningLog.flush();
  };
  const shown = async () => {
    const { connections } = await owner.sync.status.query();
    return { state: connections[0]?.state, rules: connections[0]?.findings.map(({ rule }) => rule) };
  };

  test('a finding is snoozed, dismissed, comes back with new evidence, and all of it is in the audit log', async () => {
    const findingId = `user_name.no_address:${server.connectionId}`;
    await push({ userName: 'noor.haddad' });
    expect(await shown()).toEqual({ state: 'attention', rules: ['user_name.no_address'] });

    const until = server.clock.now + hour;
    expect(await owner.findings.snooze.mutate({ findingId, until })).toMatchObject({
      state: 'snoozed',
      putAside: { until, reason: null, at: server.clock.now },
    });
    expect(await shown()).toEqual({ state: 'healthy', rules: [] });
    expect(await owner.sync.attention.query()).toMatchObject({ findings: 0, serious: [] });
    server.clock.now = until;
    expect(await shown()).toEqual({ state: 'attention', rules: ['user_name.no_address'] });

    const dismissed = await owner.findings.dismiss.mutate({ findingId, reason: 'A test account' });
    expect(dismissed).toMatchObject({
      state: 'dismissed',
      putAside: { until: null, reason: 'A test account' },
    });
    expect(await shown()).toEqual({ state: 'healthy', rules: [] });
    await push({ userName: 'ines@larkspur.example' });
    expect(await shown()).toEqual({ state: 'healthy', rules: [] });
    await push({ userName: 'mika.lund' });
    expect(await shown()).toEqual({ state: 'attention', rules: ['user_name.no_address'] });

    await owner.findings.dismiss.mutate({ findingId, reason: 'Both are' });
    expect(await owner.findings.takeUp.mutate({ findingId })).toMatchObject({
      state: 'open',
      putAside: null,
    });
    const { entries } = await owner.audit.list.query({ action: 'finding.' });
    expect(entries.map(({ action }) => action)).toEqual([
      'finding.taken_up',
      'finding.dismissed',
      'finding.dismissed',
      'finding.snoozed',
    ]);
    expect(JSON.stringify(entries)).not.toContain('noor');
  });

  test('what is not there, and what is over, is refused', async () => {
    const findingId = `user_name.no_address:${server.connectionId}`;
    await expect(owner.findings.takeUp.mutate({ findingId: 'nothing:c' })).rejects.toThrow(
      'There is no finding',
    );
    await expect(
      owner.findings.dismiss.mutate({ findingId: `url.wrong_path:${server.connectionId}`, reason: 'x' }),
    ).rejects.toThrow('There is no finding');
    for (const until of [server.clock.now, server.clock.now + 400 * 24 * hour])
      await expect(owner.findings.snooze.mutate({ findingId, until })).rejects.toThrow('Choose a later day');
    expect(await owner.findings.list.query()).toMatchObject([{ id: findingId, state: 'open' }]);
  });
});
