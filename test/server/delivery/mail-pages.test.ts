import { describe, expect, onTestFinished, test } from 'vitest';
import { changeDepsOf, inChange } from '../../../server/audit/change-context.ts';
import { enqueueMail } from '../../../server/delivery/outbox.ts';
import { unsubscribeToken } from '../../../server/delivery/stop-reminders.ts';
import { followHistory, nothingTold } from '../../helpers/history.ts';
import { invitation, testToken } from '../../helpers/mail-desk.ts';
import { startMailServer } from '../../helpers/mail-server.ts';
import { operator, startScimServer } from '../../helpers/scim-server.ts';

async function startServer(env = {}) {
  const server = await startScimServer({ env });
  onTestFinished(() => server.close());
  const { deps, orgId } = server;
  const { db } = deps.database;
  const owner = await db.selectFrom('members').select('id').executeTakeFirstOrThrow();
  return {
    ...server,
    db,
    ownerId: owner.id,
    /** Sends the owner a mail. */
    mail: async (message = invitation) => {
      const to = { orgId, memberId: owner.id, address: 'ada@larkspur.example' };
      await inChange(changeDepsOf(deps), { ...operator, orgId }, (context) =>
        enqueueMail(context, to, message),
      );
      await deps.mail.run();
    },
  };
}

describe('the page of the mails that were not sent', () => {
  test('lists them newest first and shows each as it looks', async () => {
    const { app, mail, clock, url } = await startServer();
    expect((await app.inject('/outbox')).body).toContain('No mail yet.');
    await mail();
    clock.now += 1000;
    await mail({ ...invitation, data: { ...invitation.data, inviterName: 'Rufus Okonjo' } });

    const list = await app.inject('/outbox');
    const links = [...list.body.matchAll(/<a href="(\/outbox\/[^"]+)">([^<]+)</g)];
    expect(links.map(([, , subject]) => subject)).toEqual([
      'Rufus Okonjo invites you to join Larkspur Foundry',
      'Noor Haddad invites you to join Larkspur Foundry',
    ]);
    const path = links[1]?.[1] ?? '';
    const page = await app.inject(path);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('ada@larkspur.example');
    expect(page.body).toContain(`${url}/invitation?token=${testToken}`);
    expect(page.body).toContain(`src="${path}/html"`);
    expect(page.headers['content-security-policy']).toContain("frame-src 'self'");
    const html = await app.inject(`${path}/html`);
    expect(html.body).toMatch(/^<!doctype html>.*Hello Ada Birch,/s);
    expect(html.headers['content-security-policy']).toMatch(
      /default-src 'none'.*frame-ancestors 'self'.*sandbox/,
    );
    expect(html.headers['content-security-policy']).not.toMatch(/allow-scripts|allow-same-origin/);
  });

  test('is there only for a browser on the same computer, with nothing in between', async () => {
    const { app, mail, deps, url } = await startServer();
    await mail();
    const list = await app.inject('/outbox');
    const path = /<a href="(\/outbox\/[^"]+)"/.exec(list.body)?.[1] ?? '';
    expect(path).not.toBe('');
    const strangers = [
      { remoteAddress: '203.0.113.9' },
      { headers: { host: 'rollcall.larkspur.example' } },
      { headers: { host: '127.0.0.1.larkspur.example' } },
      { headers: { 'x-forwarded-for': '127.0.0.1' } },
      { headers: { 'x-forwarded-host': 'localhost' } },
      { headers: { forwarded: 'for=127.0.0.1' } },
    ];
    for (const address of ['/outbox', path, `${path}/html`]) {
      expect((await app.inject(address)).statusCode, address).toBe(200);
      expect((await app.inject({ url: address, remoteAddress: '::ffff:127.0.0.1' })).statusCode).toBe(200);
      for (const stranger of strangers) {
        const { statusCode, body } = await app.inject({ url: address, ...stranger });
        expect(statusCode, JSON.stringify(stranger)).toBe(404);
        expect(body).not.toContain('rollcall_');
      }
      deps.announce('https://rollcall.larkspur.example');
      expect((await app.inject(address)).statusCode, 'a public address').toBe(404);
      deps.announce(url);
    }
  });

  test('is not there when mails are sent', async () => {
    const mailServer = await startMailServer();
    const { app, mail } = await startServer({
      SMTP_URL: mailServer.url,
      MAIL_FROM: 'people@larkspur.example',
    });
    await mail();
    expect(mailServer.lastTo('ada@larkspur.example').envelope.from).toBe('people@larkspur.example');
    expect((await app.inject('/outbox')).statusCode).toBe(404);
  });

  test('finds no mail outside its folder', async () => {
    const { app } = await startServer();
    for (const name of ['..%2frollcall.db', '..%2f..%2fetc%2fpasswd', 'secret', '%00'])
      expect((await app.inject(`/outbox/${name}`)).statusCode, name).toBe(404);
  });
});

