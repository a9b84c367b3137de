import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { makeOwnerLink } from '../../../server/auth/email-sign-in.ts';
import { setUpOrg } from '../../../server/members/set-up-org.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import { followHistory } from '../../helpers/history.ts';
import { lastMailTo } from '../../helpers/mailbox.ts';
import { databases, operator, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { formsOf, visitor } from '../../helpers/visitor.ts';

describe.each(databases)('whose mailbox is proven, on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
  });
  afterAll(() => server.close());

  const source = () => ({ ...operator, orgId: server.orgId, connectionId: null });
  const changes = () => changeDepsOf(server.deps);
  const invited = async (address: string) => {
    const attributes = { userName: address, active: true, emails: [{ value: address, primary: true }] };
    const standing = { role: 'member', invitedAt: server.clock.now, joinedAt: null } as const;
    const change = { kind: 'add-member-by-hand', attributes, standing } as const;
    const { member } = await applyDirectoryChange(changes(), source(), change);
    return member.id;
  };
  const askFor = async (email: string) => {
    server.clock.now += 20 * 60_000;
    const who = visitor(server.url);
    await who.submit('/sign-in', { email });
    return who;
  };

  test('joins by it when invited, which uses the invitation up', async () => {
    const id = await invited('imke@larkspur.example');
    const told = await followHistory(server.deps.database.db, server.orgId);
    const who = await askFor('imke@larkspur.example');
    const { code } = await lastMailTo(server.deps, 'imke@larkspur.example');
    expect((await who.submit('/sign-in/code', { code })).location).toBe('/');
    const page = await who.get('/');
    expect(page.text).toContain('There is nothing for you to do here');
    const { events, audit } = await told();
    expect(events.map(({ type, subject }) => [type, subject])).toEqual([
      ['member.joined', id],
      ['member.signed_in', id],
    ]);
    expect(events[0]?.data).toEqual({ by: 'sign_in' });
    expect(audit[0]?.changes).toEqual({ status: ['invited', 'active'] });
    const { db } = server.deps.database;
    const invitation = await db
      .selectFrom('invitations')
      .selectAll()
      .where('member_id', '=', id)
      .executeTakeFirst();
    expect(invitation).toMatchObject({ ended: 'accepted', ended_at: server.clock.now });
  });

  test('is not let in when blocked between the mail and the click', async () => {
    const id = await invited('rufus@larkspur.example');
    await askFor('rufus@larkspur.example');
    const { link } = await lastMailTo(server.deps, 'rufus@larkspur.example');
    await applyDirectoryChange(changes(), source(), { kind: 'block-member', id, reason: null });
    const who = visitor(server.url);
    const answer = await who.submit(link, {});
    expect([answer.status, answer.heading]).toEqual([403, 'You cannot sign in']);
    expect(who.cookies.has('rollcall-session')).toBe(false);
  });

  test('chooses among the orgs that the address belongs to, in the browser that proved it', async () => {
    const other = await setUpOrg(changes(), {
      ...operator,
      name: 'Aldergate Press',
      ownerEmail: 'ada@larkspur.example',
    });
    const foreign = await setUpOrg(changes(), {
      ...operator,
      name: 'Third House',
      ownerEmail: 'per@third.example',
    });
    const who = await askFor('ada@larkspur.example');
    const { code } = await lastMailTo(server.deps, 'ada@larkspur.example');
    const choice = await who.submit('/sign-in/code', { code });
    expect(choice.heading).toBe('Choose your organisation');
    expect(choice.text).not.toContain('Third House');
    expect(who.cookies.has('rollcall-session')).toBe(false);
    const [form] = formsOf(choice.text);
    const ticket = form?.hidden.ticket ?? '';
    const fields = { ...form?.hidden, ticket, org: other.id };
    const thief = visitor(server.url);
    const { hidden } = formsOf((await thief.get('/sign-in')).text)[0] ?? { hidden: {} };
    expect((await thief.post('/sign-in/org', { ...fields, ...hidden })).location).toBe('/sign-in');
    expect((await who.post('/sign-in/org', { ...fields, ticket: `${ticket}x` })).location).toBe('/sign-in');
    expect((await who.post('/sign-in/org', fields)).location).toBe('/');
    expect((await who.get('/')).text).toContain('Aldergate Press');
    expect((await who.post('/sign-in/org', fields)).location).toBe('/sign-in');

    const second = await askFor('ada@larkspur.example');
    const chosen = await second.submit((await lastMailTo(server.deps, 'ada@larkspur.example')).link, {});
    const [again] = formsOf(chosen.text);
    const elsewhere = await second.post('/sign-in/org', { ...again?.hidden, org: foreign.id });
    expect(elsewhere.heading).toBe('You cannot sign in');

    const third = await askFor('ada@larkspur.example');
    const late = await third.submit((await lastMailTo(server.deps, 'ada@larkspur.example')).link, {});
    server.clock.now += 5 * 60_000;
    const [over] = formsOf(late.text);
    expect((await third.post('/sign-in/org', { ...over?.hidden, org: other.id })).location).toBe('/sign-in');
  });

  test('needs no mail with the operator’s link, which is for one org, once, within an hour', async () => {
    const make = () => makeOwnerLink(changes(), { orgId: server.orgId, email: 'ada@larkspur.example' });
    const [link, late] = [`/sign-in/link?token=${await make()}`, `/sign-in/link?token=${await make()}`];
    const who = visitor(server.url);
    expect((await who.submit(link, {})).location).toBe('/');
    expect((await who.get('/')).text).toContain('Larkspur Foundry');
    expect((await who.get(link)).heading).toBe('This link is over');
    server.clock.now += 60 * 60_000;
    expect((await who.get(late)).heading).toBe('This link is over');
  });
});
