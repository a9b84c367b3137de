import { describe, expect, test } from 'vitest';
import type { Timers } from '../../../server/core/scheduler.ts';
import { readAttention } from '../../../server/diagnosis/read-attention.ts';
import { newestSeq } from '../../../server/events/event-store.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import { handOver, lease } from '../../../server/webhooks/deliver-webhook.ts';
import { planDeliveries } from '../../../server/webhooks/plan-deliveries.ts';
import { claimDelivery } from '../../../server/webhooks/webhook-queue-store.ts';
import { databases } from '../../helpers/scim-server.ts';
import {
  asOperator,
  numberIn,
  openReceiver,
  openWebhookDesk,
  refuse,
  stall,
  take,
  verify,
} from '../../helpers/webhook-desk.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

describe.each(databases)('webhooks on %s', (database) => {
  test('what happens to somebody arrives in order, signed, with who they are now', async () => {
    const { directory, sender, subscribe } = await openWebhookDesk(database);
    const receiver = await openReceiver();
    const { secret } = await subscribe(receiver);
    const okta = await directory.connect('Okta');
    const attributes = { userName: 'noor@larkspur.example', displayName: 'Noor Haddad' };
    const { member } = await okta.apply({ kind: 'provision-member', attributes });
    await sender.run();
    await directory.byHand.apply({ kind: 'block-member', id: member.id, reason: 'left with the keys' });
    await sender.run();
    for (const one of receiver.received) expect(verify(secret, one)).toEqual(one.body);
    const about = receiver.received.filter(({ body }) => body.data.subject.id === member.id);
    expect(about.map(({ body }) => body.type)).toEqual(['member.added', 'member.blocked']);
    expect(about.map(({ body }) => body.data.member.status)).toEqual(['not_invited', 'blocked']);
    expect(about[0]?.body).toEqual({
      type: 'member.added',
      timestamp: new Date(directory.clock.now).toISOString(),
      data: {
        orgId: directory.orgId,
        subject: { kind: 'member', id: member.id },
        actor: { kind: 'connection', id: okta.connectionId },
        details: { status: 'not_invited' },
        member: {
          id: member.id,
          userName: 'noor@larkspur.example',
          email: 'noor@larkspur.example',
          displayName: 'Noor Haddad',
          status: 'not_invited',
          role: 'member',
        },
      },
    });
    // The admin's words to other admins stay inside.
    expect(about[1]?.text).not.toContain('keys');
    expect(receiver.received.map(({ headers }) => headers['content-type'])).toContain('application/json');
    await sender.run();
    expect(receiver.received).toHaveLength(new Set(receiver.received.map(({ id }) => id)).size);
  });

  test('a message has the same id for every endpoint, and each gets what it chose', async () => {
    const { sender, subscribe, directory } = await openWebhookDesk(database);
    const [all, groups] = [await openReceiver(), await openReceiver()];
    await subscribe(all);
    await subscribe(groups, { eventTypes: ['group.added'] });
    const attributes = { displayName: 'Crew' };
    await directory.byHand.apply({ kind: 'add-group', attributes, memberIds: [directory.ownerId] });
    await sender.run();
    expect(groups.received.map(({ body }) => body.type)).toEqual(['group.added']);
    const [sent] = groups.received;
    expect(sent?.body.data.group).toEqual({ id: sent?.body.data.subject.id, displayName: 'Crew' });
    expect(all.received.map(({ id }) => id)).toContain(sent?.id);
  });

  test('what happened before an endpoint was made is not told to it', async () => {
    const { sender, subscribe, tell, directory } = await openWebhookDesk(database);
    await tell(directory.ownerId, 1);
    const receiver = await openReceiver();
    await subscribe(receiver, { eventTypes: ['member.updated'] });
    await tell(directory.ownerId, 2);
    await sender.run();
    expect(receiver.received.map(numberIn)).toEqual([2]);
  });

  test('the next message about somebody waits for the one before, and others do not', async () => {
    const { sender, subscribe, tell, directory, queue } = await openWebhookDesk(database);
    const receiver = await openReceiver((request, response, { body }) =>
      (body.data.subject.id === 'noor' ? refuse(500) : take)(request, response, { body } as never),
    );
    const { endpointId } = await subscribe(receiver, { eventTypes: ['member.updated'] });
    for (const n of [1, 2, 3]) for (const who of ['noor', 'ines']) await tell(who, n);
    await sender.run();
    const sent = (who: string) =>
      receiver.received.filter(({ body }) => body.data.subject.id === who).map(numberIn);
    expect([sent('noor'), sent('ines')]).toEqual([[1], [1, 2, 3]]);
    receiver.answer = take;
    directory.clock.now += minute;
    await sender.run();
    expect(sent('noor')).toEqual([1, 1, 2, 3]);
    expect((await queue(endpointId)).map(({ state }) => state)).toEqual(Array(6).fill('delivered'));
  });

  test('a message that is not taken is tried for three days, less and less often, then the endpoint is disabled', async () => {
    const { sender, subscribe, tell, directory, queue, endpoint } = await openWebhookDesk(database);
    const { clock } = directory;
    const start = clock.now;
    const receiver = await openReceiver(refuse(503));
    const { endpointId } = await subscribe(receiver, { eventTypes: ['member.updated'] });
    await tell('noor', 1);
    await tell('noor', 2);
    await sender.run();
    const tried: number[] = [];
    for (let last = -1; ; ) {
      const [row] = await queue(endpointId);
      if (row?.state !== 'waiting') break;
      expect(row.attempts).toBe(tried.length + 1);
      tried.push(row.next_at - start);
      clock.now = row.next_at - 1;
      await sender.run();
      expect((await queue(endpointId))[0]?.attempts, 'before its time').toBe(tried.length);
      expect(row.next_at).toBeGreaterThan(last);
      last = row.next_at;
      clock.now = row.next_at;
      await sender.run();
    }
    expect(tried.at(-1)).toBe(3 * day);
    expect(tried.length).toBeGreaterThan(12);
    expect(receiver.received.every(({ id }) => id === receiver.received[0]?.id)).toBe(true);
    expect(await endpoint(endpointId)).toMatchObject({ disabled_reason: 'failing', disabled_at: clock.now });
    expect((await queue(endpointId)).map(({ state }) => state)).toEqual(['failed', 'waiting']);
    const sent = receiver.received.length;
    clock.now += day;
    await sender.run();
    expect(receiver.received).toHaveLength(sent);
  });

  test('a receiver that asks for a pause is left alone until it is over, with whatever else waits', async () => {
    const { sender, subscribe, tell, directory } = await openWebhookDesk(database);
    const receiver = await openReceiver(refuse(429, { 'retry-after': '900' }));
    await subscribe(receiver, { eventTypes: ['member.updated'] });
    await tell('noor', 1);
    await sender.run();
    await tell('ines', 2);
    directory.clock.now += 15 * minute - 1;
    await sender.run();
    expect(receiver.received).toHaveLength(1);
    receiver.answer = take;
    directory.clock.now += 1;
    await sender.run();
    expect(receiver.received.map(numberIn).sort()).toEqual([1, 1, 2]);
  });

  test('a receiver that answers 410 is disabled at once, and its owners are told by mail', async () => {
    const { sender, subscribe, tell, directory, endpoint, deps } = await openWebhookDesk(database);
    const receiver = await openReceiver(refuse(410));
    const { endpointId } = await subscribe(receiver, { eventTypes: ['member.updated'] });
    await tell('noor', 1);
    await sender.run();
    expect(await endpoint(endpointId)).toMatchObject({ disabled_reason: 'gone' });
    const mails = await directory.db.selectFrom('outbox').select(['kind', 'recipient']).execute();
    expect(mails).toContainEqual({ kind: 'webhook-disabled', recipient: 'ada@larkspur.example' });
    const events = await directory.db.selectFrom('events').select(['type', 'data']).execute();
    const data = JSON.stringify({ endpointId, name: 'Payroll', reason: 'gone' });
    expect(events).toContainEqual({ type: 'webhook.disabled', data });
    const { serious } = await readAttention(deps, directory.orgId);
    expect(serious).toMatchObject([{ kind: 'webhook', at: directory.clock.now }]);
  });

  test('what a process sent that died before it could say so is sent again when its lease is over, in its place', async () => {
    const { sender, subscribe, tell, directory, deps, endpoint } = await openWebhookDesk(database);
    const receiver = await openReceiver();
    const { endpointId } = await subscribe(receiver, { eventTypes: ['member.updated'] });
    const { db, clock, orgId } = directory;
    await tell('noor', 1);
    const key = { org_id: orgId, id: endpointId };
    await planDeliveries(deps, key, await newestSeq(db));
    const claimed = await claimDelivery(db, key, clock.now, clock.now + lease);
    const message = { id: claimed?.message_id ?? '', body: claimed?.message ?? '' };
    expect(await handOver(deps, await endpoint(endpointId), message)).toMatchObject({ delivered: true });
    await tell('noor', 2);
    clock.now += lease - 1;
    await sender.run();
    expect(receiver.received.map(numberIn)).toEqual([1]);
    clock.now += 1;
    await sender.run();
    expect(receiver.received.map(numberIn)).toEqual([1, 1, 2]);
    expect(receiver.received[0]?.id).toBe(receiver.received[1]?.id);
  });

  test('nothing is missed, doubled or out of order while many write at once and two processes send', async () => {
    const { sender, senderElsewhere, subscribe, tell } = await openWebhookDesk(database);
    const receiver = await openReceiver();
    await subscribe(receiver, { eventTypes: ['member.updated'] });
    const other = senderElsewhere();
    const people = ['noor', 'ines', 'bo', 'kit'];
    const write = async (who: string) => {
      for (let n = 0; n < 15; n++) await tell(who, n);
    };
    let writing = true;
    const send = async (one: typeof sender) => {
      while (writing) await one.run();
    };
    const sending = [send(sender), send(other)];
    await Promise.all(people.map(write));
    writing = false;
    await Promise.all(sending);
    await Promise.all([sender.run(), other.run()]);
    for (const who of people) {
      const sent = receiver.received.filter(({ body }) => body.data.subject.id === who).map(numberIn);
      expect(sent, who).toEqual(Array.from({ length: 15 }, (_, n) => n));
    }
  });

  test('two senders send each message once and keep the order, while a receiver refuses every third', async () => {
    const { sender, senderElsewhere, subscribe, tell, directory } = await openWebhookDesk(database);
    let asked = 0;
    const receiver = await openReceiver((...about) => (++asked % 3 === 0 ? refuse(502) : take)(...about));
    await subscribe(receiver, { eventTypes: ['member.updated'] });
    const other = senderElsewhere();
    const people = ['noor', 'ines', 'bo', 'kit', 'ravi'];
    for (let n = 0; n < 8; n++) {
      await Promise.all(people.map((who) => tell(who, n)));
      await Promise.all([sender.run(), other.run()]);
      directory.clock.now += minute;
    }
    receiver.answer = take;
    directory.clock.now += day;
    await Promise.all([sender.run(), other.run()]);
    for (const who of people) {
      const sent = receiver.received.filter(({ body }) => body.data.subject.id === who).map(numberIn);
      expect(
        [...sent].sort((a, b) => a - b),
        who,
      ).toEqual(sent);
      expect([...new Set(sent)], who).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    }
    // One message more for each refusal, and no other.
    expect(receiver.received.length).toBe(40 + Math.floor(asked / 3));
  });

  test('a receiver that says nothing holds up neither the directory nor another receiver', async () => {
    const { anotherSender, subscribe, tell, directory, deps, queue } = await openWebhookDesk(database);
    const [silent, quick] = [await openReceiver(stall), await openReceiver()];
    const sender = anotherSender({ answerWithin: 60_000, timers: atOnce });
    const { endpointId } = await subscribe(silent, { name: 'Silent', eventTypes: ['member.updated'] });
    await subscribe(quick, { name: 'Quick', eventTypes: ['member.updated'] });
    for (let n = 0; n < 12; n++) await tell(`person ${n}`, n);
    await sender.look();
    await silent.arrived(8);
    // All of this happens while eight requests hang.
    const source = { ...asOperator(directory.orgId), connectionId: null };
    for (let n = 0; n < 20; n++)
      await applyDirectoryChange(deps, source, {
        kind: 'add-member-by-hand',
        attributes: { userName: `person.${n}@larkspur.example` },
        standing: { role: 'member', invitedAt: null, joinedAt: directory.clock.now },
      });
    await quick.arrived(12);
    await tell('late', 99);
    await sender.look();
    await quick.arrived(13);
    expect(silent.received).toHaveLength(8);
    // The end of the server breaks off what hangs; it is sent at the next start.
    await sender.close();
    const states = (await queue(endpointId)).map(({ state }) => state);
    expect(states).toEqual(Array(13).fill('waiting'));
  });
});

/** Timers that run out at once. */
const atOnce: Timers = {
  after(_ms, callback) {
    callback();
    return () => {};
  },
};
