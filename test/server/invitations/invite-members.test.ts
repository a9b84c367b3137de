import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AskedInOrg } from '../../../server/audit/change-context.ts';
import { hashToken } from '../../../server/core/secrets.ts';
import {
  expireInvitations,
  resendInvitation,
  revokeInvitation,
} from '../../../server/invitations/change-invitation.ts';
import { inviteEverybody } from '../../../server/invitations/invite-everybody.ts';
import { inviteFromText } from '../../../server/invitations/invite-from-text.ts';
import { inviteAddresses, inviteKnownMembers } from '../../../server/invitations/invite-members.ts';
import { listNotInvited, listPending } from '../../../server/invitations/list-invitations.ts';
import type { OrgSettingsChange } from '../../../shared/org-settings.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { followHistory, nothingTold, type Told } from '../../helpers/history.ts';
import { followMails, type QueuedMail } from '../../helpers/queued-mails.ts';
import { databases } from '../../helpers/scim-server.ts';

const day = 24 * 60 * 60 * 1000;
const everyRole = ['owner', 'admin', 'member'] as const;

describe.each(databases)('inviting, on %s', (database) => {
  let directory: Directory;
  let asked: AskedInOrg;
  let told: () => Promise<Told>;
  let mails: () => Promise<readonly QueuedMail[]>;
  beforeAll(async () => {
    directory = await openDirectory(database);
    const actor = { kind: 'member', id: directory.ownerId } as const;
    asked = { orgId: directory.orgId, actor, requestId: 'by Ada' };
    told = await followHistory(directory.db, directory.orgId);
    mails = await followMails(directory.db, directory.orgId);
  });
  afterAll(() => directory.close());

  const decide = (settings: OrgSettingsChange) =>
    directory.db
      .updateTable('orgs')
      .set({ settings: JSON.stringify(settings) })
      .where('id', '=', directory.orgId)
      .execute();
  const invite = (text: string, mayGive: readonly ('owner' | 'admin' | 'member')[] = everyRole) =>
    inviteFromText(directory.deps, asked, { text, role: 'member' }, mayGive);
  const memberAt = (email: string) =>
    directory.db
      .selectFrom('members')
      .selectAll()
      .where('org_id', '=', directory.orgId)
      .where('email_norm', '=', email)
      .executeTakeFirstOrThrow();
  const invitationOf = (memberId: string) =>
    directory.db
      .selectFrom('invitations')
      .selectAll()
      .where('member_id', '=', memberId)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
  const addByHand = async (userName: string, status: 'active' | 'not_invited' = 'not_invited') =>
    (
      await directory.byHand.apply({
        kind: 'add-member-by-hand',
        attributes: { userName },
        standing: { role: 'member', invitedAt: null, joinedAt: status === 'active' ? 1 : null },
      })
    ).member.id;
  const catchUp = async () => {
    await told();
    await mails();
  };

  test('somebody new: added, invited, told and written to, and only the mail has the token', async () => {
    await catchUp();
    const { people, repeated } = await invite('Noor Haddad <noor@larkspur.example>');
    const member = await memberAt('noor@larkspur.example');
    expect({ people, repeated }).toEqual({
      people: [
        { line: 1, column: 13, address: 'noor@larkspur.example', outcome: 'invited', memberId: member.id },
      ],
      repeated: 0,
    });
    expect(member).toMatchObject({ status: 'invited', connection_id: null, role: 'member' });
    const invitation = await invitationOf(member.id);
    expect(invitation).toMatchObject({
      by_kind: 'member',
      by_id: directory.ownerId,
      expires_at: directory.clock.now + 14 * day,
      sent_count: 1,
      ended_at: null,
    });
    const { events, audit } = await told();
    expect(events.map(({ type, subject, by, data }) => ({ type, subject, by, data }))).toEqual([
      { type: 'member.added', subject: member.id, by: directory.ownerId, data: { status: 'not_invited' } },
      {
        type: 'member.invited',
        subject: member.id,
        by: directory.ownerId,
        data: { invitationId: invitation.id, automatic: false },
      },
    ]);
    expect(audit).toMatchObject([
      { action: 'member.added', requestId: 'by Ada' },
      {
        action: 'member.invited',
        changes: { status: ['not_invited', 'invited'], invitedTo: [null, 'noor@larkspur.example'] },
      },
    ]);
    const [mail, ...others] = await mails();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      kind: 'invitation',
      to: 'noor@larkspur.example',
      state: 'waiting',
      data: {
        orgName: 'Larkspur Foundry',
        inviterName: 'ada@larkspur.example',
        recipientName: 'Noor Haddad',
        expiresAt: invitation.expires_at,
      },
    });
    const token = mail?.kind === 'invitation' ? mail.data.token : '';
    expect(hashToken(token)).toBe(invitation.hash);
    const written = JSON.stringify([events, audit, invitation, await memberAt('noor@larkspur.example')]);
    expect(written).not.toContain(token);
  });

  test('a paste of every shape: an outcome for each piece, in its order', async () => {
    const active = await addByHand('active@larkspur.example', 'active');
    const blocked = await addByHand('blocked@larkspur.example');
    await directory.byHand.apply({ kind: 'block-member', id: blocked, reason: null });
    const gone = await addByHand('gone@larkspur.example');
    await directory.byHand.apply({ kind: 'deactivate-member', id: gone });
    const noMail = await addByHand('no-address');
    await catchUp();
    const { people, repeated } = await invite(
      'active@larkspur.example; blocked@larkspur.example\tgone@larkspur.example\n' +
        'noor@larkspur.example, NOOR@larkspur.example, rufus@@larkspur.example\n' +
        'Imogen Adeyemi imogen@larkspur.example',
    );
    const noor = await memberAt('noor@larkspur.example');
    const imogen = await memberAt('imogen@larkspur.example');
    expect(people).toEqual([
      { line: 1, column: 1, address: 'active@larkspur.example', outcome: 'already_active', memberId: active },
      { line: 1, column: 26, address: 'blocked@larkspur.example', outcome: 'blocked', memberId: blocked },
      { line: 1, column: 51, address: 'gone@larkspur.example', outcome: 'deactivated', memberId: gone },
      {
        line: 2,
        column: 1,
        address: 'noor@larkspur.example',
        outcome: 'already_invited',
        memberId: noor.id,
      },
      { line: 2, column: 47, text: 'rufus@@larkspur.example', outcome: 'malformed', fault: 'two_ats' },
      { line: 3, column: 16, address: 'imogen@larkspur.example', outcome: 'invited', memberId: imogen.id },
    ]);
    expect(repeated).toBe(1);
    expect(JSON.parse(imogen.attributes)).toMatchObject({ displayName: 'Imogen Adeyemi' });
    expect((await mails()).map(({ to }) => to)).toEqual(['imogen@larkspur.example']);
    expect(await inviteKnownMembers(directory.deps, asked, [noMail, 'nobody'])).toEqual([
      { outcome: 'no_address', memberId: noMail },
      { outcome: 'not_found' },
    ]);
  });

  test('a role is given only by who may, and only to whom the directory did not know', async () => {
    const text =
      'E-Mail;Role\nadmin@larkspur.example;Admin\nowner@larkspur.example;owner\nnoor@larkspur.example;owner';
    const { people } = await invite(text, ['admin', 'member']);
    expect(people.map(({ outcome }) => outcome)).toEqual(['invited', 'not_allowed', 'already_invited']);
    expect(await memberAt('admin@larkspur.example')).toMatchObject({ role: 'admin', role_by_hand: 1 });
    expect(await memberAt('noor@larkspur.example')).toMatchObject({ role: 'member' });
  });

  test('held to the verified domains, the others stay outside', async () => {
    await decide({ verifiedDomainsOnly: true });
    await directory.db
      .insertInto('org_domains')
      .values({
        org_id: directory.orgId,
        domain: 'heron.example',
        challenge: 'c',
        created_at: 1,
        verified_at: 1,
        checked_at: 1,
        failing_since: null,
      })
      .execute();
    await catchUp();
    const { people } = await invite('in@Heron.example, out@tern.example, sub@x.heron.example');
    expect(people.map(({ outcome }) => outcome)).toEqual(['invited', 'outside_domains', 'outside_domains']);
    expect((await mails()).map(({ to }) => to)).toEqual(['in@Heron.example']);
    await decide({});
  });

  test('resending: a new link and a new end, and the old link is worth nothing', async () => {
    const member = await memberAt('noor@larkspur.example');
    const before = await invitationOf(member.id);
    await catchUp();
    directory.clock.now += day;
    await resendInvitation(directory.deps, asked, member.id);
    const after = await invitationOf(member.id);
    expect(after).toMatchObject({
      id: before.id,
      created_at: before.created_at,
      sent_count: 2,
      expires_at: before.expires_at + day,
    });
    expect(after.hash).not.toBe(before.hash);
    const [mail] = await mails();
    expect(mail?.kind === 'invitation' && hashToken(mail.data.token)).toBe(after.hash);
    expect((await told()).events).toMatchObject([
      { type: 'member.invitation_resent', data: { invitationId: before.id } },
    ]);
    const active = await memberAt('active@larkspur.example');
    await expect(resendInvitation(directory.deps, asked, active.id)).rejects.toMatchObject({
      code: 'member.wrong_status',
      params: { refusal: 'already_active' },
    });
  });

  test('revoking and expiring: not invited again, and the link is over', async () => {
    const noor = await memberAt('noor@larkspur.example');
    const imogen = await memberAt('imogen@larkspur.example');
    await catchUp();
    await revokeInvitation(directory.deps, asked, noor.id);
    expect(await memberAt('noor@larkspur.example')).toMatchObject({
      status: 'not_invited',
      invited_at: null,
    });
    expect(await invitationOf(noor.id)).toMatchObject({ ended: 'revoked', ended_at: directory.clock.now });
    expect(await told()).toMatchObject({
      events: [{ type: 'member.invitation_revoked' }],
      audit: [{ action: 'member.invitation_revoked', changes: { status: ['invited', 'not_invited'] } }],
    });
    await expireInvitations(directory.deps);
    expect(await told()).toEqual(nothingTold);
    directory.clock.now += 14 * day;
    await expireInvitations(directory.deps);
    expect(await memberAt('imogen@larkspur.example')).toMatchObject({ status: 'not_invited' });
    expect(await invitationOf(imogen.id)).toMatchObject({ ended: 'expired' });
    const { events } = await told();
    expect(events.find(({ subject }) => subject === imogen.id)).toMatchObject({
      type: 'member.invitation_expired',
      by: 'expiry',
    });
    expect(await mails()).toEqual([]);
  });

  test('inviting everybody goes through the whole list, and the pages of both lists hold each once', async () => {
    const extra = Array.from({ length: 120 }, (_, n) => `p${n}@larkspur.example`);
    for (const address of extra) await addByHand(address);
    const notInvited: string[] = [];
    for (let after = 0; ; ) {
      const page = await listNotInvited(directory.db, directory.orgId, { after, limit: 50 });
      notInvited.push(...page.rows.map(({ email, name }) => email ?? name));
      if (page.next === null) break;
      after = page.next;
    }
    expect(new Set(notInvited).size).toBe(notInvited.length);
    expect(notInvited).toEqual(expect.arrayContaining(extra));
    await catchUp();
    let progress = {};
    for await (const counts of inviteEverybody(directory.deps, asked)) progress = counts;
    expect(progress).toEqual({ invited: notInvited.length - 1, no_address: 1 });
    expect((await mails()).length).toBe(notInvited.length - 1);

    directory.clock.now += 3 * day;
    const pending: string[] = [];
    const { orgId } = directory;
    for (let page = await listPending(directory.deps, orgId, { limit: 50 }); ; ) {
      pending.push(...page.rows.map(({ memberId }) => memberId));
      if (page.next === null) break;
      page = await listPending(directory.deps, orgId, { limit: 50, after: page.next });
    }
    expect(pending).toHaveLength(new Set(pending).size);
    expect(pending).toHaveLength(notInvited.length - 1);
    const [first] = (await listPending(directory.deps, orgId, { limit: 1 })).rows;
    expect(first).toMatchObject({ daysWaiting: 3, nudges: 0, lastNudgedAt: null, mailFailure: null });
  });

  test('another org’s member is not found', async () => {
    const other = await directory.found('Tern Optics');
    const actor = { kind: 'member', id: other.ownerId } as const;
    const foreign = { orgId: other.orgId, actor, requestId: 'r' };
    const { id } = await memberAt('p1@larkspur.example');
    for (const change of [resendInvitation, revokeInvitation])
      await expect(change(other.deps, foreign, id)).rejects.toMatchObject({ code: 'member.not_found' });
    expect(await inviteKnownMembers(other.deps, foreign, [id])).toEqual([{ outcome: 'not_found' }]);
    expect((await listPending(other.deps, other.orgId, { limit: 50 })).rows).toEqual([]);
  });

  test('more than 5,000 addresses are refused before anybody is invited', async () => {
    const invitees = Array.from({ length: 5001 }, (_, n) => ({
      address: `q${n}@larkspur.example`,
      role: 'member' as const,
    }));
    await expect(inviteAddresses(directory.deps, asked, invitees, everyRole)).rejects.toMatchObject({
      code: 'invitation.too_many',
    });
    await expect(memberAt('q0@larkspur.example')).rejects.toThrow();
  });
});
