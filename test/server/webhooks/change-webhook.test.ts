import { describe, expect, test } from 'vitest';
import {
  changeWebhook,
  createWebhook,
  removeWebhook,
  rotateWebhookSecret,
} from '../../../server/webhooks/change-webhook.ts';
import { listAttempts, listDeliveries, listWebhooks } from '../../../server/webhooks/list-webhooks.ts';
import { replayDeliveries } from '../../../server/webhooks/replay-deliveries.ts';
import { disableWebhook, enableWebhook } from '../../../server/webhooks/switch-webhook.ts';
import { testWebhook } from '../../../server/webhooks/test-webhook.ts';
import { followHistory } from '../../helpers/history.ts';
import { databases } from '../../helpers/scim-server.ts';
import {
  asOperator,
  numberIn,
  openReceiver,
  openWebhookDesk,
  refuse,
  take,
  verify,
} from '../../helpers/webhook-desk.ts';

const hour = 3_600_000;
const updates = { eventTypes: ['member.updated'] } as const;

async function open(database: (typeof databases)[number]) {
  const desk = await openWebhookDesk(database);
  const receiver = await openReceiver();
  const { endpointId, secret } = await desk.subscribe(receiver, { eventTypes: [...updates.eventTypes] });
  const asked = asOperator(desk.directory.orgId);
  return {
    ...desk,
    receiver,
    endpointId,
    secret,
    asked,
    told: await followHistory(desk.directory.db, asked.orgId),
  };
}