describe('the link that stops reminders', () => {
  async function withLink() {
    const server = await startServer();
    const token = unsubscribeToken(server.deps.secret, server.orgId, server.ownerId);
    const isOff = async () => {
      const row = await server.db.selectFrom('members').select('reminders_off_at').executeTakeFirstOrThrow();
      return row.reminders_off_at;
    };
    const told = await followHistory(server.db, server.orgId);
    return { ...server, token, path: `/unsubscribe?token=${token}`, isOff, told };
  }

  test('asks first and changes nothing, because mail scanners follow links', async () => {
    const { app, path, isOff, told } = await withLink();
    const page = await app.inject(path);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Stop the reminders?');
    expect(page.body).toContain(`action="${path}"`);
    expect(await isOff()).toBeNull();
    expect(await told()).toEqual(nothingTold);
  });

  const urlencoded = 'application/x-www-form-urlencoded';
  test.each([
    ['the button of the page', urlencoded, ''],
    ['one click in a mail program', urlencoded, 'List-Unsubscribe=One-Click'],
    [
      'one click in another mail program',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
    ],
  ])('stops them for good by %s, once', async (_by, type, body) => {
    const { app, path, isOff, told, ownerId, clock } = await withLink();
    const request = { method: 'POST', url: path, headers: { 'content-type': type }, payload: body } as const;
    const first = await app.inject(request);
    expect(first.statusCode).toBe(200);
    expect(first.body).toContain('The reminders are stopped');
    expect(await isOff()).toBe(clock.now);
    const by = { subject: ownerId, by: ownerId };
    expect(await told()).toEqual({
      events: [{ ...by, type: 'member.reminders_stopped', data: {} }],
      audit: [
        {
          ...by,
          action: 'member.reminders_stopped',
          requestId: expect.any(String),
          changes: { remindersOff: [false, true] },
        },
      ],
    });
    const since = clock.now;
    clock.now += 1000;
    expect((await app.inject(request)).statusCode).toBe(200);
    expect(await isOff()).toBe(since);
    expect(await told()).toEqual(nothingTold);
  });

  test('that is broken is explained and stops nothing', async () => {
    const { app, token, orgId, ownerId, isOff } = await withLink();
    const foreign = unsubscribeToken(Buffer.from('a key of somebody else, 32 long..'), orgId, ownerId);
    for (const broken of ['', token.slice(0, -3), `${token}x`, foreign, testToken, '%00']) {
      for (const method of ['GET', 'POST'] as const) {
        const { statusCode, body } = await app.inject({ method, url: `/unsubscribe?token=${broken}` });
        expect(statusCode, `${method} ${broken}`).toBe(400);
        expect(body).toContain('This link is not whole');
      }
    }
    expect((await app.inject('/unsubscribe')).statusCode).toBe(400);
    expect((await app.inject(`/unsubscribe?token=${token}&token=${token}`)).statusCode).toBe(400);
    expect(await isOff()).toBeNull();
  });

  test('of somebody who is gone is answered like any other', async () => {
    const { app, deps, orgId } = await withLink();
    const path = `/unsubscribe?token=${unsubscribeToken(deps.secret, orgId, 'gone')}`;
    expect((await app.inject({ method: 'POST', url: path })).statusCode).toBe(200);
  });
});
