import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { addAttempt, listAttempts } from '../../../server/auth/sso-attempt-store.ts';
import { findIdentityOf } from '../../../server/auth/sso-identity-store.ts';
import { findSso } from '../../../server/auth/sso-store.ts';
import { inviteFromText } from '../../../server/invitations/invite-from-text.ts';
import { changeSignUpLink, signUpAddress } from '../../../server/orgs/sign-up-link.ts';
import { authorizeQuery, consent, trade } from '../../helpers/extension-client.ts';
import { followHistory } from '../../helpers/history.ts';
import { lastMailTo, mailsTo } from '../../helpers/mailbox.ts';
import { databases, operator } from '../../helpers/scim-server.ts';
import { type Visitor, visitor } from '../../helpers/visitor.ts';
import { openSsoStage, type SsoStage } from '../../oidc/sso-stage.ts';

const person = (login: string, more: object = {}) => ({
  id: `00u${login.padEnd(17, '0')}`,
  name: `${login[0]?.toUpperCase()}${login.slice(1)} Example`,
  email: `${login}@larkspur.example`,
  ...more,
});

describe.each(databases)('signing in with the company’s identity provider, on %s', (database) => {
  let stage: SsoStage;
  beforeAll(async () => {
    stage = await openSsoStage({ database, shape: 'okta', people: [] });
  });
  afterAll(() => stage.close());

  let people = 0;
  /** Somebody whom the identity provider knows, and Rollcall as it says; undefined for not at all. */
  const somebody = async (
    standing?: 'invited' | 'active' | 'not_invited',
    more: { name?: string; role?: 'owner'; at?: object } = {},
  ) => {
    const login = `${more.name ?? 'person'}${++people}`;
    const there = person(login, more.at);
    stage.idp.people.push(there);
    const id = standing && (await stage.addMember(there.email, standing, more.role));
    return { ...there, memberId: id ?? '' };
  };
  const db = () => stage.server.deps.database.db;
  const changes = () => changeDepsOf(stage.server.deps);
  const newVisitor = () => visitor(stage.server.url);
  const told = () => followHistory(db(), stage.server.orgId);
  const lastAttempt = async () => (await listAttempts(db(), stage.server.orgId))[0];
  const isIn = async (who: Visitor) => (await who.get('/')).status === 200;
  const byMail = async (email: string) => {
    stage.server.clock.now += 20 * 60_000;
    const who = newVisitor();
    await who.submit('/sign-in', { email, by: 'mail' });
    const { code } = await lastMailTo(stage.server.deps, email);
    return { who, answer: await who.submit('/sign-in/code', { code }) };
  };

  test('an address leads to the org that has its domain, whether anybody has it or not', async () => {
    const { email } = await somebody('active');
    const texts = [];
    for (const address of [email, 'nobody-at-all@larkspur.example']) {
      const answer = await newVisitor().submit('/sign-in', { email: address, continue: '/sessions' });
      const hint = encodeURIComponent(address);
      const start = `/sso/${stage.slug}/start?continue=%2Fsessions&login_hint=${hint}`;
      expect(answer.headers.get('refresh')).toBe(`0; url=${start}`);
      expect(answer.status).toBe(200);
      texts.push(answer.text.replaceAll(hint, ''));
    }
    expect(texts[0]).toBe(texts[1]);
    const other = await newVisitor().submit('/sign-in', { email: 'ada@elsewhere.example' });
    expect(other.location).toBe('/sign-in/code');
    const mail = await newVisitor().submit('/sign-in', { email, by: 'mail' });
    expect(mail.location).toBe('/sign-in/code');
  });

  test('a member comes in, is linked by their verified address once, and goes on where they were going', async () => {
    const { login, memberId, id, email } = { login: 'noor', ...(await somebody('active')) };
    const next = await told();
    const who = newVisitor();
    const answer = await stage.signIn(who, email, `/sso/${stage.slug}/start?continue=%2Fsessions`);
    expect([answer.status, answer.location, login]).toEqual([303, '/sessions', 'noor']);
    expect(await isIn(who)).toBe(true);
    expect((await next()).events.map(({ type, subject }) => [type, subject])).toEqual([
      ['member.identity_linked', memberId],
      ['member.signed_in', memberId],
    ]);
    const identity = await findIdentityOf(db(), stage.server.orgId, memberId, stage.idp.issuer);
    expect(identity).toMatchObject({ subject: id, directory_id: id, linked_by: 'email' });
    expect(await lastAttempt()).toMatchObject({ outcome: 'signed_in', member_id: memberId, reason: null });
    const sso = await findSso(db(), stage.server.orgId);
    expect(sso?.proven_at).toBe(stage.server.clock.now);

    // From now on the address plays no part.
    const there = stage.idp.people.find((one) => one.id === id);
    Object.assign(there ?? {}, { email: 'renamed@elsewhere.example' });
    await stage.signedIn('renamed@elsewhere.example');
    expect((await next()).events.map(({ type }) => type)).toEqual(['member.signed_in']);
  });

  test('a session lasts as long as the org says', async () => {
    const { email, memberId } = await somebody('active');
    await stage.signedIn(email);
    const session = await db()
      .selectFrom('sessions')
      .selectAll()
      .where('member_id', '=', memberId)
      .executeTakeFirstOrThrow();
    expect(session.expires_at - session.created_at).toBe(30 * 86_400_000);
    expect(session).toMatchObject({ sso_issuer: stage.idp.issuer, kind: 'browser' });
    expect(session.sso_sid).not.toBeNull();
    expect(session.sso_id_token_sealed).not.toContain('eyJ');
  });

  test('whoever was invited joins by it, and their invitation is used up', async () => {
    const { email } = await somebody();
    const here = { ...operator, orgId: stage.server.orgId };
    await inviteFromText(changes(), here, { text: email, role: 'member' }, ['member']);
    const { link } = await lastMailTo(stage.server.deps, email);
    const next = await told();
    const who = await stage.signedIn(email);
    expect((await next()).events.map(({ type }) => type)).toEqual([
      'member.joined',
      'member.identity_linked',
      'member.signed_in',
    ]);
    expect((await lastAttempt())?.outcome).toBe('joined');
    expect(await isIn(who)).toBe(true);
    expect((await newVisitor().get(link)).heading).toBe('You have joined already');
  });

  test('a stranger joins only where the org lets addresses of its domains join', async () => {
    const { email } = await somebody();
    const refused = await stage.signIn(newVisitor(), email);
    expect([refused.status, refused.heading]).toEqual([403, 'You are not in the directory']);
    const { email: known } = await somebody('not_invited');
    expect((await stage.signIn(newVisitor(), known)).heading).toBe('You have not been invited yet');

    await stage.set({ joining: 'verified_domains' });
    const next = await told();
    expect(await isIn(await stage.signedIn(email))).toBe(true);
    expect((await next()).events.map(({ type }) => type)).toEqual([
      'member.added',
      'member.joined',
      'member.identity_linked',
      'member.signed_in',
    ]);
    expect(await isIn(await stage.signedIn(known))).toBe(true);
    const guest = await somebody(undefined, { at: { email: `guest${people}@elsewhere.example` } });
    expect((await stage.signIn(newVisitor(), guest.email)).heading).toBe('You are not in the directory');
    await stage.set();
  });

  test('whoever is blocked or deactivated reads why, and what to do', async () => {
    const { email, memberId } = await somebody('active');
    const set = (facts: object) =>
      db().updateTable('members').set(facts).where('id', '=', memberId).execute();
    for (const [facts, heading, says] of [
      [{ blocked_at: 1, status: 'blocked' }, 'You cannot sign in at the moment', 'An admin has blocked'],
      [{ blocked_at: null, active: 0, status: 'deactivated' }, 'Your account is deactivated', 'activate you'],
    ] as const) {
      await set(facts);
      const who = newVisitor();
      const answer = await stage.signIn(who, email);
      expect([answer.status, answer.heading]).toEqual([403, heading]);
      expect(answer.text).toContain(says);
      expect(await isIn(who)).toBe(false);
      expect(await lastAttempt()).toMatchObject({ outcome: 'refused', reason: facts.status });
    }
  });

  test('whoever finds no seat waits for one', async () => {
    const { email } = await somebody();
    const settings = JSON.stringify({ seatLimit: 1 });
    const org = db().updateTable('orgs').where('id', '=', stage.server.orgId);
    await org.set({ settings }).execute();
    await stage.set({ joining: 'verified_domains' });
    expect((await stage.signIn(newVisitor(), email)).heading).toBe('You are on the waiting list');
    expect(await lastAttempt()).toMatchObject({ outcome: 'refused', reason: 'waits_for_seat' });
    await org.set({ settings: '{}' }).execute();
    await stage.set();
  });

  test('keys that the identity provider has just changed are fetched anew', async () => {
    const { email } = await somebody('active');
    await stage.signedIn(email);
    await stage.idp.rotateKeys({ forget: true });
    await stage.signedIn(email);
  });

  test('an org keeps its latest fifty attempts', async () => {
    const { email } = await somebody('active');
    const { orgId } = stage.server;
    const attempt = {
      org_id: orgId,
      outcome: 'failed',
      reason: 'denied',
      sentence: '',
      client_version: 1,
    } as const;
    for (let n = 0; n < 60; n++) await addAttempt(db(), { ...attempt, at: n, member_id: null });
    await stage.signedIn(email);
    const rows = await db().selectFrom('sso_attempts').select('at').where('org_id', '=', orgId).execute();
    expect(rows.length).toBe(50);
    expect((await lastAttempt())?.outcome).toBe('signed_in');
  });

  test('whom SCIM deactivates while they are signed in is out everywhere', async () => {
    const { email } = await somebody();
    const made = await stage.server.scim('POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: email,
      active: true,
      emails: [{ value: email, primary: true }],
    });
    await stage.set({ joining: 'verified_domains' });
    const who = await stage.signedIn(email);
    const { body } = await trade(stage.server.url, await consent(who));
    const extension = () =>
      fetch(`${stage.server.url}/trpc/auth.me`, {
        headers: { authorization: `Bearer ${body.access_token}` },
      });
    const before = (await extension()).status;
    await stage.server.scim('PUT', `/Users/${made.body.id}`, { ...made.body, active: false });
    expect([await isIn(who), (await extension()).status]).toEqual([false, 401]);
    expect(before).not.toBe(401);
    expect((await stage.signIn(newVisitor(), email)).heading).toBe('Your account is deactivated');
    await stage.set();
  });

  test('the extension comes in through it: the page flow goes on to the consent', async () => {
    const { email } = await somebody('active');
    const who = newVisitor();
    const asked = await who.get(authorizeQuery());
    const led = await who.submit(asked.location, { email });
    const start = led.headers.get('refresh')?.replace('0; url=', '') ?? '';
    const back = await stage.signIn(who, email, start);
    expect(back.location).toBe(authorizeQuery());
    const { status, body } = await trade(stage.server.url, await consent(who));
    expect(status).toBe(200);
    expect(body.access_token).toMatch(/^rollcall_/);
  });

  test('signing out at the identity provider ends what rests on it, in browsers and extensions alike', async () => {
    const { email, id, memberId } = await somebody('active');
    const [who, mailed] = [await stage.signedIn(email), (await byMail(email)).who];
    await trade(stage.server.url, await consent(who));
    const sessions = () =>
      db().selectFrom('sessions').select('kind').where('member_id', '=', memberId).execute();
    expect((await sessions()).length).toBe(3);
    const next = await told();
    await stage.idp.signOut(id);
    // A single session there was ended; that by mail is none of its business.
    expect(await stage.idp.signOut(id)).toBe(0);
    const token = await stage.idp.logoutToken({ clientId: 'rollcall', sub: id });
    const answer = await newVisitor().post(`/sso/${stage.slug}/logout`, { logout_token: token });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await sessions()).toEqual([{ kind: 'browser' }]);
    expect([await isIn(who), await isIn(mailed)]).toEqual([false, true]);
    expect((await next()).events.filter(({ type }) => type === 'member.session_ended').length).toBe(2);
  });

  test('signing out here goes on to the identity provider, and comes back', async () => {
    const { email } = await somebody('active');
    const who = await stage.signedIn(email);
    const answer = await who.submit('/', {}, '/sign-out');
    const there = new URL(answer.headers.get('refresh')?.replace('0; url=', '') ?? '');
    expect(there.origin).toBe(stage.idp.origin);
    expect(there.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
    const back = there.searchParams.get('post_logout_redirect_uri') ?? '';
    expect((await who.get(back)).heading).toBe('You are signed out');
    expect(await isIn(who)).toBe(false);
    expect((await fetch(there)).status).toBe(200);
  });

  describe('when the org requires it', () => {
    beforeAll(() => stage.set({ required: 1 }));
    afterAll(() => stage.set());

    test('mail lets nobody in but owners, whose coming is audited and announced', async () => {
      const { email } = await somebody('active');
      const { who, answer } = await byMail(email);
      expect([answer.status, answer.heading]).toEqual([403, 'Sign in with your work account']);
      expect(answer.text).toContain(`href="/sso/${stage.slug}/start"`);
      expect(await isIn(who)).toBe(false);

      const owner = await somebody('active', { role: 'owner' });
      const next = await told();
      const emergency = await byMail(owner.email);
      expect([emergency.answer.status, await isIn(emergency.who)]).toEqual([303, true]);
      const { events, audit } = await next();
      expect(events.map(({ type, subject }) => [type, subject])).toEqual([
        ['member.emergency_sign_in', owner.memberId],
        ['member.signed_in', owner.memberId],
      ]);
      expect(audit).toMatchObject([{ action: 'member.emergency_sign_in', subject: owner.memberId }]);
      const alarm = await lastMailTo(stage.server.deps, 'ada@larkspur.example');
      expect(alarm.subject).toContain('past single sign-on');
      const own = await mailsTo(stage.server.deps, owner.email);
      expect(own.filter(({ subject }) => subject.includes('past single sign-on'))).toEqual([]);
    });

    test('an invitation and the sign-up link lead through it', async () => {
      const { email } = await somebody();
      const here = { ...operator, orgId: stage.server.orgId };
      await inviteFromText(changes(), here, { text: email, role: 'member' }, ['member']);
      const { link } = await lastMailTo(stage.server.deps, email);
      const page = await newVisitor().get(link);
      expect(page.heading).toBe('Join with your work account');
      expect(page.text).toContain(`href="/sso/${stage.slug}/start"`);
      const who = newVisitor();
      const token = new URL(link, stage.server.url).searchParams.get('token') ?? '';
      const form_token = /name="form_token" value="(\w+)"/.exec((await who.get('/sign-in')).text)?.[1] ?? '';
      const pressed = await who.post('/invitation', { token, name: 'Noor', form_token });
      expect(pressed.heading).toBe('Join with your work account');
      expect(await isIn(who)).toBe(false);
      expect(await isIn(await stage.signedIn(email))).toBe(true);

      const address = { ...changes(), publicUrl: () => stage.server.url };
      await changeSignUpLink(changes(), here, 'on');
      const signUp = (await signUpAddress(address, stage.server.orgId)) ?? '';
      expect((await newVisitor().get(signUp)).heading).toBe('Sign in with your work account');
    });

    test('a failure there names what is left: the owners’ way', async () => {
      const { email } = await somebody(undefined);
      const answer = await stage.signIn(newVisitor(), email);
      expect(answer.text).toContain('Owners can');
    });
  });

  test('an identity provider may begin it, naming itself and a page of ours', async () => {
    const { email } = await somebody('active');
    const query = (fields: Record<string, string>) =>
      `/sso/${stage.slug}/start?${new URLSearchParams(fields)}`;
    const { issuer: iss } = stage.idp;
    const target = query({ iss, target_link_uri: `${stage.server.url}/sessions` });
    expect((await stage.signIn(newVisitor(), email, target)).location).toBe('/sessions');
    const form = await newVisitor().post(`/sso/${stage.slug}/start`, { iss, continue: '/sessions' });
    expect(form.location).toBe(query({ iss }));
    const strange = await newVisitor().get(query({ iss: 'https://idp.evil.example' }));
    expect([strange.status, strange.location]).toEqual([400, '']);
  });

  test('an identity provider that refuses, or does not answer, is named with what it says', async () => {
    const { email } = await somebody('active', { at: { assigned: false } });
    const refused = await stage.signIn(newVisitor(), email);
    expect(refused.heading).toBe('Your identity provider did not let you in');
    expect(await lastAttempt()).toMatchObject({ outcome: 'failed', reason: 'denied' });
    expect((await lastAttempt())?.sentence).toContain('User is not assigned to the client application');

    await stage.set({ issuer: 'http://127.0.0.1:9/nobody' });
    const silent = await newVisitor().get(`/sso/${stage.slug}/start`);
    expect([silent.status, silent.heading]).toEqual([502, 'Your identity provider does not answer']);
    await stage.set();
  });
});

