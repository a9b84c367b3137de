import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { revokeInvitation } from '../../../server/invitations/change-invitation.ts';
import { changeOrg } from '../../../server/invitations/change-org.ts';
import { inviteFromText } from '../../../server/invitations/invite-from-text.ts';
import { changeSignUpLink, signUpAddress } from '../../../server/orgs/sign-up-link.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import { followHistory } from '../../helpers/history.ts';
import { lastMailTo, mailsTo } from '../../helpers/mailbox.ts';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { visitor } from '../../helpers/visitor.ts';

const minute = 60_000;

describe.each(databases)('getting in by an invitation or the sign-up link, on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
    await server.deps.database.db
      .insertInto('org_domains')
      .values({
        org_id: server.orgId,
        domain: 'larkspur.example',
        challenge: 'c',
        created_at: 1,
        verified_at: 1,
        checked_at: 1,
        failing_since: null,
      })
      .execute();
  });
  afterAll(() => server.close());

  const deps = () => changeDepsOf(server.deps);
  const asked = () =>
    ({ orgId: server.orgId, actor: { kind: 'operator', id: 'test' }, requestId: 'test' }) as const;
  const invite = async (text: string) => {
    await inviteFromText(deps(), asked(), { text, role: 'member' }, ['member']);
    const { link } = await lastMailTo(server.deps, text.replace(/.*<|>.*/g, ''));
    return link;
  };
  const find = (email: string) =>
    server.deps.database.db
      .selectFrom('members')
      .selectAll()
      .where('email_norm', '=', email)
      .executeTakeFirstOrThrow();
  const block = async (email: string) => {
    const source = { ...asked(), connectionId: null };
    const { id } = await find(email);
    await applyDirectoryChange(deps(), source, { kind: 'block-member', id, reason: null });
  };
  const signUpPath = async () => {
    const url = new URL(
      (await signUpAddress({ ...deps(), publicUrl: () => server.url }, server.orgId)) ?? '',
    );
    return `${url.pathname}${url.search}`;
  };

  test('the invitation’s page, its one button, and signed in', async () => {
    const link = await invite('Noor Haddad <noor@larkspur.example>');
    const told = await followHistory(server.deps.database.db, server.orgId);
    const who = visitor(server.url);
    for (let n = 0; n < 3; n++) expect((await who.get(link)).heading).toBe('Join Larkspur Foundry');
    expect((await told()).events).toEqual([]);
    const empty = await who.submit(link, { name: ' \n ' });
    expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('Type the name')]);
    const done = await who.submit(link, { name: 'Noor <Haddad>' });
    expect([done.status, done.heading]).toEqual([200, 'Welcome to Larkspur Foundry']);
    expect((await who.get('/sessions')).status).toBe(200);
    expect((await told()).events.map(({ type }) => type)).toEqual([
      'member.updated',
      'member.joined',
      'member.signed_in',
    ]);
    expect((await visitor(server.url).get(link)).heading).toBe('You have joined already');
  });

  test('no form from elsewhere accepts', async () => {
    const link = await invite('rufus@larkspur.example');
    const token = new URL(link, server.url).searchParams.get('token') ?? '';
    const answer = await visitor(server.url).post('/invitation', { token, name: 'Rufus' });
    expect(answer.status).toBe(403);
    expect(await find('rufus@larkspur.example')).toMatchObject({ status: 'invited' });
    await revokeInvitation(deps(), asked(), (await find('rufus@larkspur.example')).id);
    const over = await visitor(server.url).get(link);
    expect([over.status, over.heading]).toEqual([200, 'This invitation was taken back']);
    expect((await visitor(server.url).get('/invitation')).heading).toBe('This link is not valid');
  });

  test('names from the directory cannot break the page', async () => {
    const link = await invite('"<script>alert(1)</script>" <imogen@larkspur.example>');
    const { text } = await visitor(server.url).get(link);
    expect(text).toContain('&lt;script&gt;');
    expect(text).not.toContain('<script>');
  });

  test('the sign-up link: a mail proves the address, the code or the link lets in', async () => {
    await changeSignUpLink(deps(), asked(), 'on');
    const path = await signUpPath();
    const told = await followHistory(server.deps.database.db, server.orgId);
    const who = visitor(server.url);
    const sent = await who.submit(path, { name: 'Ines Vale', email: 'Ines@larkspur.example' });
    expect([sent.status, sent.location]).toEqual([303, '/sign-up/code']);
    expect((await told()).events).toEqual([]);
    const { code, link } = await lastMailTo(server.deps, 'Ines@larkspur.example');
    const wrong = await who.submit('/sign-up/code', { code: code === '00000000' ? '11111111' : '00000000' });
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('4 tries are left')]);
    const done = await who.submit('/sign-up/code', { code });
    expect(done.heading).toBe('Welcome to Larkspur Foundry');
    const member = await find('ines@larkspur.example');
    expect(member).toMatchObject({ status: 'active', connection_id: null, role: 'member' });
    expect(JSON.parse(member.attributes)).toMatchObject({ displayName: 'Ines Vale' });
    expect((await told()).events).toMatchObject([
      { type: 'member.added', by: 'sign-up' },
      { type: 'member.joined', subject: member.id, by: member.id, data: { by: 'sign_up_link' } },
      { type: 'member.signed_in', subject: member.id },
    ]);
    expect((await who.get('/sessions')).status).toBe(200);
    expect((await visitor(server.url).get(link)).heading).toBe('This link or code is over');

    server.clock.now += 20 * minute;
    await visitor(server.url).submit(path, { name: 'Otto', email: 'otto@larkspur.example' });
    const other = await lastMailTo(server.deps, 'otto@larkspur.example');
    const otherBrowser = visitor(server.url);
    expect((await otherBrowser.get(other.link)).heading).toBe('Join Larkspur Foundry');
    expect((await otherBrowser.submit(other.link, {})).heading).toBe('Welcome to Larkspur Foundry');
  });

  test('only addresses of a verified domain; and what somebody is in the directory is told to them alone', async () => {
    const path = await signUpPath();
    const outside = await visitor(server.url).submit(path, { name: 'Mal', email: 'mal@elsewhere.example' });
    expect([outside.status, outside.text]).toEqual([422, expect.stringContaining('@larkspur.example')]);
    expect(await mailsTo(server.deps, 'mal@elsewhere.example')).toEqual([]);
    await block('otto@larkspur.example');
    await invite('petra@larkspur.example');
    server.clock.now += 20 * minute;

    const tries: Record<string, string> = {
      otto: 'You cannot join at the moment',
      petra: 'Welcome to Larkspur Foundry',
      ines: 'Welcome to Larkspur Foundry',
    };
    for (const [name, heading] of Object.entries(tries)) {
      const who = visitor(server.url);
      const email = `${name}@larkspur.example`;
      const sent = await who.submit(path, { name, email });
      expect([sent.status, sent.location]).toEqual([303, '/sign-up/code']);
      const { code } = await lastMailTo(server.deps, email);
      expect((await who.submit('/sign-up/code', { code })).heading).toBe(heading);
    }
    expect(await find('otto@larkspur.example')).toMatchObject({ status: 'blocked' });
    expect(await find('petra@larkspur.example')).toMatchObject({ status: 'active' });
  });

  test('without a free seat they wait, and get an invitation when there is one', async () => {
    await changeOrg(deps(), asked(), { seatLimit: 1 });
    const who = visitor(server.url);
    server.clock.now += 20 * minute;
    await who.submit(await signUpPath(), { name: 'Wim', email: 'wim@larkspur.example' });
    const { code } = await lastMailTo(server.deps, 'wim@larkspur.example');
    expect((await who.submit('/sign-up/code', { code })).heading).toBe('You are on the waiting list');
    expect((await who.get('/sessions')).status).toBe(303);
    await changeOrg(deps(), asked(), { seatLimit: null });
    expect((await lastMailTo(server.deps, 'wim@larkspur.example')).link).toMatch(/^\/invitation\?token=/);
  });

  test('turned off meanwhile, the proof is worth nothing', async () => {
    const who = visitor(server.url);
    const path = await signUpPath();
    server.clock.now += 20 * minute;
    await who.submit(path, { name: 'Late', email: 'late@larkspur.example' });
    const { code } = await lastMailTo(server.deps, 'late@larkspur.example');
    await changeSignUpLink(deps(), asked(), 'off');
    expect((await who.submit('/sign-up/code', { code })).heading).toBe('Nobody can join by this link');
    expect((await who.get(path)).heading).toBe('Nobody can join by this link');
    expect(
      await server.deps.database.db
        .selectFrom('members')
        .select('id')
        .where('email_norm', '=', 'late@larkspur.example')
        .execute(),
    ).toEqual([]);
    await changeSignUpLink(deps(), asked(), 'on');
  });

  test('somebody’s sign-in name is not their mailbox', async () => {
    const created = await server.scim('POST', '/Users', {
      userName: 'boss@larkspur.example',
      emails: [{ value: 'real.boss@larkspur.example', primary: true }],
    });
    expect(created.status).toBe(201);
    const who = visitor(server.url);
    server.clock.now += 20 * minute;
    await who.submit(await signUpPath(), { name: 'Mal', email: 'boss@larkspur.example' });
    const { code } = await lastMailTo(server.deps, 'boss@larkspur.example');
    const answer = await who.submit('/sign-up/code', { code });
    expect(answer.heading).toBe('You cannot join with this address');
    expect((await who.get('/sessions')).status).toBe(303);
  });
});
