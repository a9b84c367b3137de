import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { makeOwnerLink } from '../../../server/auth/email-sign-in.ts';
import { mailboxOf } from '../../../server/auth/mailbox-of.ts';
import { setUpOrg } from '../../../server/members/set-up-org.ts';
import { changeSignUpLink, signUpAddress } from '../../../server/orgs/sign-up-link.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import { lastMailTo, mailsTo } from '../../helpers/mailbox.ts';
import { databases, operator, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { visitor } from '../../helpers/visitor.ts';

test('of an address only the case of plain letters is left out', () => {
  expect(mailboxOf('Ada.Byron@Larkspur.EXAMPLE')).toBe('ada.byron@larkspur.example');
  const apart = ['ida@x.example', 'İda@x.example', 'ıda@x.example', 'ida@\u212a.example', 'ida@k.example'];
  expect(new Set(apart.map(mailboxOf)).size).toBe(apart.length);
});

describe.each(databases)('addresses that fold alike are two mailboxes, on %s', (database) => {
  let server: ScimServer;
  /** Named so that it comes before the other one. */
  let evil: { readonly id: string };
  beforeAll(async () => {
    server = await startScimServer({ database });
    evil = await setUpOrg(deps(), { ...operator, name: 'A Trap', ownerEmail: 'eve@trap.example' });
  });
  afterAll(() => server.close());

  const deps = () => changeDepsOf(server.deps);
  const add = async (orgId: string, address: string) => {
    const attributes = { userName: address, active: true, emails: [{ value: address, primary: true }] };
    const standing = { role: 'member', invitedAt: null, joinedAt: 1 } as const;
    const change = { kind: 'add-member-by-hand', attributes, standing } as const;
    await applyDirectoryChange(deps(), { ...operator, orgId, connectionId: null }, change);
  };
  const askFor = async (email: string) => {
    server.clock.now += 20 * 60_000;
    const who = visitor(server.url);
    await who.submit('/sign-in', { email });
    return who;
  };

  test.each([
    ['another letter of the same name', 'ida@larkspur.example', 'İda@larkspur.example'],
    ['another domain', 'noor@οδοσ.example', 'noor@οδος.example'],
  ])('%s in another org gets nobody’s mail and nobody’s account', async (_name, mine, theirs) => {
    await add(server.orgId, mine);
    await add(evil.id, theirs);
    const [mailsToMe, mailsToThem] = [
      (await mailsTo(server.deps, mine)).length,
      (await mailsTo(server.deps, theirs)).length,
    ];

    const me = await askFor(mine);
    expect(await mailsTo(server.deps, theirs)).toHaveLength(mailsToThem);
    const { code } = await lastMailTo(server.deps, mine);
    expect((await me.submit('/sign-in/code', { code })).location).toBe('/');
    expect((await me.get('/')).text).toContain('Larkspur Foundry');

    const thief = await askFor(theirs);
    expect(await mailsTo(server.deps, mine)).toHaveLength(mailsToMe + 1);
    const { link } = await lastMailTo(server.deps, theirs);
    expect((await thief.submit(link, {})).location).toBe('/');
    const page = await thief.get('/');
    expect(page.text).toContain('A Trap');
    expect(page.text).not.toContain('Larkspur Foundry');
  });

  test('a spelling that the directory does not have is mailed in the one that it has', async () => {
    await add(server.orgId, 'Élodie@larkspur.example');
    const who = await askFor('élodie@larkspur.example');
    const { code } = await lastMailTo(server.deps, 'Élodie@larkspur.example');
    expect((await who.submit('/sign-in/code', { code })).location).toBe('/');
  });

  test('an address that becomes another mailbox’s after the mail lets nobody in', async () => {
    await add(server.orgId, 'kim@larkspur.example');
    const who = await askFor('kim@larkspur.example');
    const { code } = await lastMailTo(server.deps, 'kim@larkspur.example');
    await deps()
      .db.updateTable('members')
      .set({ email: '\u212aim@larkspur.example' })
      .where('email_norm', '=', 'kim@larkspur.example')
      .execute();
    const answer = await who.submit('/sign-in/code', { code });
    expect([answer.status, answer.heading]).toEqual([403, 'You cannot sign in']);
  });

  test('the operator’s link is for the owner, however their address is typed', async () => {
    const token = await makeOwnerLink(deps(), { orgId: server.orgId, email: 'ADA@larkspur.example' });
    const who = visitor(server.url);
    expect((await who.submit(`/sign-in/link?token=${token}`, {})).location).toBe('/');
  });

  test('nobody joins by the sign-up link as somebody whose address theirs folds to', async () => {
    const verified = { challenge: 'c', created_at: 1, verified_at: 1, checked_at: 1, failing_since: null };
    await deps()
      .db.insertInto('org_domains')
      .values({ org_id: server.orgId, domain: 'larkspur.example', ...verified })
      .execute();
    await changeSignUpLink(deps(), { ...operator, orgId: server.orgId }, 'on');
    const address = await signUpAddress({ ...deps(), publicUrl: () => '' }, server.orgId);
    const signUp = async (email: string) => {
      server.clock.now += 20 * 60_000;
      const who = visitor(server.url);
      return { who, sent: await who.submit(address ?? '', { name: 'Eve', email }) };
    };
    // Read by a browser as the verified domain, by a mail program as another one.
    for (const domain of ['ｌarkspur.example', 'lark\u00adspur.example', 'larkspur。example'])
      expect((await signUp(`eve@${domain}`)).sent.status, domain).toBe(422);

    const { who } = await signUp('İnes@larkspur.example');
    const { code } = await lastMailTo(server.deps, 'İnes@larkspur.example');
    expect((await who.submit('/sign-up/code', { code })).heading).toBe('Welcome to Larkspur Foundry');
    const row = await deps()
      .db.selectFrom('members')
      .select('email')
      .where('email_norm', '=', 'ines@larkspur.example')
      .executeTakeFirstOrThrow();
    expect(row.email).toBe('İnes@larkspur.example');
  });
});
