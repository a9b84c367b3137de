import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { smtpTransport } from '../../../server/delivery/mail-transport.ts';
import { claimMail } from '../../../server/delivery/outbox-store.ts';
import { followHistory, nothingTold } from '../../helpers/history.ts';
import { invitation, openMailDesk, signIn, testToken } from '../../helpers/mail-desk.ts';
import { startMailServer } from '../../helpers/mail-server.ts';
import { databases } from '../../helpers/scim-server.ts';

const minute = 60_000;

describe.each(databases)('the mail sender on %s', (database) => {
  test('a mail leaves, and its row keeps nothing of what it said', async () => {
    const { write, sender, mailServer, row, directory } = await openMailDesk(database);
    const id = await write(invitation);
    expect((await row(id)).sealed).not.toContain(testToken);
    await sender.run();
    expect(mailServer.mails).toHaveLength(1);
    expect(mailServer.lastTo('ada@larkspur.example').parsed.text).toContain(testToken);
    expect(await row(id)).toMatchObject({
      state: 'sent',
      sealed: null,
      attempts: 1,
      ended_at: directory.clock.now,
      last_error: null,
    });
    await sender.run();
    expect(mailServer.mails).toHaveLength(1);
  });

  test('a mail that is refused for now is tried again after longer and longer pauses, for a day', async () => {
    const { write, sender, mailServer, row, directory } = await openMailDesk(database);
    const { clock } = directory;
    const start = clock.now;
    mailServer.refusals = { rcpt: '450 4.2.0 Come back later' };
    const id = await write(invitation);
    const tried: number[] = [];
    for (let due = start; tried.length < 8; ) {
      clock.now = due - 1;
      await sender.run();
      expect((await row(id)).attempts, 'before its time').toBe(tried.length);
      clock.now = due;
      await sender.run();
      tried.push((clock.now - start) / minute);
      const after = await row(id);
      expect(after.attempts).toBe(tried.length);
      if (after.state === 'dead') break;
      expect(after).toMatchObject({ state: 'waiting', last_error: '450 4.2.0 Come back later' });
      due = after.next_at;
    }
    expect(tried).toEqual([0, 1, 6, 21, 81, 321, 801, 1401]);
    expect((await row(id)).state).toBe('dead');
  });

  test('a mail that is taken at the second attempt has nothing to tell', async () => {
    const { write, sender, mailServer, row, directory } = await openMailDesk(database);
    const told = await followHistory(directory.db, directory.orgId);
    mailServer.refusals = { data: '451 4.3.0 Not now' };
    const id = await write(invitation);
    await sender.run();
    mailServer.refusals = {};
    directory.clock.now += minute;
    await sender.run();
    expect(mailServer.mails).toHaveLength(1);
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2, sealed: null, last_error: null });
    expect(await told()).toEqual(nothingTold);
  });

  test('a mailbox that is not there ends the mail and shows at its member, until a mail gets through', async () => {
    const { write, sender, mailServer, row, directory } = await openMailDesk(database);
    const { db, orgId, ownerId } = directory;
    const told = await followHistory(db, orgId);
    const failure = async () => {
      const columns = db.selectFrom('members').select('mail_failure').where('id', '=', ownerId);
      return (await columns.executeTakeFirstOrThrow()).mail_failure;
    };
    mailServer.refusals = { rcpt: '550 5.1.1 <ada@larkspur.example>: Recipient address rejected' };
    const id = await write(invitation);
    await sender.run();
    expect(await row(id)).toMatchObject({
      state: 'dead',
      attempts: 1,
      last_error: '550 5.1.1 <ada@larkspur.example>: Recipient address rejected',
    });
    const error = 'There is no such mailbox.';
    expect(await failure()).toBe(error);
    const by = { subject: ownerId, by: 'mail' };
    expect(await told()).toEqual({
      events: [{ ...by, type: 'member.mail_failed', data: { mailId: id, kind: 'invitation', error } }],
      audit: [
        { ...by, action: 'member.mail_failed', requestId: id, changes: { mailFailure: [null, error] } },
      ],
    });

    mailServer.refusals = {};
    await write(invitation);
    await sender.run();
    expect(await failure()).toBeNull();
  });

  test('two senders at once send every mail once', async () => {
    const { write, sender, anotherSender, mailServer } = await openMailDesk(database);
    const addresses = Array.from({ length: 40 }, (_, n) => `person.${n}@larkspur.example`);
    for (const address of addresses) await write(invitation, address);
    await Promise.all([sender.run(), anotherSender().run()]);
    expect(mailServer.mails.map(({ envelope }) => envelope.to[0]).sort()).toEqual(addresses.sort());
  });

  test('what a process left behind that died while sending is sent when its lease is over', async () => {
    const { write, sender, mailServer, row, directory } = await openMailDesk(database);
    const id = await write(signIn);
    const { db, clock } = directory;
    await claimMail(db, clock.now, clock.now + 5 * minute);
    await sender.run();
    expect(mailServer.mails).toEqual([]);
    directory.clock.now += 5 * minute;
    await sender.run();
    expect(mailServer.mails).toHaveLength(1);
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  test('a mail whose link has run out is dropped, and the reason is kept', async () => {
    const { write, sender, mailServer, row, directory } = await openMailDesk(database);
    const id = await write(signIn);
    directory.clock.now += 10 * minute;
    await sender.run();
    expect(mailServer.mails).toEqual([]);
    const last_error = 'Its link ran out before the mail could be sent.';
    expect(await row(id)).toMatchObject({ state: 'dropped', sealed: null, last_error });
  });
});

