import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dismissFinding } from '../../../server/diagnosis/put-aside.ts';
import { changeRoleMappings } from '../../../server/groups/role-mapping.ts';
import { nudgeMembers } from '../../../server/invitations/nudge-members.ts';
import { revokeToken, rotateToken } from '../../../server/provisioning/change-connection.ts';
import { findConnection } from '../../../server/provisioning/connection-store.ts';
import { retentionJob } from '../../../server/provisioning/retention.ts';
import { startMailServer } from '../../helpers/mail-server.ts';
import { databases } from '../../helpers/scim-server.ts';
import { openExplainedOrg, schemas, told } from './explained-org.ts';

const minute = 60_000;
const day = 24 * 60 * 60 * 1000;

describe.each(databases)('why somebody has the status they have, on %s', (database) => {
  let org: Awaited<ReturnType<typeof openExplainedOrg>>;
  beforeAll(async () => {
    org = await openExplainedOrg({ database });
  });
  afterAll(() => org.server.close());

  test('active: who sent them, how they joined, and the group that the role comes from', async () => {
    const id = await org.okta.add('noor@larkspur.example');
    await org.invite(id);
    org.server.clock.now += day;
    await org.join(id, 'noor@larkspur.example');
    const group = await org.server.scim('POST', '/Groups', {
      displayName: 'Keepers',
      members: [{ value: id }],
    });
    const mapping = { groupId: group.body.id, role: 'admin' } as const;
    await changeRoleMappings(org.door, org.asked, [mapping]);
    expect(await told(org.explain(id))).toEqual([
      'How noor has access',
      'Joined by signing in.',
      'The role admin comes from the group Keepers.',
      'Added to the directory by Our Okta. [POST /Users]',
    ]);
    const [joined, role, added] = (await org.explain(id)).lines;
    expect(joined?.at).toBe((added?.at ?? 0) + day);
    expect(role?.source).toEqual({ kind: 'group', groupId: group.body.id });
  });

  test('deactivated by the identity provider, and reinstated', async () => {
    const id = await org.okta.add('rufus@larkspur.example');
    await org.invite(id);
    org.server.clock.now += 1000;
    await org.join(id, 'rufus@larkspur.example');
    await org.okta.setActive(id, false);
    expect(await told(org.explain(id))).toEqual([
      'Why rufus has no access',
      'Deactivated by Our Okta. 1 session ended. [PATCH /Users/{id}]',
      'Joined by signing in.',
      'Added to the directory by Our Okta. [POST /Users]',
      'To bring rufus back, assign the app to them again in Our Okta. → Assignments',
    ]);
    const [decided] = (await org.explain(id)).lines;
    expect(decided).toMatchObject({
      at: org.server.clock.now,
      source: { kind: 'record', connectionId: org.server.connectionId },
    });

    await org.okta.setActive(id, true);
    expect(await told(org.explain(id))).toEqual([
      'How rufus has access',
      'Reactivated by Our Okta. [PATCH /Users/{id}]',
      'Deactivated by Our Okta. [PATCH /Users/{id}]',
      'Added to the directory by Our Okta. [POST /Users]',
    ]);
  });

  test('sent as inactive from the beginning', async () => {
    const id = await org.okta.add('ines@larkspur.example', { active: false });
    expect((await told(org.explain(id))).slice(0, 2)).toEqual([
      'Why ines has no access',
      'Okta sent them as inactive, and has not made them active since.',
    ]);
  });

  test('blocked by an admin', async () => {
    const id = await org.okta.add('kofi@larkspur.example');
    await org.change({ kind: 'block', reason: 'Laptop lost' }, id);
    expect(await told(org.explain(id))).toEqual([
      'Why kofi has no access',
      'Blocked by ada@larkspur.example. “Laptop lost”.',
      'Added to the directory by Our Okta. [POST /Users]',
      'Press Unblock to let kofi in again; no identity provider can.',
    ]);
    await org.okta.setActive(id, false);
    expect((await told(org.explain(id))).slice(1, 3)).toEqual([
      'Deactivated by Our Okta. [PATCH /Users/{id}]',
      'Blocked by the org, too.',
    ]);
  });

  test('invited long ago and reminded', async () => {
    const id = await org.okta.add('tessa@larkspur.example');
    await org.invite(id);
    org.server.clock.now += 3 * day;
    for (const daysLater of [1, 2]) {
      org.server.clock.now += daysLater * day;
      await nudgeMembers(org.door, org.asked, { memberIds: [id], message: null });
    }
    expect(await told(org.explain(id))).toEqual([
      'Why tessa has no access yet',
      'Invited by ada@larkspur.example, and not joined yet.',
      'Reminded 2 times.',
      'Added to the directory by Our Okta. [POST /Users]',
      'Press Nudge to remind tessa, or Resend for a new link.',
    ]);
  });

  test('not invited: by the setting, for want of an address, of a domain, of a seat', async () => {
    const waiting = await org.okta.add('mira@larkspur.example');
    expect(await told(org.explain(waiting))).toEqual([
      'Why mira has no access yet',
      'Not invited yet.',
      'Automatic invitations are off, so that nobody is invited on arrival.',
      'Added to the directory by Our Okta. [POST /Users]',
      'Press Invite to send mira an invitation.',
      'Turn on automatic invitations under Settings, Invitations, to invite whoever arrives.',
    ]);
    const other = org.by(await org.server.connect('other', 'tolerant', 'Our HR'));
    const nameless = await other.add('elio.holm');
    expect((await told(org.explain(nameless))).slice(1, 4)).toEqual([
      'Not invited yet.',
      '! “elio.holm” is no e-mail address, so there is nowhere to invite them.',
      'Added to the directory by Our HR. [POST /Users]',
    ]);
    await org.settings({ automaticInvites: true, verifiedDomainsOnly: true });
    const outside = await org.okta.add('sanna@elsewhere.example');
    expect(await told(org.explain(outside))).toEqual([
      'Why sanna has no access yet',
      'Not invited yet.',
      '! Invitations go to verified domains only, and elsewhere.example is not one.',
      'Added to the directory by Our Okta. [POST /Users]',
      'Verify elsewhere.example under Settings, Domains.',
    ]);
    await org.settings({ verifiedDomainsOnly: false, seatLimit: 1 });
    const late = await org.okta.add('orla@larkspur.example');
    expect((await told(org.explain(late))).slice(1, 3)).toEqual([
      'Waits for a free seat. [POST /Users]',
      '! The only seat is taken.',
    ]);
    await org.settings({ automaticInvites: false, seatLimit: null });
  });

  test('a user name that is no address is Okta’s to mend', async () => {
    const id = await org.okta.add('wen.holm');
    const words = await told(org.explain(id));
    expect(words).toContain('! Okta sends “wen.holm”, not an e-mail address, for 1 person.');
    expect(words.at(-1)).toMatch(/ → Sign On$/);
  });

  test('removed, with the time that is left, and then erased', async () => {
    const id = await org.okta.add('hana@larkspur.example');
    await org.okta.remove(id);
    expect(await told(org.explain(id))).toEqual([
      'Why hana has no access',
      'Removed by Our Okta. [DELETE /Users/{id}]',
      'What is kept of them is erased after the time that the settings give removed people.',
      'Added to the directory by Our Okta. [POST /Users]',
      'Assign them again in Okta: they arrive as somebody new. → Assignments',
    ]);
    expect((await org.explain(id)).lines[1]?.at).toBe(org.server.clock.now + 30 * day);
    org.server.clock.now += 31 * day;
    await retentionJob(org.server.deps).run();
    expect(await told(org.explain(id))).toEqual([
      'Why this person has no access',
      'Removed by Our Okta.',
      'Their personal data are erased, so that nobody can be put back.',
      'Added to the directory by Our Okta.',
      'Assign them again in Okta: they arrive as somebody new. → Assignments',
    ]);
    await expect(org.explain('nobody')).rejects.toMatchObject({ code: 'member.not_found' });
  });

  test('deactivated here, and refused to another connection since', async () => {
    const id = await org.okta.add('vera@larkspur.example');
    await org.okta.setActive(id, false);
    const entra = await org.server.connect('entra', 'tolerant', 'Entra ID');
    org.server.clock.now += 1000;
    const answer = await entra.scim('POST', '/Users', { schemas, userName: 'vera@larkspur.example' });
    expect(answer.status).toBe(409);
    const words = await told(org.explain(id));
    expect(words[2]).toMatch(
      /^! Entra ID sent them and was refused: .*provisioned by the connection "Our Okta"/,
    );
  });

  test('a mass removal that waits for an admin, and a token that ended', async () => {
    await org.settings({ removalThreshold: { people: 1, percent: 1 } });
    const connection = await org.server.connect('okta', 'tolerant', 'Second Okta');
    const second = org.by(connection);
    const [first, last] = [
      await second.add('petra@larkspur.example'),
      await second.add('quim@larkspur.example'),
    ];
    await second.setActive(first, false);
    await second.remove(last);
    expect(await told(org.explain(first))).toEqual([
      'Why petra has no access',
      'Deactivated by Second Okta. [PATCH /Users/{id}]',
      '! This was part of a mass removal that is held and waits for an admin.',
      'Added to the directory by Second Okta. [POST /Users]',
      'Open Held removals, then press Restore to bring everybody back, or Approve.',
    ]);
    expect((await told(org.explain(last))).slice(1, 3)).toEqual([
      'Removed by Second Okta. [DELETE /Users/{id}]',
      '! This was part of a mass removal that is held and waits for an admin.',
    ]);
    await org.settings({ removalThreshold: null });

    const third = await org.server.connect('okta', 'tolerant', 'Third Okta');
    const id = await org.by(third).add('ulla@larkspur.example');
    await org.by(third).setActive(id, false);
    await rotateToken(org.door, {
      ...org.asked,
      connectionId: third.connectionId,
      tokenDays: 1,
      overlapDays: 0,
    });
    org.server.clock.now += 2 * day;
    const words = await told(org.explain(id));
    expect(words[2]).toMatch(/^! The token ending in .{4} expired on .* and there is no other\.$/);
    expect(words.slice(-2)).toEqual([
      expect.stringMatching(/until you make a token and paste it\. → Provisioning$/),
      'To bring ulla back, assign the app to them again in Third Okta. → Assignments',
    ]);
  });

  test('a connection that has gone quiet, or is paused and its finding put aside', async () => {
    const entra = await org.server.connect('entra', 'tolerant', 'Entra ID');
    const id = await org.by(entra).add('xenia@larkspur.example');
    await org.by(entra).setActive(id, false);
    for (let cycle = 0; cycle < 8; cycle++) {
      org.server.clock.now += 40 * minute;
      await entra.scim('GET', '/Users?filter=userName%20eq%20%22nobody%22');
    }
    org.server.clock.now += 180 * minute;
    expect(await told(org.explain(id))).toEqual([
      'Why xenia has no access',
      'Deactivated by Entra ID. [PATCH /Users/{id}]',
      expect.stringMatching(/^! Entra called every 40 minutes and has been quiet/),
      'Added to the directory by Entra ID. [POST /Users]',
      'Entra may leave cycles out while nothing changes. Look at the status under Provisioning. → Provisioning',
      'To bring xenia back, add them to the users and groups of the enterprise application in Entra ID again. → Users and groups',
    ]);

    const { connectionId } = entra;
    const lastCall = org.server.clock.now - 180 * minute;
    const connection = await findConnection(org.server.deps.database.db, connectionId);
    for (const { id: tokenId } of connection?.tokens ?? [])
      await revokeToken(org.door, { ...org.asked, connectionId, tokenId });
    await org.explain(id);
    const aside = { ...org.asked, findingId: `token.none_live:${connectionId}`, reason: 'On purpose' };
    await dismissFinding({ ...org.door, database: org.server.deps.database }, aside);
    const { lines, remedies } = await org.explain(id);
    expect(lines[1]).toEqual({
      sentence: 'Entra is paused: its tokens are revoked. This is when it last called.',
      at: lastCall,
      isWrong: true,
      source: null,
    });
    expect(remedies[0]).toMatchObject({
      sentence: 'Make a token and paste it in Entra to go on.',
      step: { connectionId, stepId: 'credentials' },
    });
  });

  test('invited, and the mail was refused', async () => {
    const mailServer = await startMailServer();
    const desk = await openExplainedOrg({
      database,
      env: { SMTP_URL: mailServer.url, MAIL_FROM: 'rollcall@larkspur.example' },
    });
    try {
      const id = await desk.okta.add('liv@larkspur.example');
      mailServer.refusals.rcpt = '550 5.1.1 Nobody of that name';
      await desk.invite(id);
      await desk.server.deps.mail.run();
      const words = await told(desk.explain(id));
      expect(words.slice(1, 2)).toEqual(['! Invited, but the mail did not arrive.']);
      expect(words[2]).toBe('There is no such mailbox.');
      expect(words).toContain('See whether the address is right, then press Resend.');
    } finally {
      await desk.server.close();
    }
  });
});