describe.each(databases)('signing in with Entra ID, on %s', (database) => {
  const oid = (n: number) => `5b1e3f5e-0b7c-4c55-8a37-6f0d2f2a9c1${n}`;
  const people = [
    { id: oid(0), name: 'Noor Haddad', email: 'noor@larkspur.example' },
    { id: oid(1), name: 'Guest Nilsen', email: 'guest@elsewhere.example' },
    { id: oid(2), name: 'Imke Sand', login: 'imke@larkspur.example' },
  ];
  let stage: SsoStage;
  beforeAll(async () => {
    stage = await openSsoStage({ database, shape: 'entra', people });
    for (const email of ['noor@larkspur.example', 'guest@elsewhere.example', 'imke@larkspur.example'])
      await stage.addMember(email, 'active');
  });
  afterAll(() => stage.close());
  const lastAttempt = async () => (await listAttempts(stage.server.deps.database.db, stage.server.orgId))[0];

  test('links by an address of the org’s own domain, and keeps the object id beside the subject', async () => {
    await stage.signedIn('noor@larkspur.example');
    const { db } = stage.server.deps.database;
    const identity = await db.selectFrom('sso_identities').selectAll().executeTakeFirstOrThrow();
    expect(identity.directory_id).toBe(oid(0));
    expect(identity.subject).toBe(stage.idp.subjectOf(oid(0), 'rollcall'));
  });

  test('does not take a guest’s word for an address of somebody else’s domain', async () => {
    const answer = await stage.signIn(visitor(stage.server.url), 'guest@elsewhere.example');
    expect(answer.heading).toBe('Your e-mail address is not verified');
    expect(await lastAttempt()).toMatchObject({ reason: 'address_unproven' });
  });

  test('links somebody without a mailbox by the sign-in name, whose domain is the org’s', async () => {
    await stage.signedIn('imke@larkspur.example');
    expect((await lastAttempt())?.outcome).toBe('signed_in');
  });
});