describe('a mail server that takes nothing', () => {
  test('keeps mails waiting without a word about their members', async () => {
    const { write, anotherSender, row, directory } = await openMailDesk('sqlite');
    const told = await followHistory(directory.db, directory.orgId);
    const id = await write(invitation);
    await anotherSender({ transport: smtpTransport('smtp://127.0.0.1:1') }).run();
    expect(await row(id)).toMatchObject({ state: 'waiting', attempts: 1 });
    expect(await told()).toEqual(nothingTold);
  });

  test('is not asked again for every other mail that waits', async () => {
    const { write, anotherSender, directory } = await openMailDesk('sqlite');
    for (let n = 0; n < 30; n++) await write(invitation);
    await anotherSender({ transport: smtpTransport('smtp://127.0.0.1:1') }).run();
    const rows = await directory.db.selectFrom('outbox').select('attempts').execute();
    expect(rows.filter(({ attempts }) => attempts > 0).length).toBeLessThanOrEqual(5);
  });

  test('that refuses the sender is no fault of the mail', async () => {
    const { write, sender, mailServer, row } = await openMailDesk('sqlite');
    mailServer.refusals = { mail: '553 5.7.1 You may not send for this address' };
    const id = await write(invitation);
    await sender.run();
    const last_error = '553 5.7.1 You may not send for this address';
    expect(await row(id)).toMatchObject({ state: 'waiting', last_error });
  });

  test('that quotes the password it was given is quoted without it', async () => {
    const { write, anotherSender, row, logged } = await openMailDesk('sqlite');
    const { port } = await startMailServer({ user: 'rollcall', pass: 'open sesame' });
    const id = await write(invitation);
    await anotherSender({
      transport: smtpTransport(`smtp://rollcall:shut%20sesame@127.0.0.1:${port}`),
    }).run();
    const { last_error } = await row(id);
    expect(last_error).toContain('wrong password ***');
    expect(JSON.stringify([last_error, logged])).not.toContain('sesame');
  });
});

test('a mail server that quotes the mail it refuses gives away neither link nor code', async () => {
  const { write, sender, mailServer, logged, directory } = await openMailDesk('sqlite');
  const { token, code } = signIn.data;
  mailServer.refusals = { data: `554 5.7.1 Spam: https://x.example/sign-in/link?token=${token} and ${code}` };
  await write(signIn);
  await sender.run();
  const [row] = await directory.db.selectFrom('outbox').selectAll().execute();
  expect(row?.last_error).toBe('554 5.7.1 Spam: https://x.example/sign-in/link?token=*** and ***');
  expect(logged).toHaveLength(1);
  expect(JSON.stringify([row, logged])).not.toMatch(new RegExp(`${token}|${code}`));
  expect(JSON.stringify(logged)).not.toContain('ada@');
});

test('an address that holds more than an address never reaches the mail server', async () => {
  const { write, sender, mailServer, row } = await openMailDesk('sqlite');
  const tricks = [
    'ada@larkspur.example\r\nBcc: eve@elsewhere.example',
    'ada@larkspur.example, eve@elsewhere.example',
    'ada@larkspur.example> RCPT TO:<eve@elsewhere.example',
    'Ada <ada@larkspur.example>',
    'ada',
    '',
  ];
  for (const address of tricks) {
    const id = await write(invitation, address);
    await sender.run();
    expect((await row(id)).state, address).toBe('dead');
  }
  expect(mailServer.mails).toEqual([]);
});

test('after the secret changed, a mail that waits is dead and says why', async () => {
  const { write, row, anotherSender } = await openMailDesk('sqlite');
  const id = await write(invitation);
  await anotherSender({ secret: Buffer.from('another secret of 32 characters..') }).run();
  expect(await row(id)).toMatchObject({ state: 'dead', last_error: expect.stringContaining('key changed') });
});

describe('a sender that follows along', () => {
  const byHand = () => {
    const waiting: (() => void)[] = [];
    const after = (_ms: number, callback: () => void) => {
      waiting.push(callback);
      return () => void waiting.splice(waiting.indexOf(callback), 1);
    };
    return { waiting, timers: { after } };
  };

  test('looks once for all commits of one moment, and not for ever', async () => {
    const { write, anotherSender, mailServer } = await openMailDesk('sqlite');
    const { waiting, timers } = byHand();
    const sender = anotherSender({ timers });
    sender.follow();
    await write(invitation);
    await write(signIn);
    expect(waiting).toHaveLength(1);
    waiting.shift()?.();
    await sender.run();
    expect(mailServer.mails).toHaveLength(2);
    // What became of the mails was a commit too; looking after that one finds nothing to write.
    while (waiting.length > 0) {
      waiting.shift()?.();
      await sender.run();
    }
    expect(mailServer.mails).toHaveLength(2);
  });

  test('begins nothing more once it is closed', async () => {
    const { write, anotherSender, mailServer } = await openMailDesk('sqlite');
    const { waiting, timers } = byHand();
    const sender = anotherSender({ timers });
    sender.follow();
    await write(invitation);
    await sender.close();
    expect(waiting).toEqual([]);
    await write(invitation);
    expect(waiting).toEqual([]);
    await sender.run();
    expect(mailServer.mails).toEqual([]);
  });

  test('lets go of a mail server that does not answer when it is closed', async () => {
    const { write, anotherSender, row } = await openMailDesk('sqlite');
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const connected = new Promise((resolve) => silent.once('connection', resolve));
    const { waiting, timers } = byHand();
    const { port } = silent.address() as AddressInfo;
    const sender = anotherSender({ timers, transport: smtpTransport(`smtp://127.0.0.1:${port}`) });
    const id = await write(invitation);
    const run = sender.run();
    await connected;
    const closed = sender.close();
    expect(waiting).toHaveLength(1);
    waiting.shift()?.();
    await Promise.all([closed, run]);
    expect(await row(id)).toMatchObject({ state: 'waiting', attempts: 1 });
  });
});
