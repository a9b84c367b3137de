import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AskedInOrg } from '../../../server/audit/change-context.ts';
import { revokeInvitation } from '../../../server/invitations/change-invitation.ts';
import { fillAllSeats, fillSeatsEverywhere } from '../../../server/invitations/fill-seats.ts';
import { inviteFromText } from '../../../server/invitations/invite-from-text.ts';
import type { OrgSettingsChange } from '../../../shared/org-settings.ts';
import { anyVersion, type Directory, type Entrance, openDirectory } from '../../helpers/directory.ts';
import { followHistory, type Told } from '../../helpers/history.ts';
import { followMails, type QueuedMail } from '../../helpers/queued-mails.ts';
import { databases } from '../../helpers/scim-server.ts';

describe.each(databases)('what follows from a change for seats and invitations, on %s', (database) => {
  let opened: Directory;
  let directory: Directory;
  let okta: Entrance;
  let asked: AskedInOrg;
  let told: () => Promise<Told>;
  let mails: () => Promise<readonly QueuedMail[]>;
  let orgs = 0;
  beforeAll(async () => {
    opened = await openDirectory(database);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    orgs += 1;
    directory = await opened.found(`Org ${orgs}`);
    okta = await directory.connect('Okta');
    asked = { orgId: directory.orgId, actor: { kind: 'member', id: directory.ownerId }, requestId: 'by Ada' };
    told = await followHistory(directory.db, directory.orgId);
    mails = await followMails(directory.db, directory.orgId);
  });

  const decide = (settings: OrgSettingsChange) =>
    directory.db
      .updateTable('orgs')
      .set({ settings: JSON.stringify(settings) })
      .where('id', '=', directory.orgId)
      .execute();
  const arrive = async (userName: string, more: Record<string, string | boolean> = {}) =>
    (await okta.apply({ kind: 'provision-member', attributes: { userName, ...more } })).member;
  const edit = (id: string, change: Record<string, string | boolean>) =>
    okta.apply({
      kind: 'edit-member',
      id,
      isExpected: anyVersion,
      edit: (now) => ({ ...now, ...change }),
    });
  const addByHand = async (userName: string, joined = false) =>
    (
      await directory.byHand.apply({
        kind: 'add-member-by-hand',
        attributes: { userName },
        standing: { role: 'member', invitedAt: null, joinedAt: joined ? 1 : null },
      })
    ).member;
  const invite = async (text: string) => {
    const { people } = await inviteFromText(directory.deps, asked, { text, role: 'member' }, ['member']);
    return people.map(({ outcome }) => outcome);
  };
  const find = (id: string) =>
    directory.db.selectFrom('members').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const statusOf = async (id: string) => {
    const { status, waiting_since } = await find(id);
    return waiting_since === null ? status : `${status}, waiting`;
  };
  const byAddress = async (email: string) =>
    (
      await directory.db
        .selectFrom('members')
        .select('id')
        .where('org_id', '=', directory.orgId)
        .where('email_norm', '=', email)
        .executeTakeFirstOrThrow()
    ).id;
  const types = async () => (await told()).events.map(({ type }) => type);
  const recipients = async () => (await mails()).map(({ kind, to }) => `${kind} to ${to}`);

  describe('automatic invitations', () => {
    beforeEach(() => decide({ automaticInvites: true }));

    test('whoever arrives by SCIM is invited in the same transaction', async () => {
      const member = await arrive('noor@larkspur.example', { displayName: 'Noor Haddad' });
      expect(member).toMatchObject({ status: 'invited', invited_at: directory.clock.now });
      expect(await find(member.id)).toMatchObject({ status: 'invited', version: member.version });
      expect((await told()).events).toMatchObject([
        { type: 'member.added', by: okta.connectionId },
        { type: 'member.invited', by: okta.connectionId, data: { automatic: true } },
      ]);
      expect(await mails()).toMatchObject([
        {
          kind: 'invitation',
          to: 'noor@larkspur.example',
          data: { inviterName: null, recipientName: 'Noor Haddad' },
        },
      ]);
    });

    test('somebody without an address is invited as soon as they have one, once', async () => {
      const { id } = await arrive('noor');
      expect(await statusOf(id)).toBe('not_invited');
      await edit(id, { displayName: 'Noor' });
      expect(await recipients()).toEqual([]);
      await edit(id, { userName: 'noor@larkspur.example' });
      expect(await statusOf(id)).toBe('invited');
      await edit(id, { displayName: 'Noor Haddad' });
      expect(await recipients()).toEqual(['invitation to noor@larkspur.example']);
    });

    test('adopted or returning people are invited, people added by hand are not', async () => {
      const { id } = await addByHand('rufus@larkspur.example');
      expect(await recipients()).toEqual([]);
      expect((await arrive('rufus@larkspur.example')).id).toBe(id);
      expect(await statusOf(id)).toBe('invited');
      const inactive = await arrive('imogen@larkspur.example', { active: false });
      expect(inactive.status).toBe('deactivated');
      expect(await recipients()).toEqual(['invitation to rufus@larkspur.example']);
      await edit(inactive.id, { active: true });
      expect(await statusOf(inactive.id)).toBe('invited');
      expect(await recipients()).toEqual(['invitation to imogen@larkspur.example']);
    });

    test('an invitation that was taken back stays so whatever the connection writes', async () => {
      const { id } = await arrive('noor@larkspur.example');
      await revokeInvitation(directory.deps, asked, id);
      await edit(id, { displayName: 'Noor' });
      expect(await statusOf(id)).toBe('not_invited');
      expect(await recipients()).toEqual(['invitation to noor@larkspur.example']);
    });

    test('addresses outside the verified domains are not invited where invitations are held to those', async () => {
      await decide({ automaticInvites: true, verifiedDomainsOnly: true });
      expect((await arrive('noor@elsewhere.example')).status).toBe('not_invited');
      expect(await recipients()).toEqual([]);
    });
  });

  test('automatic invites off: whoever arrives is not invited', async () => {
    expect((await arrive('noor@larkspur.example')).status).toBe('not_invited');
    expect(await recipients()).toEqual([]);
  });

  test.each([
    ['unblocked', 'block-member', 'unblock-member', 'member.unblocked'],
    ['reactivated', 'deactivate-member', 'reactivate-member', 'member.reactivated'],
  ] as const)('somebody %s while invited gets a fresh invitation', async (_how, away, back, event) => {
    await invite('noor@larkspur.example');
    const id = await byAddress('noor@larkspur.example');
    const leave = away === 'block-member' ? { kind: away, id, reason: null } : { kind: away, id };
    await directory.byHand.apply(leave);
    await told();
    await mails();
    await directory.byHand.apply({ kind: back, id });
    expect(await statusOf(id)).toBe('invited');
    expect(await types()).toEqual([event, 'member.invited']);
    expect(await recipients()).toEqual(['invitation to noor@larkspur.example']);
    const invitations = await directory.db
      .selectFrom('invitations')
      .select('ended')
      .where('member_id', '=', id)
      .orderBy('id')
      .execute();
    expect(invitations).toEqual([{ ended: 'access_ended' }, { ended: null }]);
  });

  test('a new address: the link in the old mailbox is worth nothing, a new one is on its way', async () => {
    await invite('noor@old.example');
    const { id } = await arrive('noor@old.example');
    const before = await directory.db
      .selectFrom('invitations')
      .selectAll()
      .where('member_id', '=', id)
      .executeTakeFirstOrThrow();
    await mails();
    await edit(id, { userName: 'Noor@old.example' });
    expect(await recipients()).toEqual([]);
    await okta.apply({
      kind: 'edit-member',
      id,
      isExpected: anyVersion,
      edit: (now) => ({ ...now, emails: [{ value: 'noor@new.example', primary: true }] }),
    });
    expect(await recipients()).toEqual(['invitation to noor@new.example']);
    const after = await directory.db
      .selectFrom('invitations')
      .selectAll()
      .where('member_id', '=', id)
      .executeTakeFirstOrThrow();
    expect(after).toMatchObject({ id: before.id, sent_count: 2 });
    expect(after.hash).not.toBe(before.hash);
  });

  describe('seats', () => {
    test('who does not fit waits, and takes the next free seat, the longest-waiting first', async () => {
      await decide({ seatLimit: 2 });
      expect(await invite('a@larkspur.example, b@larkspur.example')).toEqual(['invited', 'waits_for_seat']);
      directory.clock.now += 1000;
      expect(await invite('c@larkspur.example')).toEqual(['waits_for_seat']);
      expect(await invite('b@larkspur.example')).toEqual(['waits_for_seat']);
      const [a, b, c] = await Promise.all(
        ['a', 'b', 'c'].map((name) => byAddress(`${name}@larkspur.example`)),
      );
      if (!a || !b || !c) throw new Error('somebody is missing');
      expect((await told()).events.filter(({ type }) => type === 'member.waiting')).toMatchObject([
        { subject: b },
        { subject: c },
      ]);
      await mails();
      await directory.byHand.apply({ kind: 'remove-member', id: a, isExpected: anyVersion });
      expect([await statusOf(b), await statusOf(c)]).toEqual(['invited', 'not_invited, waiting']);
      expect((await told()).events).toMatchObject([
        { type: 'member.removed', subject: a },
        { type: 'member.seated', subject: b, data: { status: 'invited' } },
        { type: 'member.invited', subject: b, data: { automatic: true } },
      ]);
      expect(await recipients()).toEqual(['invitation to b@larkspur.example']);
      await revokeInvitation(directory.deps, asked, b);
      expect([await statusOf(b), await statusOf(c)]).toEqual(['not_invited', 'invited']);
    });

    test('arrivals by SCIM wait like everybody else', async () => {
      await decide({ seatLimit: 1, automaticInvites: true });
      const { id } = await arrive('noor@larkspur.example');
      expect(await statusOf(id)).toBe('not_invited, waiting');
      await decide({ seatLimit: 2, automaticInvites: true });
      await edit(id, { displayName: 'Noor' });
      expect(await statusOf(id)).toBe('invited');
      expect(await recipients()).toEqual(['invitation to noor@larkspur.example']);
    });

    test('somebody who had joined and returns without a free seat waits, and is back without a new invitation', async () => {
      const first = await addByHand('first@larkspur.example', true);
      await directory.byHand.apply({ kind: 'block-member', id: first.id, reason: null });
      await decide({ seatLimit: 2 });
      const second = await addByHand('second@larkspur.example', true);
      await directory.byHand.apply({ kind: 'unblock-member', id: first.id });
      expect(await statusOf(first.id)).toBe('not_invited, waiting');
      await told();
      await directory.byHand.apply({ kind: 'deactivate-member', id: second.id });
      expect(await statusOf(first.id)).toBe('active');
      expect(await types()).toEqual(['member.deactivated', 'member.seated']);
      expect(await recipients()).toEqual([]);
    });

    test('whoever is blocked while waiting keeps their place, but takes no seat', async () => {
      await decide({ seatLimit: 2 });
      await invite('a@larkspur.example, b@larkspur.example');
      directory.clock.now += 1000;
      await invite('c@larkspur.example');
      const b = await byAddress('b@larkspur.example');
      const c = await byAddress('c@larkspur.example');
      await directory.byHand.apply({ kind: 'block-member', id: b, reason: null });
      await revokeInvitation(directory.deps, asked, await byAddress('a@larkspur.example'));
      expect([await statusOf(b), await statusOf(c)]).toEqual(['blocked, waiting', 'invited']);
      await directory.byHand.apply({ kind: 'unblock-member', id: b });
      expect(await statusOf(b)).toBe('not_invited, waiting');
      await revokeInvitation(directory.deps, asked, c);
      expect(await statusOf(b)).toBe('invited');
    });

    test('without a limit everybody who waits is seated, however many', async () => {
      await decide({ seatLimit: 1 });
      await invite(Array.from({ length: 120 }, (_, n) => `w${n}@larkspur.example`).join('\n'));
      expect(await recipients()).toEqual([]);
      await decide({ seatLimit: 31 });
      expect(await fillAllSeats(directory.deps, asked)).toBe(30);
      await decide({});
      await fillSeatsEverywhere(directory.deps);
      expect(await recipients()).toHaveLength(120);
    });

    test('two writers at the same moment never take the same seat', async () => {
      await decide({ seatLimit: 11, automaticInvites: true });
      const names = Array.from({ length: 30 }, (_, n) => `r${n}@larkspur.example`);
      const [arrived, ...invited] = await Promise.all([
        Promise.all(names.slice(0, 15).map((name) => arrive(name))),
        ...names.slice(15).map((name) => invite(name)),
      ]);
      const seated = arrived.filter(({ status }) => status === 'invited').length;
      expect(seated + invited.filter(([outcome]) => outcome === 'invited').length).toBe(10);
      const rows = await directory.db
        .selectFrom('members')
        .select((select) => ['status', select.fn.countAll<number>().as('n')])
        .where('org_id', '=', directory.orgId)
        .groupBy('status')
        .orderBy('status')
        .execute();
      expect(rows.map(({ status, n }) => [status, Number(n)])).toEqual([
        ['active', 1],
        ['invited', 10],
        ['not_invited', 20],
      ]);
    });
  });
});
