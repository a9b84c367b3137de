import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AskedInOrg } from '../../../server/audit/change-context.ts';
import { hashToken } from '../../../server/core/secrets.ts';
import { renderMail } from '../../../server/delivery/render-mail.ts';
import { readUnsubscribeToken, stopReminders } from '../../../server/delivery/stop-reminders.ts';
import { lookUpInvitation } from '../../../server/invitations/accept-invitation.ts';
import { resendInvitation } from '../../../server/invitations/change-invitation.ts';
import { inviteFromText } from '../../../server/invitations/invite-from-text.ts';
import { listPending } from '../../../server/invitations/list-invitations.ts';
import { nudgeMembers } from '../../../server/invitations/nudge-members.ts';
import { previewNudge } from '../../../server/invitations/preview-nudge.ts';
import { remindPending } from '../../../server/invitations/remind-pending.ts';
import { nudgeSchema } from '../../../shared/invitation.ts';
import type { OrgSettingsChange } from '../../../shared/org-settings.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { followHistory, type Told } from '../../helpers/history.ts';
import { followMails, type QueuedMail } from '../../helpers/queued-mails.ts';
import { databases } from '../../helpers/scim-server.ts';

const hour = 60 * 60 * 1000;
const day = 24 * hour;

describe.each(databases)('nudging, on %s', (database) => {
  let opened: Directory;
  let directory: Directory;
  let asked: AskedInOrg;
  let told: () => Promise<Told>;
  let mails: () => Promise<readonly QueuedMail[]>;
  let [noor, rufus, imogen] = ['', '', ''];
  let orgs = 0;
  beforeAll(async () => {
    opened = await openDirectory(database);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    orgs += 1;
    directory = await opened.found(`Org ${orgs}`);
    asked = { orgId: directory.orgId, actor: { kind: 'member', id: directory.ownerId }, requestId: 'by Ada' };
    const text = 'Noor Haddad <noor@x.example>, rufus@x.example, imogen@x.example';
    const { people } = await inviteFromText(directory.deps, asked, { text, role: 'member' }, ['member']);
    [noor = '', rufus = '', imogen = ''] = people.map((one) =>
      'memberId' in one ? (one.memberId ?? '') : '',
    );
    told = await followHistory(directory.db, directory.orgId);
    mails = await followMails(directory.db, directory.orgId);
  });

  const decide = (settings: OrgSettingsChange) =>
    directory.db
      .updateTable('orgs')
      .set({ settings: JSON.stringify(settings) })
      .where('id', '=', directory.orgId)
      .execute();
  const nudge = (memberIds: readonly string[], message: string | null = null) =>
    nudgeMembers(directory.deps, asked, nudgeSchema.parse({ memberIds, message }));
  const outcomes = async (...memberIds: readonly string[]) =>
    (await nudge(memberIds)).map(({ outcome }) => outcome);
  const pendingOf = async (memberId: string) =>
    (await listPending(directory.deps, directory.orgId, { limit: 50 })).rows.find(
      (row) => row.memberId === memberId,
    );

  test('the admin’s message goes out, told and counted, and both mails’ links open the invitation', async () => {
    const { hash } = await directory.db
      .selectFrom('invitations')
      .selectAll()
      .where('member_id', '=', noor)
      .executeTakeFirstOrThrow();
    directory.clock.now += 25 * hour;
    const nextAt = directory.clock.now + 24 * hour;
    expect(await nudge([noor], '  The forge is warm.\r\nCome\u0007 in!\u202e ')).toEqual([
      { memberId: noor, outcome: 'nudged', nextAt },
    ]);
    const [mail, ...others] = await mails();
    expect(others).toEqual([]);
    if (mail?.kind !== 'nudge') throw new Error('no reminder was queued');
    expect(mail).toMatchObject({
      to: 'noor@x.example',
      data: {
        inviterName: 'ada@larkspur.example',
        recipientName: 'Noor Haddad',
        message: 'The forge is warm.\nCome in!',
      },
    });
    expect(readUnsubscribeToken(directory.deps.secret, mail.data.unsubscribeToken)).toEqual({
      orgId: directory.orgId,
      memberId: noor,
    });
    expect(hashToken(mail.data.token)).not.toBe(hash);
    expect(await lookUpInvitation(directory.deps, mail.data.token)).toMatchObject({ state: 'open' });
    expect((await told()).events).toMatchObject([
      {
        type: 'member.nudged',
        subject: noor,
        by: directory.ownerId,
        data: { automatic: false, message: true },
      },
    ]);
    expect(await pendingOf(noor)).toMatchObject({
      nudges: 1,
      lastNudgedAt: directory.clock.now,
      nextNudgeAt: nextAt,
    });

    await resendInvitation(directory.deps, asked, noor);
    expect(await lookUpInvitation(directory.deps, mail.data.token)).toEqual({ state: 'unknown' });
  });

  test('kind means kind: cool-down, most per person, reminders off, mail that does not arrive', async () => {
    await decide({ nudge: { cooldownHours: 2, mostPerMember: 2, mostPerDay: 1000 } });
    expect(await nudge([noor])).toEqual([
      { memberId: noor, outcome: 'cools_down', nextAt: directory.clock.now + 2 * hour },
    ]);
    directory.clock.now += 2 * hour;
    expect(await outcomes(noor)).toEqual(['nudged']);
    directory.clock.now += 2 * hour - 1;
    expect(await outcomes(noor)).toEqual(['cools_down']);
    directory.clock.now += 1;
    expect(await nudge([noor])).toEqual([{ memberId: noor, outcome: 'nudged', nextAt: null }]);
    directory.clock.now += 9 * day;
    expect(await nudge([noor])).toEqual([{ memberId: noor, outcome: 'limit_reached', nextAt: null }]);

    await stopReminders(directory.deps, { orgId: directory.orgId, memberId: rufus }, { requestId: 'r' });
    await directory.db
      .updateTable('members')
      .set({ mail_failure: 'The mailbox is full.' })
      .where('id', '=', imogen)
      .execute();
    expect(await nudge([rufus, imogen, directory.ownerId, 'nobody'])).toEqual([
      { memberId: rufus, outcome: 'reminders_off', nextAt: null },
      { memberId: imogen, outcome: 'mail_failing', nextAt: null },
      { memberId: directory.ownerId, outcome: 'not_pending', nextAt: null },
      { memberId: 'nobody', outcome: 'not_pending', nextAt: null },
    ]);
    expect(await pendingOf(imogen)).toMatchObject({ mailFailure: 'The mailbox is full.', nextNudgeAt: null });
  });

  test('the org’s daily cap, and when the next one is possible', async () => {
    await decide({ nudge: { cooldownHours: 1, mostPerMember: 20, mostPerDay: 2 } });
    directory.clock.now += hour;
    const first = directory.clock.now;
    expect(await outcomes(noor)).toEqual(['nudged']);
    directory.clock.now += hour;
    expect(await nudge([rufus, imogen, noor])).toEqual([
      { memberId: rufus, outcome: 'nudged', nextAt: directory.clock.now + hour },
      { memberId: imogen, outcome: 'day_limit_reached', nextAt: first + day },
      { memberId: noor, outcome: 'day_limit_reached', nextAt: first + day },
    ]);
    directory.clock.now = first + day;
    expect(await outcomes(imogen, noor)).toEqual(['nudged', 'day_limit_reached']);
  });

  test('twice in one request or at the same moment is once', async () => {
    directory.clock.now += 2 * day;
    expect(await outcomes(noor, noor)).toEqual(['nudged']);
    const both = await Promise.all([outcomes(rufus), outcomes(rufus), outcomes(rufus)]);
    expect(both.flat().sort()).toEqual(['cools_down', 'cools_down', 'nudged']);
    expect((await mails()).length).toBe(2);
  });

  test('the preview is what is sent, but for the tokens', async () => {
    directory.clock.now += 2 * day;
    const message = 'Hello <b>you</b>\nsee https://x.example';
    const place = { publicUrl: () => 'https://rollcall.example' };
    const preview = await previewNudge({ db: directory.db, ...place }, asked, { memberId: noor, message });
    expect(preview.html).toContain('&lt;b&gt;you');
    await nudge([noor], message);
    const [mail] = await mails();
    if (mail?.kind !== 'nudge') throw new Error('no reminder was queued');
    const sent = renderMail(mail, { publicUrl: place.publicUrl(), senderName: `Org ${orgs}` });
    const withoutTokens = (text: string) =>
      text
        .replaceAll(encodeURIComponent(mail.data.token), 'T')
        .replaceAll(encodeURIComponent(mail.data.unsubscribeToken), 'T')
        .replaceAll('made-when-the-mail-is-sent', 'T');
    expect(withoutTokens(preview.text)).toBe(withoutTokens(sent.text));
    expect(withoutTokens(preview.html)).toBe(withoutTokens(sent.html));
    expect(preview.subject).toBe(sent.subject);
    const other = { memberId: directory.ownerId, message: null };
    await expect(previewNudge({ db: directory.db, ...place }, asked, other)).rejects.toMatchObject({
      code: 'member.wrong_status',
    });
  });

  test('a message is plain text of at most 1,000 characters', () => {
    const parse = (message: string) => nudgeSchema.safeParse({ memberIds: ['m'], message });
    expect(parse('x'.repeat(1000)).success).toBe(true);
    expect(parse('x'.repeat(1001)).success).toBe(false);
    expect(parse(' \n\u0000 ').data?.message).toBe(null);
    expect(parse('👩\u200d🔧 ok\tthen').data?.message).toBe('👩\u200d🔧 ok\tthen');
  });

  test('reminders leave by themselves on the days that the org wants, each once', async () => {
    const reminded = async () => {
      await remindPending(directory.deps);
      return (await mails()).map(({ kind, to }) => `${kind} to ${to}`).sort();
    };
    directory.clock.now += 3 * day;
    expect(await reminded()).toEqual([]);
    await decide({ reminderDays: [7, 3] });
    await stopReminders(directory.deps, { orgId: directory.orgId, memberId: rufus }, { requestId: 'r' });
    expect(await reminded()).toEqual(['nudge to imogen@x.example', 'nudge to noor@x.example']);
    expect((await told()).events.filter(({ type }) => type === 'member.nudged')).toMatchObject([
      { by: 'reminders', data: { automatic: true, message: false } },
      { by: 'reminders', data: { automatic: true, message: false } },
    ]);
    directory.clock.now += 2 * day;
    expect(await reminded()).toEqual([]);
    directory.clock.now += 2 * day;
    expect(await outcomes(noor)).toEqual(['nudged']);
    await mails();
    expect(await reminded()).toEqual(['nudge to imogen@x.example']);
    directory.clock.now += 2 * day;
    expect(await reminded()).toEqual([]);
  });

  test('a server that was stopped for a week sends one reminder, not two', async () => {
    await decide({ reminderDays: [3, 7] });
    directory.clock.now += 8 * day;
    await remindPending(directory.deps);
    directory.clock.now += 2 * day;
    await remindPending(directory.deps);
    expect((await mails()).filter(({ to }) => to === 'noor@x.example')).toHaveLength(1);
  });
});
