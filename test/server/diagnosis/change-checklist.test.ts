// The checklist over the API: ticks by hand, the console's address, who may change either, and what history tells.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, apiClient, signInForApi } from '../../helpers/api-client.ts';
import { followHistory, nothingTold } from '../../helpers/history.ts';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

const page = 'https://larkspur-admin.okta.com/admin/app/oidc_client/instance/0oa1b2c3/';

describe.each(databases)('a checklist that people add to, on %s', (database) => {
  let server: ScimServer;
  let api: ApiClient;
  let connectionId: string;
  let told: Awaited<ReturnType<typeof followHistory>>;
  beforeAll(async () => {
    server = await startScimServer({ database, kind: 'okta' });
    connectionId = server.connectionId;
    api = apiClient(server.url, await signInForApi(server.deps, server.orgId, server.ownerId));
    told = await followHistory(server.deps.database.db, server.orgId);
  });
  afterAll(() => server.close());

  const stepOf = async (id: string) =>
    (await api.setup.checklist.query({ connectionId })).steps.find((step) => step.id === id);
  const rowsLeft = async () =>
    Promise.all(
      (['checklist_ticks', 'checklist_consoles', 'checklist_evidence'] as const).map(
        async (table) => (await server.deps.database.db.selectFrom(table).selectAll().execute()).length,
      ),
    );

  test('a tick counts, says who made it, and is told once', async () => {
    const tick = { connectionId, stepId: 'push-immediately', ticked: true };
    const { steps, done } = await api.setup.tick.mutate(tick);
    expect(done).toBe(1);
    expect(steps.find(({ id }) => id === 'push-immediately')).toMatchObject({
      state: 'done',
      ticked: { by: 'ada@larkspur.example', at: server.clock.now },
    });
    expect(await told()).toMatchObject({
      events: [
        {
          type: 'connection.setup_step_ticked',
          subject: connectionId,
          by: server.ownerId,
          data: { stepId: 'push-immediately', step: 'Push Immediately is ticked', ticked: true },
        },
      ],
      audit: [{ action: 'connection.setup_step_ticked', changes: { 'push-immediately': [false, true] } }],
    });
    server.clock.now += 1000;
    await api.setup.tick.mutate(tick);
    expect((await stepOf('push-immediately'))?.ticked?.at).toBe(server.clock.now - 1000);
    expect(await told()).toEqual(nothingTold);
  });

  test('a tick can be taken away', async () => {
    const { done } = await api.setup.tick.mutate({ connectionId, stepId: 'push-immediately', ticked: false });
    expect(done).toBe(0);
    expect(await stepOf('push-immediately')).toMatchObject({ state: 'unprovable', ticked: null });
    expect(await told()).toMatchObject({ events: [{ data: { ticked: false } }] });
  });

  test('the address of the console leads every step to the app, and nothing of it but ids is kept', async () => {
    const address = `${page}?token=20111ajGdPzt#tab-general`;
    const { console, steps } = await api.setup.rememberConsole.mutate({ connectionId, address });
    expect(console).toEqual({
      org: 'larkspur',
      domain: 'okta.com',
      app: 'oidc_client',
      instance: '0oa1b2c3',
    });
    expect(steps.find(({ id }) => id === 'actions')?.where?.href).toBe(`${page}#tab-provisioning`);
    const story = await told();
    expect(story.events).toMatchObject([{ type: 'connection.console_remembered' }]);
    expect(JSON.stringify(story)).not.toContain('20111ajGdPzt');
    await api.setup.rememberConsole.mutate({ connectionId, address: page });
    expect(await told()).toEqual(nothingTold);
  });

  test.each([
    ['setup_step.not_found', () => api.setup.tick.mutate({ connectionId, stepId: 'scope', ticked: true })],
    [
      'console.unknown_address',
      () => api.setup.rememberConsole.mutate({ connectionId, address: 'https://tern.example/' }),
    ],
    ['connection.not_found', () => api.setup.checklist.query({ connectionId: 'nobody' })],
  ])('%s is refused, and nothing is told', async (reason, ask) => {
    await expect(ask()).rejects.toMatchObject({ data: { reason } });
    expect(await told()).toEqual(nothingTold);
  });

  test('a fault that is found turns its step into a problem, with the way to mend it', async () => {
    await server.scim('POST', '/Users', {
      userName: 'noor.haddad',
      emails: [{ value: 'noor@larkspur.example' }],
    });
    await server.deps.provisioningLog.flush();
    const step = await stepOf('username-format');
    expect(step).toMatchObject({ state: 'problem', proof: null });
    expect(step?.findings).toMatchObject([{ people: { total: 1 }, remedy: step?.where }]);
    await told();
  });

  test('what is known of a set-up goes with the connection', async () => {
    await api.setup.tick.mutate({ connectionId, stepId: 'assigned-earlier', ticked: true });
    await server.scim('GET', '/Users?startIndex=1&count=2');
    await server.deps.provisioningLog.flush();
    server.clock.now += 3_600_000;
    expect((await stepOf('credentials'))?.state).toBe('done');
    expect(await rowsLeft()).toEqual([1, 1, 1]);
    await api.connections.delete.mutate({ connectionId });
    expect(await rowsLeft()).toEqual([0, 0, 0]);
  });
});
