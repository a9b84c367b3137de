import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AskedInOrg } from '../../../server/audit/change-context.ts';
import { acceptInvitation, lookUpInvitation } from '../../../server/invitations/accept-invitation.ts';
import {
  expireInvitations,
  resendInvitation,
  revokeInvitation,
} from '../../../server/invitations/change-invitation.ts';
import { inviteFromText } from '../../../server/invitations/invite-from-text.ts';
import { inviteKnownMembers } from '../../../server/invitations/invite-members.ts';
import { anyVersion, type Directory, openDirectory } from '../../helpers/directory.ts';
import { followHistory, nothingTold, type Told } from '../../helpers/history.ts';
import { followMails, type QueuedMail } from '../../helpers/queued-mails.ts';
import { databases } from '../../helpers/scim-server.ts';

const day = 24 * 60 * 60 * 1000;

describe.each(databases)('accepting an invitation, on %s', (database) => {
  let directory: Directory;
  let asked: AskedInOrg;
  let told: () => Promise<Told>;
  let mails: () => Promise<readonly QueuedMail[]>;
  beforeAll(async () => {
    directory = await openDirectory(database);
    asked = { orgId: directory.orgId, actor: { kind: 'member', id: directory.ownerId }, requestId: 'by Ada' };
    told = await followHistory(directory.db, directory.orgId);
    mails = await followMails(directory.db, directory.orgId);
  });
  afterAll(() => directory.close());

  const lastToken = async () => {
    const mail = (await mails()).at(-1);
    return mail?.kind === 'invitation' ? mail.data.token : '';
  };
  const invite = async (text: string) => {
    const { people } = await inviteFromText(directory.deps, asked, { text, role: 'member' }, ['member']);
    const [person] = people;
    const id = person && 'memberId' in person ? (person.memberId ?? '') : '';
    return { id, token: await lastToken() };
  };
  const accept = (token: string, name = 'Noor Haddad') =>
    acceptInvitation(directory.deps, { token, name, requestId: 'the click' });
  const look = async (token: string) => (await lookUpInvitation(directory.deps, token)).state;
  const find = (id: string) =>
    directory.db.selectFrom('members').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

  test('the offer, and one click', async () => {
    const { id, token } = await invite('noor.haddad@x.example');
    await told();
    expect(await lookUpInvitation(directory.deps, token)).toEqual({
      state: 'open',
      orgName: 'Larkspur Foundry',
      inviterName: 'ada@larkspur.example',
      email: 'noor.haddad@x.example',
      name: 'Noor Haddad',
      isManaged: false,
    });
    expect(await told()).toEqual(nothingTold);
    expect(await accept(token, 'Noor J. Haddad')).toEqual({
      state: 'accepted',
      orgId: directory.orgId,
      memberId: id,
    });
    const member = await find(id);
    expect(member).toMatchObject({ status: 'active', joined_at: directory.clock.now });
    expect(JSON.parse(member.attributes)).toMatchObject({ displayName: 'Noor J. Haddad' });
    expect(await told()).toMatchObject({
      events: [
        { type: 'member.updated', by: id, data: { changed: ['displayName'] } },
        { type: 'member.joined', by: id, data: { by: 'invitation' } },
      ],
      audit: [
        { action: 'member.updated' },
        { action: 'member.joined', requestId: 'the click', changes: { status: ['invited', 'active'] } },
      ],
    });
    const invitation = await directory.db
      .selectFrom('invitations')
      .selectAll()
      .where('member_id', '=', id)
      .executeTakeFirstOrThrow();
    expect(invitation).toMatchObject({ ended: 'accepted', ended_at: directory.clock.now });

    expect([await look(token), await accept(token)]).toEqual(['joined', { state: 'joined' }]);
    expect(await told()).toEqual(nothingTold);
  });

  test('two clicks at the same moment join once', async () => {
    const { id, token } = await invite('twice@x.example');
    await told();
    const states = (await Promise.all([accept(token), accept(token), accept(token)])).map(
      ({ state }) => state,
    );
    expect(states.sort()).toEqual(['accepted', 'joined', 'joined']);
    const joined = (await told()).events.filter(({ type }) => type === 'member.joined');
    expect(joined).toMatchObject([{ subject: id }]);
  });

  test('the name of somebody whom an identity provider manages stays as it is there', async () => {
    const okta = await directory.connect('Okta');
    const attributes = { userName: 'managed@x.example', name: { givenName: 'Ines', familyName: 'Vale' } };
    const { member } = await okta.apply({ kind: 'provision-member', attributes });
    await inviteKnownMembers(directory.deps, asked, [member.id]);
    const token = await lastToken();
    expect(await lookUpInvitation(directory.deps, token)).toMatchObject({
      name: 'Ines Vale',
      isManaged: true,
    });
    await accept(token, 'Mallory');
    expect(await find(member.id)).toMatchObject({ status: 'active', attributes: member.attributes });
  });

  test('a link that opens nothing says why', async () => {
    expect([await look('rollcall_nonsense'), await look('')]).toEqual(['unknown', 'unknown']);
    const { id, token: first } = await invite('rufus@x.example');

    await resendInvitation(directory.deps, asked, id);
    const second = await lastToken();
    expect([await look(first), await accept(first)]).toEqual(['unknown', { state: 'unknown' }]);

    await directory.byHand.apply({ kind: 'block-member', id, reason: null });
    expect([await look(second), await accept(second)]).toEqual(['blocked', { state: 'blocked' }]);
    await directory.byHand.apply({ kind: 'deactivate-member', id });
    expect([await look(second), await accept(second)]).toEqual(['deactivated', { state: 'deactivated' }]);
    await directory.byHand.apply({ kind: 'reactivate-member', id });
    await directory.byHand.apply({ kind: 'unblock-member', id });
    expect([await look(second), await accept(second)]).toEqual(['replaced', { state: 'replaced' }]);

    const third = await lastToken();
    directory.clock.now += 14 * day;
    expect([await look(third), await accept(third)]).toEqual(['expired', { state: 'expired' }]);
    await expireInvitations(directory.deps);
    expect([await look(third), await accept(third)]).toEqual(['expired', { state: 'expired' }]);

    await inviteKnownMembers(directory.deps, asked, [id]);
    const fourth = await lastToken();
    await revokeInvitation(directory.deps, asked, id);
    expect([await look(fourth), await accept(fourth)]).toEqual(['revoked', { state: 'revoked' }]);

    await directory.byHand.apply({ kind: 'remove-member', id, isExpected: anyVersion });
    expect([await look(fourth), await accept(fourth)]).toEqual(['removed', { state: 'removed' }]);
  });
});
