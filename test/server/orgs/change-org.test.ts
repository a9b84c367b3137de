import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AskedInOrg } from '../../../server/audit/change-context.ts';
import { changeOrg } from '../../../server/invitations/change-org.ts';
import { inviteFromText } from '../../../server/invitations/invite-from-text.ts';
import { findSignUpOrg } from '../../../server/invitations/sign-up.ts';
import { findOrg } from '../../../server/orgs/org-store.ts';
import { settingsOf } from '../../../server/orgs/settings-of.ts';
import { changeSignUpLink, signUpAddress } from '../../../server/orgs/sign-up-link.ts';
import { defaultOrgSettings, orgChangeSchema } from '../../../shared/org-settings.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { followHistory, nothingTold, type Told } from '../../helpers/history.ts';
import { followMails } from '../../helpers/queued-mails.ts';
import { databases } from '../../helpers/scim-server.ts';

describe.each(databases)('an org’s settings, on %s', (database) => {
  let directory: Directory;
  let asked: AskedInOrg;
  let told: () => Promise<Told>;
  beforeAll(async () => {
    directory = await openDirectory(database);
    asked = { orgId: directory.orgId, actor: { kind: 'member', id: directory.ownerId }, requestId: 'by Ada' };
    told = await followHistory(directory.db, directory.orgId);
  });
  afterAll(() => directory.close());

  const change = (given: Record<string, unknown>) =>
    changeOrg(directory.deps, asked, orgChangeSchema.parse(given));

  test('what changes is written, told and audited setting by setting, the rest stays', async () => {
    const nudge = { cooldownHours: 48, mostPerMember: 3, mostPerDay: 100 };
    const after = await change({
      name: ' Larkspur & Co ',
      automaticInvites: true,
      nudge,
      invitationDays: 14,
    });
    expect(after).toEqual({
      name: 'Larkspur & Co',
      settings: { ...defaultOrgSettings, automaticInvites: true, nudge },
      version: 2,
    });
    const org = await findOrg(directory.db, directory.orgId);
    expect(org && { name: org.name, slug: org.slug, settings: settingsOf(org) }).toEqual({
      name: after.name,
      slug: 'larkspur-foundry',
      settings: after.settings,
    });
    expect(await told()).toMatchObject({
      events: [{ type: 'org.updated', data: { changed: ['name', 'automaticInvites', 'nudge'] } }],
      audit: [
        {
          action: 'org.updated',
          requestId: 'by Ada',
          changes: {
            name: ['Larkspur Foundry', 'Larkspur & Co'],
            automaticInvites: [false, true],
            nudge: [defaultOrgSettings.nudge, nudge],
          },
        },
      ],
    });
    expect(await change({ nudge, automaticInvites: true })).toEqual(after);
    expect(await told()).toEqual(nothingTold);
  });

  test('a change of what somebody else has changed meanwhile is refused', async () => {
    await expect(change({ version: 1, sessionDays: 7 })).rejects.toMatchObject({ code: 'resource.changed' });
    expect(await change({ version: 2, sessionDays: 7 })).toMatchObject({ version: 3 });
    await told();
  });

  test.each([
    { name: '' },
    { name: 'Larkspur\nBcc: everybody@x.example' },
    { invitationDays: 0 },
    { seatLimit: 0 },
    { mailSenderName: 'Larkspur <ada@x.example>' },
    { nudge: { cooldownHours: 0, mostPerMember: 1, mostPerDay: 1 } },
    { reminderDays: [1, 2, 3, 4, 5, 6] },
    { retention: { auditDays: 1 } },
    { signUpLink: 'on' },
  ])('%j is refused', (given) => {
    expect(orgChangeSchema.safeParse(given).success).toBe(false);
  });

  test('more seats are filled at once, all of them', async () => {
    await change({ seatLimit: 1, automaticInvites: false });
    const text = Array.from({ length: 70 }, (_, n) => `w${n}@x.example`).join(',');
    await inviteFromText(directory.deps, asked, { text, role: 'member' }, ['member']);
    const mails = await followMails(directory.db, directory.orgId);
    await change({ seatLimit: 11 });
    expect(await mails()).toHaveLength(10);
    await change({ seatLimit: 5 });
    expect(await mails()).toHaveLength(0);
    await change({ seatLimit: null });
    expect(await mails()).toHaveLength(60);
    await told();
  });

  test('the sign-up link: off, on, rotated; the token is in no row and no history', async () => {
    const publicUrl = () => 'https://rollcall.example';
    const place = { ...directory.deps, publicUrl };
    const address = async () => new URL((await signUpAddress(place, directory.orgId)) ?? 'about:blank');
    const tokenOf = (url: URL) => url.searchParams.get('org-token') ?? '';
    expect(await signUpAddress(place, directory.orgId)).toBeNull();
    await changeSignUpLink(directory.deps, asked, 'on');
    const first = await address();
    expect(first.href).toMatch(/^https:\/\/rollcall\.example\/sign-up\?org-token=rollcall_\w{43}$/);
    await changeSignUpLink(directory.deps, asked, 'on');
    expect(await address()).toEqual(first);
    expect(await findSignUpOrg(directory.db, tokenOf(first))).toMatchObject({ orgId: directory.orgId });

    await changeSignUpLink(directory.deps, asked, 'rotate');
    const second = await address();
    expect(tokenOf(second)).not.toBe(tokenOf(first));
    expect(await findSignUpOrg(directory.db, tokenOf(first))).toBeUndefined();
    await changeSignUpLink(directory.deps, asked, 'off');
    expect(await signUpAddress(place, directory.orgId)).toBeNull();
    expect(await findSignUpOrg(directory.db, tokenOf(second))).toBeUndefined();

    const { events, audit } = await told();
    expect(events.map(({ data }) => data)).toEqual([{ link: 'on' }, { link: 'rotated' }, { link: 'off' }]);
    expect(audit.map(({ changes }) => changes)).toEqual([
      { signUpLink: ['off', 'on'] },
      { signUpLink: ['on', 'rotated'] },
      { signUpLink: ['on', 'off'] },
    ]);
    await changeSignUpLink(directory.deps, asked, 'on');
    const rows = await directory.db.selectFrom('orgs').selectAll().execute();
    expect(JSON.stringify([rows, events, audit])).not.toContain(tokenOf(await address()));
  });
});