describe.each(databases)('endpoints on %s', (database) => {
  test('a change is told with what changed, and a change of nothing is none', async () => {
    const { deps, asked, endpointId, told, receiver } = await open(database);
    await changeWebhook(deps, asked, { endpointId, name: 'Payroll', url: receiver.url });
    expect(await told()).toEqual({ events: [], audit: [] });
    await changeWebhook(deps, asked, { endpointId, name: 'Badges', eventTypes: null });
    const { events, audit } = await told();
    expect(events).toEqual([
      {
        type: 'webhook.changed',
        subject: asked.orgId,
        by: 'test',
        data: { endpointId, name: 'Badges', changed: ['name', 'eventTypes'] },
      },
    ]);
    expect(audit[0]?.changes).toEqual({
      name: ['Payroll', 'Badges'],
      eventTypes: [['member.updated'], 'all'],
    });
  });

  test('an org has twenty at most', async () => {
    const { deps, asked, receiver } = await open(database);
    const one = { name: 'More', url: receiver.url, eventTypes: null };
    for (let n = 1; n < 20; n++) await createWebhook(deps, asked, one);
    await expect(createWebhook(deps, asked, one)).rejects.toMatchObject({ code: 'webhook.too_many' });
    expect(await listWebhooks(deps, asked.orgId)).toHaveLength(20);
  });

  test('for a day after a rotation both secrets sign, then the new one alone', async () => {
    const { deps, asked, endpointId, secret, tell, sender, receiver, directory } = await open(database);
    const renewed = await rotateWebhookSecret(deps, asked, endpointId);
    expect(renewed.oldSecretUntil).toBe(directory.clock.now + 24 * hour);
    directory.clock.now += 24 * hour - 1;
    await tell('noor', 1);
    await sender.run();
    directory.clock.now += 1;
    await tell('noor', 2);
    await sender.run();
    const [during, after] = receiver.received;
    if (during === undefined || after === undefined) throw new Error('nothing arrived');
    expect(verify(secret, during)).toEqual(during.body);
    expect(verify(renewed.secret, during)).toEqual(during.body);
    expect(verify(renewed.secret, after)).toEqual(after.body);
    expect(() => verify(secret, after)).toThrow('No matching signature');
    expect(after.headers['webhook-signature']?.split(' ')).toHaveLength(1);
  });

  test('a message changed on its way, or kept for long, is found out', async () => {
    const { secret, tell, sender, receiver } = await open(database);
    await tell('noor', 1);
    await sender.run();
    const [sent] = receiver.received;
    if (sent === undefined) throw new Error('nothing arrived');
    expect(() => verify(secret, { ...sent, text: sent.text.replace('noor', 'ines') })).toThrow();
    const later = String(Number(sent.headers['webhook-timestamp']) + 1);
    expect(() =>
      verify(secret, { ...sent, headers: { ...sent.headers, 'webhook-timestamp': later } }),
    ).toThrow();
  });

  test('what happened while an endpoint was disabled is sent when it is enabled, or left out', async () => {
    const { deps, asked, endpointId, tell, sender, receiver, queue } = await open(database);
    receiver.answer = refuse(500);
    await tell('noor', 1);
    await sender.run();
    receiver.answer = take;
    await disableWebhook(deps, asked, endpointId);
    await tell('noor', 2);
    await sender.run();
    expect(receiver.received.map(numberIn)).toEqual([1]);
    await enableWebhook(deps, asked, { endpointId, missed: 'replay' });
    await sender.run();
    expect(receiver.received.map(numberIn)).toEqual([1, 1, 2]);

    await disableWebhook(deps, asked, endpointId);
    await tell('noor', 3);
    await enableWebhook(deps, asked, { endpointId, missed: 'skip' });
    await tell('noor', 4);
    await sender.run();
    expect(receiver.received.map(numberIn)).toEqual([1, 1, 2, 4]);
    expect((await queue(endpointId)).map(({ state }) => state)).toEqual(Array(3).fill('delivered'));
  });

  test('what was given up while nothing got through is sent in its place when an endpoint is enabled', async () => {
    const { deps, asked, endpointId, tell, sender, receiver, directory, queue } = await open(database);
    receiver.answer = refuse(500);
    await tell('noor', 1);
    await tell('noor', 2);
    for (let n = 0; n < 8; n++) {
      directory.clock.now += 12 * hour;
      await sender.run();
    }
    const rows = await queue(endpointId);
    expect(rows.map(({ state }) => state)).toEqual(['failed', 'waiting']);
    expect(await listWebhooks(deps, asked.orgId)).toMatchObject([
      { state: 'disabled', disabledReason: 'failing', waiting: 1 },
    ]);
    receiver.answer = take;
    receiver.received.length = 0;
    await enableWebhook(deps, asked, { endpointId, missed: 'replay' });
    await sender.run();
    expect(receiver.received.map(numberIn)).toEqual([1, 2]);
    expect(await listWebhooks(deps, asked.orgId)).toMatchObject([
      { state: 'active', failingSince: null, lastDeliveredAt: directory.clock.now, waiting: 0 },
    ]);
  });

  test('one message is sent again under its own id, behind what waits', async () => {
    const { deps, asked, endpointId, tell, sender, receiver } = await open(database);
    await tell('noor', 1);
    await sender.run();
    const { deliveries } = await listDeliveries(deps.db, asked.orgId, { endpointId, limit: 50 });
    await tell('noor', 2);
    const deliveryId = String(deliveries[0]?.id);
    await replayDeliveries(deps, asked, { endpointId, deliveryId });
    await sender.run();
    expect(receiver.received.map(numberIn).sort()).toEqual([1, 1, 2]);
    const ids = receiver.received.filter((one) => numberIn(one) === 1).map(({ id }) => id);
    expect(new Set(ids).size).toBe(1);
    const missing = replayDeliveries(deps, asked, { endpointId, deliveryId: 'x' });
    await expect(missing).rejects.toMatchObject({ code: 'webhook.delivery_not_found' });
  });

  test('everything since a time is sent again in order, what waits among it', async () => {
    const { deps, asked, endpointId, tell, sender, receiver, directory } = await open(database);
    const { clock } = directory;
    await tell('noor', 1);
    clock.now += hour;
    const since = clock.now;
    await tell('noor', 2);
    await tell('ines', 3);
    await sender.run();
    receiver.answer = refuse(500);
    await tell('noor', 4);
    await tell('noor', 5);
    await sender.run();
    receiver.answer = take;
    receiver.received.length = 0;
    await replayDeliveries(deps, asked, { endpointId, since });
    await sender.run();
    const about = (who: string) =>
      receiver.received.filter(({ body }) => body.data.subject.id === who).map(numberIn);
    expect([about('noor'), about('ines')]).toEqual([[2, 4, 5], [3]]);
    await disableWebhook(deps, asked, endpointId);
    await expect(replayDeliveries(deps, asked, { endpointId, since })).rejects.toMatchObject({
      code: 'webhook.disabled',
    });
  });

  test('a test is sent at once, to a disabled endpoint too, and its outcome is kept', async () => {
    const { deps, asked, endpointId, secret, receiver } = await open(database);
    await disableWebhook(deps, asked, endpointId);
    const taken = await testWebhook(deps, asked.orgId, endpointId);
    expect(taken).toMatchObject({ delivered: true, status: 204, outcome: 'Taken with 204 No Content.' });
    const [sent] = receiver.received;
    if (sent === undefined) throw new Error('nothing arrived');
    expect(verify(secret, sent)).toMatchObject({ type: 'webhook.test' });
    receiver.answer = refuse(401);
    const { deliveryId } = await testWebhook(deps, asked.orgId, endpointId);
    expect(await listAttempts(deps.db, asked.orgId, { endpointId, deliveryId })).toMatchObject([
      { delivered: false, status: 401, outcome: 'Answered 401 Unauthorized.' },
    ]);
  });

  test('deliveries are listed in pages, the latest first, with when each is tried next', async () => {
    const { deps, asked, endpointId, tell, sender, receiver, queue } = await open(database);
    receiver.answer = refuse(500);
    for (let n = 0; n < 5; n++) await tell('noor', n);
    await sender.run();
    const first = await listDeliveries(deps.db, asked.orgId, { endpointId, limit: 3 });
    const second = await listDeliveries(deps.db, asked.orgId, {
      endpointId,
      before: Number(first.next),
      limit: 3,
    });
    const rows = (await queue(endpointId)).toReversed();
    expect([...first.deliveries, ...second.deliveries].map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    expect(second.next).toBeNull();
    expect(second.deliveries.at(-1)).toMatchObject({
      state: 'waiting',
      attempts: 1,
      nextAt: rows.at(-1)?.next_at,
      lastOutcome: 'Answered 500 Internal Server Error.',
    });
    // The others stand behind that one.
    expect(first.deliveries.map(({ nextAt, attempts }) => [nextAt, attempts])).toEqual(
      Array(3).fill([null, 0]),
    );
    const again = replayDeliveries(deps, asked, { endpointId, deliveryId: String(first.deliveries[0]?.id) });
    await expect(again).rejects.toMatchObject({ code: 'webhook.delivery_waits' });
    const none = await listDeliveries(deps.db, asked.orgId, { endpointId, state: 'failed', limit: 3 });
    expect(none).toEqual({ deliveries: [], next: null });
  });

  test('an endpoint that is removed takes everything with it', async () => {
    const { deps, asked, endpointId, tell, sender, directory } = await open(database);
    await tell('noor', 1);
    await sender.run();
    await tell('noor', 2);
    await sender.look();
    await removeWebhook(deps, asked, endpointId);
    await sender.run();
    for (const table of ['webhook_endpoints', 'webhook_deliveries', 'webhook_attempts'] as const)
      expect(await directory.db.selectFrom(table).select('org_id').execute(), table).toEqual([]);
    await expect(removeWebhook(deps, asked, endpointId)).rejects.toMatchObject({ code: 'webhook.not_found' });
  });

  test('after the server’s key changed nothing is sent unsigned; a new secret mends it', async () => {
    const { deps, asked, endpointId, tell, receiver, anotherSender, queue, directory } = await open(database);
    const changed = { ...deps, secret: Buffer.from('another secret of 32 characters..') };
    const sender = anotherSender(changed);
    await tell('noor', 1);
    await sender.run();
    expect(receiver.received).toEqual([]);
    expect((await queue(endpointId))[0]?.last_outcome).toContain('key changed');
    const { secret } = await rotateWebhookSecret(changed, asked, endpointId);
    directory.clock.now += hour;
    await sender.run();
    const [sent] = receiver.received;
    expect(sent && verify(secret, sent)).toEqual(sent?.body);
  });
});
