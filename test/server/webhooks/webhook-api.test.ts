// Webhooks as an owner meets them: over the API, from a server that follows its own commits.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newestSeq } from '../../../server/events/event-store.ts';
import { letGo } from '../../../server/provisioning/retention.ts';
import { apiClient, signInForApi } from '../../helpers/api-client.ts';
import { type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { openReceiver, verify } from '../../helpers/webhook-desk.ts';

const day = 24 * 3_600_000;

let server: ScimServer;
beforeAll(async () => {
  server = await startScimServer({ env: { OUTGOING_NETWORKS: '127.0.0.1' } });
  server.deps.webhooks.follow();
});
afterAll(() => server.close());

test('what an identity provider writes reaches a receiver by itself, and can be looked at for thirty days', async () => {
  const api = apiClient(server.url, await signInForApi(server.deps, server.orgId, server.ownerId));
  const receiver = await openReceiver();
  const { endpointId, secret } = await api.webhooks.create.mutate({
    name: 'Payroll',
    url: receiver.url,
    eventTypes: ['member.added'],
  });
  const created = await server.scim('POST', '/Users', { userName: 'noor@larkspur.example' });
  await receiver.arrived(1);
  const [sent] = receiver.received;
  expect(sent && verify(secret, sent)).toMatchObject({ data: { member: { id: created.body.id } } });
  // Until what became of it is written, nothing is under way any more.
  await server.deps.webhooks.run();
  expect(await api.webhooks.list.query()).toMatchObject([
    { id: endpointId, name: 'Payroll', state: 'active', waiting: 0, lastDeliveredAt: server.clock.now },
  ]);
  const { deliveries } = await api.webhooks.deliveries.query({ endpointId });
  expect(deliveries).toMatchObject([{ messageId: sent?.id, type: 'member.added', state: 'delivered' }]);
  const attempts = await api.webhooks.attempts.query({ endpointId, deliveryId: deliveries[0]?.id ?? '' });
  expect(attempts).toMatchObject([{ delivered: true, status: 204, at: server.clock.now }]);
  const numbers = await server.deps.metrics.metrics();
  expect(numbers).toContain('rollcall_webhook_attempts_total{result="delivered"} 1');
  expect(numbers).toContain('rollcall_webhook_messages_waiting 0');

  const { database, now, secret: key } = server.deps;
  const kept = () => database.db.selectFrom('webhook_deliveries').select('id').execute();
  server.clock.now += 30 * day;
  await letGo({ db: database.db, now, secret: key });
  expect(await kept()).toHaveLength(1);
  server.clock.now += 1;
  await letGo({ db: database.db, now, secret: key });
  expect(await kept()).toEqual([]);
  expect(await database.db.selectFrom('webhook_attempts').select('id').execute()).toEqual([]);
});

test('an address of this machine is refused with a sentence when the operator allows none', async () => {
  const closed = await startScimServer();
  try {
    const api = apiClient(closed.url, await signInForApi(closed.deps, closed.orgId, closed.ownerId));
    const before = await newestSeq(closed.deps.database.db);
    const made = api.webhooks.create.mutate({
      name: 'Payroll',
      url: 'https://127.0.0.1/hook',
      eventTypes: null,
    });
    await expect(made).rejects.toThrow('127.0.0.1 is not an address that this server sends to');
    expect(await newestSeq(closed.deps.database.db)).toBe(before);
  } finally {
    await closed.close();
  }
});
