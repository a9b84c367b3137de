import { describe, expect, test } from 'vitest';
import { inChange } from '../../../server/audit/change-context.ts';
import { enqueueMail } from '../../../server/delivery/outbox.ts';
import { listMails } from '../../../server/delivery/outbox-store.ts';
import { resendMail } from '../../../server/delivery/resend-mail.ts';
import { followHistory, nothingTold } from '../../helpers/history.ts';
import { invitation, openMailDesk, signIn, testToken } from '../../helpers/mail-desk.ts';
import { databases, operator } from '../../helpers/scim-server.ts';

describe.each(databases)('the outbox on %s', (database) => {
  test('is part of the change: a mail of what was rolled back never was', async () => {
    const { directory, sender, mailServer } = await openMailDesk(database);
    const { orgId, deps } = directory;
    const change = inChange(deps, { ...operator, orgId }, async (context) => {
      await enqueueMail(context, { orgId, memberId: null, address: 'ada@larkspur.example' }, invitation);
      throw new Error('no');
    });
    await expect(change).rejects.toThrow('no');
    await sender.run();
    expect(mailServer.mails).toEqual([]);
    expect(await listMails(directory.db, orgId, { limit: 10 })).toEqual([]);
  });

  test('holds a dropped mail back for ever, and nothing of what it said', async () => {
    const { directory, sender, mailServer, row } = await openMailDesk(database);
    const { orgId, deps } = directory;
    const nobody = { orgId: null, memberId: null, address: 'nobody@larkspur.example' };
    const id = await inChange(deps, { ...operator, orgId }, (context) =>
      enqueueMail(context, nobody, signIn, 'dropped'),
    );
    await sender.run();
    expect(mailServer.mails).toEqual([]);
    expect(await row(id)).toMatchObject({ state: 'dropped', sealed: null, attempts: 0 });
  });

  test('lists the mails of one organisation page by page, newest first, by state', async () => {
    const { directory, write, sender, mailServer } = await openMailDesk(database);
    const { db, orgId } = directory;
    const other = await directory.found('Okonjo Castings');
    const sent = [await write(invitation), await write(invitation), await write(invitation)];
    await write(signIn);
    await inChange(other.deps, { ...operator, orgId: other.orgId }, (context) =>
      enqueueMail(
        context,
        { orgId: other.orgId, memberId: null, address: 'rufus@okonjo.example' },
        invitation,
      ),
    );
    await sender.run();
    mailServer.refusals = { rcpt: '550 5.1.1 no such user' };
    const dead = [await write(invitation)];
    await sender.run();

    const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
    const all = await listMails(db, orgId, { limit: 10 });
    expect(ids(all)).toEqual([...sent, ...dead].reverse());
    const first = await listMails(db, orgId, { limit: 3 });
    const before = first.at(-1)?.seq ?? 0;
    expect(ids([...first, ...(await listMails(db, orgId, { limit: 3, before }))])).toEqual(ids(all));
    expect(ids(await listMails(db, orgId, { state: 'dead', limit: 10 }))).toEqual(dead);
    expect(ids(await listMails(db, orgId, { state: 'waiting', limit: 10 }))).toEqual([]);
    expect(all[0]).toMatchObject({ kind: 'invitation', recipient: 'ada@larkspur.example', state: 'dead' });
    expect(all[0]).not.toHaveProperty('sealed');
  });

  test('sends a dead mail again when somebody says so, with all its attempts before it', async () => {
    const { directory, write, sender, mailServer, row } = await openMailDesk(database);
    const { orgId, ownerId, deps, db } = directory;
    const asked = { ...operator, orgId };
    mailServer.refusals = { rcpt: '550 5.2.2 mailbox full' };
    const id = await write(invitation);
    await sender.run();
    const told = await followHistory(db, orgId);

    await resendMail(deps, asked, id);
    expect(await row(id)).toMatchObject({ state: 'waiting', attempts: 0, last_error: null, ended_at: null });
    expect(await told()).toMatchObject({
      events: [
        { type: 'mail.resent', subject: ownerId, by: 'test', data: { mailId: id, kind: 'invitation' } },
      ],
      audit: [{ action: 'mail.resent', changes: { mail: ['550 5.2.2 mailbox full', null] } }],
    });
    mailServer.refusals = {};
    await sender.run();
    expect(mailServer.lastTo('ada@larkspur.example').parsed.text).toContain(testToken);
    expect(await row(id)).toMatchObject({ state: 'sent', sealed: null });
  });

  test('sends nothing again that is not dead, or of another organisation', async () => {
    const { directory, write, sender, mailServer } = await openMailDesk(database);
    const { orgId, deps, db } = directory;
    const other = await directory.found('Okonjo Castings');
    const id = await write(invitation);
    await expect(resendMail(deps, { ...operator, orgId }, id)).rejects.toThrow('on its way already');
    await sender.run();
    const told = await followHistory(db, orgId);
    await expect(resendMail(deps, { ...operator, orgId }, id)).rejects.toMatchObject({
      code: 'mail.not_dead',
    });
    for (const [org, mail] of [[other.orgId, id] as const, [orgId, 'none'] as const]) {
      const again = resendMail(deps, { ...operator, orgId: org }, mail);
      await expect(again).rejects.toMatchObject({ code: 'mail.not_found' });
    }
    await sender.run();
    expect(mailServer.mails).toHaveLength(1);
    expect(await told()).toEqual(nothingTold);
  });

  test('after everything, no table knows a link or a code', async () => {
    const { directory, write, sender, mailServer } = await openMailDesk(database);
    await write(invitation);
    await write(signIn);
    await sender.run();
    mailServer.refusals = { rcpt: '550 5.1.1 no such user' };
    await write(invitation);
    await sender.run();
    const tables = ['outbox', 'events', 'audit', 'members', 'orgs'] as const;
    const rows = await Promise.all(
      tables.map((table) => directory.db.selectFrom(table).selectAll().execute()),
    );
    expect(rows.every((found) => found.length > 0)).toBe(true);
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${testToken}|${signIn.data.code}`));
  });
});
