import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addSession } from '../../../server/auth/session-store.ts';
import { listAttempts } from '../../../server/auth/sso-attempt-store.ts';
import { writeSso } from '../../../server/auth/sso-store.ts';
import { hashToken, newToken } from '../../../server/core/secrets.ts';
import { newSession } from '../../helpers/sessions.ts';
import { ssoRow } from '../../helpers/sso-settings.ts';
import { type Answer, type Visitor, visitor } from '../../helpers/visitor.ts';
import { type HostileIdp, startHostileIdp, unsigned } from '../../oidc/hostile-idp.ts';
import type { IdpPerson } from '../../oidc/idp-people.ts';
import { openSsoStage, type SsoStage } from '../../oidc/sso-stage.ts';

const ada: IdpPerson = { id: '00uada', name: 'Ada Hartmann', email: 'ada@larkspur.example' };
const eve: IdpPerson = { id: '00ueve', name: 'Eve Marlow', email: 'eve@larkspur.example' };

let stage: SsoStage;
let hostile: HostileIdp;
beforeAll(async () => {
  stage = await openSsoStage({ shape: 'okta', people: [ada, eve] });
  await stage.addMember('eve@larkspur.example', 'active');
  hostile = await startHostileIdp();
});
afterAll(async () => {
  await stage.close();
  await hostile.close();
});
beforeEach(() => stage.set());

const db = () => stage.server.deps.database.db;
const newVisitor = () => visitor(stage.server.url);
const start = (query = '') => `/sso/${stage.slug}/start${query}`;
const seconds = () => Math.floor(stage.server.clock.now / 1000);
const lastAttempt = async () => (await listAttempts(db(), stage.server.orgId))[0];
const eveHere = async () => {
  const row = await db()
    .selectFrom('members')
    .select('id')
    .where('email', '=', eve.email ?? '')
    .executeTakeFirstOrThrow();
  return { memberId: row.id };
};
const sessions = async () => (await db().selectFrom('sessions').select('id').execute()).length;

/** Nobody came in by this answer, and no page of ours says otherwise. */
async function expectOut(who: Visitor, answer: Answer): Promise<void> {
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.headers.getSetCookie().join()).not.toContain('rollcall-session');
  expect((await who.get('/')).status).toBe(303);
}

describe('an answer that is not this browser’s', () => {
  test('is worth nothing without the browser that began it, which may still finish', async () => {
    const eves = newVisitor();
    const back = await stage.goThere(eves, eve.email ?? '');
    const stranger = newVisitor();
    await stranger.get('/sign-in');
    for (const who of [newVisitor(), stranger]) {
      const answer = await who.get(back);
      await expectOut(who, answer);
      expect(answer.heading).toBe('This sign-in is over');
    }
    expect((await eves.get(back)).status).toBe(303);
  });

  test('is worth nothing a second time, nor twice at once', async () => {
    const who = newVisitor();
    const back = await stage.goThere(who, eve.email ?? '');
    const before = await sessions();
    const answers = await Promise.all([who.get(back), who.get(back), who.get(back)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 400, 400]);
    expect((await who.get(back)).heading).toBe('This sign-in is over');
    expect(await sessions()).toBe(before + 1);
  });

  test('is worth nothing when it is too old', async () => {
    const who = newVisitor();
    const back = await stage.goThere(who, eve.email ?? '');
    stage.server.clock.now += 10 * 60_000;
    await expectOut(who, await who.get(back));
  });

  test('brings nobody in by the code of somebody else', async () => {
    const [adas, eves] = [newVisitor(), newVisitor()];
    const adasCode = new URL(await stage.goThere(adas, ada.email ?? '')).searchParams.get('code') ?? '';
    const injected = new URL(await stage.goThere(eves, eve.email ?? ''));
    injected.searchParams.set('code', adasCode);
    await expectOut(eves, await eves.get(injected.href));
    expect(await lastAttempt()).toMatchObject({ outcome: 'failed', reason: 'token' });
  });

  test('brings nobody in by a code that has been used', async () => {
    const who = newVisitor();
    const used = new URL(await stage.goThere(who, eve.email ?? ''));
    await who.get(used.href);
    const thief = newVisitor();
    const fresh = new URL(await stage.goThere(thief, eve.email ?? ''));
    fresh.searchParams.set('code', used.searchParams.get('code') ?? '');
    await expectOut(thief, await thief.get(fresh.href));
  });

  test('leaves no trace among the attempts unless the sign-in was under way: nobody fills the list', async () => {
    const before = await listAttempts(db(), stage.server.orgId);
    const who = newVisitor();
    await who.get(`/sso/${stage.slug}/callback?state=invented&error=access_denied`);
    await who.get(`/sso/${stage.slug}/callback`);
    expect(await listAttempts(db(), stage.server.orgId)).toEqual(before);
  });
});

describe('two identity providers', () => {
  beforeAll(async () => {
    const org = { id: 'o2', slug: 'heron', name: 'Heron', created_at: 1 };
    await db().insertInto('orgs').values(org).execute();
    await writeSso(db(), ssoRow(stage.server.deps.secret, org.id, hostile.issuer));
  });

  test('are not mixed up: an answer of one brought to the other is over, and its code goes nowhere', async () => {
    const who = newVisitor();
    const back = new URL(await stage.goThere(who, eve.email ?? ''));
    const codes = hostile.codes.length;
    const answer = await who.get(`/sso/heron/callback${back.search}`);
    expect(answer.heading).toBe('This sign-in is over');
    expect(hostile.codes.length).toBe(codes);
  });

  test('are not mixed up: an answer that names another issuer is refused before its code goes anywhere', async () => {
    const who = newVisitor();
    const back = new URL(await stage.goThere(who, eve.email ?? ''));
    expect(back.searchParams.get('iss')).toBe(stage.idp.issuer);
    back.searchParams.set('iss', hostile.issuer);
    const asked = stage.idp.requests.length;
    await expectOut(who, await who.get(back.href));
    const later = stage.idp.requests.slice(asked);
    expect(later.filter((request) => request.startsWith('POST'))).toEqual([]);
  });

  test('are not mixed up: settings that changed meanwhile end what is under way', async () => {
    const who = newVisitor();
    const back = await stage.goThere(who, eve.email ?? '');
    await stage.set({ client_version: 2 });
    expect((await who.get(back)).heading).toBe('The settings have just changed');
  });

  test('nobody is taken out of one org into another unasked', async () => {
    const who = await stage.signedIn(eve.email ?? '');
    const asked = await who.get('/sso/heron/start');
    expect([asked.status, asked.heading]).toEqual([200, 'Sign in to Heron?']);
    expect((await who.get('/')).status).toBe(200);
    const gone = await who.submit('/sso/heron/start', {}, '/sso/switch');
    expect(gone.headers.get('refresh')).toBe('0; url=/sso/heron/start');
    expect((await who.get('/')).status).toBe(303);
  });
});

describe('an ID token', () => {
  /** Begins a sign-in at the hostile one and brings back a code that is worth the token. */
  async function comeBack(
    who: Visitor,
    token: (claims: JWTPayload) => Promise<string> | string,
    extra = '',
  ): Promise<Answer> {
    await stage.set({ issuer: hostile.issuer });
    const away = new URL((await who.get(start())).location);
    const nonce = away.searchParams.get('nonce') ?? '';
    hostile.idToken = await token({
      iss: hostile.issuer,
      aud: 'rollcall',
      sub: eve.id,
      iat: seconds(),
      exp: seconds() + 300,
      nonce,
      email: eve.email,
      email_verified: true,
    });
    const state = away.searchParams.get('state');
    return who.get(`/sso/${stage.slug}/callback?code=c&state=${state}${extra}`);
  }

  test('that is right brings somebody in, so that those that are not are refused for what they are', async () => {
    const who = newVisitor();
    expect((await comeBack(who, (claims) => hostile.sign(claims))).status).toBe(303);
    expect((await who.get('/')).status).toBe(200);
  });

  test('may be a minute off, as clocks are', async () => {
    const token = (claims: JWTPayload) =>
      hostile.sign({ ...claims, iat: seconds() + 50, nbf: seconds() + 50, exp: seconds() - 50 });
    expect((await comeBack(newVisitor(), token)).status).toBe(303);
  });

  const wrong: Record<string, [(claims: JWTPayload) => Promise<string> | string, reason: string]> = {
    'of a forged key': [(claims) => hostile.forge(claims), 'id_token'],
    'of a key that is not published': [(claims) => hostile.forge(claims, { kid: 'two' }), 'id_token'],
    'that has expired': [(claims) => hostile.sign({ ...claims, exp: seconds() - 61 }), 'clock'],
    'that is not valid yet': [(claims) => hostile.sign({ ...claims, nbf: seconds() + 61 }), 'clock'],
    'for another client': [(claims) => hostile.sign({ ...claims, aud: 'another' }), 'id_token'],
    'for several clients, issued to another': [
      (claims) => hostile.sign({ ...claims, aud: ['rollcall', 'another'], azp: 'another' }),
      'id_token',
    ],
    'of another issuer': [(claims) => hostile.sign({ ...claims, iss: stage.idp.issuer }), 'id_token'],
    'of another sign-in': [(claims) => hostile.sign({ ...claims, nonce: 'another' }), 'id_token'],
    'without a nonce': [({ nonce: _, ...claims }) => hostile.sign(claims), 'id_token'],
    'without a subject': [({ sub: _, ...claims }) => hostile.sign(claims), 'id_token'],
    'that nobody signed': [(claims) => unsigned(claims), 'id_token'],
    'signed with the public key': [(claims) => hostile.signWithPublicKey(claims), 'id_token'],
    'that is none': [() => 'eyJ', 'id_token'],
  };

  test.each(Object.keys(wrong))('%s is refused', async (name) => {
    const [token, reason] = wrong[name] ?? [() => '', ''];
    const who = newVisitor();
    await expectOut(who, await comeBack(who, token));
    expect(await lastAttempt()).toMatchObject({ outcome: 'failed', reason });
    expect((await lastAttempt())?.sentence).not.toContain('eyJ');
  });

  test.each(['none', 'HS256'])(
    'that the discovery document allows to be of “%s” is refused all the same',
    async (alg) => {
      const host = hostile;
      hostile = await startHostileIdp();
      hostile.discovery = { id_token_signing_alg_values_supported: ['RS256', alg] };
      const token = alg === 'none' ? unsigned : hostile.signWithPublicKey;
      const who = newVisitor();
      await expectOut(who, await comeBack(who, token));
      await hostile.close();
      hostile = host;
    },
  );

  test('speaks for its own address only: one that is not verified links with nobody', async () => {
    const victim = 'wren@larkspur.example';
    await stage.addMember(victim, 'active');
    const mine = { sub: '00uthief', email: victim };
    for (const email_verified of [false, 'true', undefined]) {
      const who = newVisitor();
      await expectOut(
        who,
        await comeBack(who, (claims) => hostile.sign({ ...claims, ...mine, email_verified })),
      );
      expect(await lastAttempt()).toMatchObject({ outcome: 'refused', reason: 'address_unproven' });
    }
    // A word on another address, elsewhere, makes none of this one true.
    const token = (claims: JWTPayload) => hostile.sign({ ...claims, ...mine, email_verified: undefined });
    const who = newVisitor();
    await expectOut(who, await comeBack(who, token));
  });

  test('of a second account with an address that is linked brings nobody in', async () => {
    const who = newVisitor();
    await expectOut(who, await comeBack(who, (claims) => hostile.sign({ ...claims, sub: '00uanother' })));
    expect(await lastAttempt()).toMatchObject({ outcome: 'refused', reason: 'linked_elsewhere' });
    const again = newVisitor();
    expect((await comeBack(again, (claims) => hostile.sign(claims))).status).toBe(303);
  });

  test('of a second account links anew when provisioning has written its id, and the first one is out', async () => {
    const email = 'rufus@larkspur.example';
    const externalId = '00unew';
    await stage.server.scim('POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: email,
      externalId,
      active: true,
      emails: [{ value: email, primary: true }],
    });
    const joined = { joined_at: 1, invited_at: 1, status: 'active' as const };
    await db().updateTable('members').set(joined).where('email', '=', email).execute();
    const as = (sub: string) => (claims: JWTPayload) => hostile.sign({ ...claims, sub, email });
    expect((await comeBack(newVisitor(), as('00uold'))).status).toBe(303);
    expect((await comeBack(newVisitor(), as(externalId))).status).toBe(303);
    const who = newVisitor();
    await expectOut(who, await comeBack(who, as('00uold')));
    expect(await lastAttempt()).toMatchObject({ reason: 'linked_elsewhere' });
  });

  test('of somebody who was removed brings nobody back, though the org lets its domains join', async () => {
    const email = 'imke@larkspur.example';
    const token = (claims: JWTPayload) => hostile.sign({ ...claims, sub: '00uimke', email });
    const id = await stage.addMember(email, 'active');
    expect((await comeBack(newVisitor(), token)).status).toBe(303);
    await db().deleteFrom('members').where('id', '=', id).execute();
    await stage.set({ issuer: hostile.issuer, joining: 'verified_domains' });
    const who = newVisitor();
    const away = new URL((await who.get(start())).location);
    const nonce = away.searchParams.get('nonce') ?? '';
    hostile.idToken = await token({
      iss: hostile.issuer,
      aud: 'rollcall',
      iat: seconds(),
      exp: seconds() + 300,
      nonce,
      email_verified: true,
    });
    const query = `code=c&state=${away.searchParams.get('state')}`;
    await expectOut(who, await who.get(`/sso/${stage.slug}/callback?${query}`));
    expect(await lastAttempt()).toMatchObject({ reason: 'removed' });
  });

  test('without an address is completed by the UserInfo endpoint, of the same subject alone', async () => {
    const host = hostile;
    for (const [sub, status] of [
      [eve.id, 303],
      [ada.id, 403],
    ] as const) {
      hostile = await startHostileIdp();
      hostile.userInfo = { sub, email: eve.email, email_verified: true };
      const token = ({ email: _, email_verified: __, ...claims }: JWTPayload) => hostile.sign(claims);
      expect((await comeBack(newVisitor(), token)).status).toBe(status);
      await hostile.close();
    }
    hostile = host;
  });

  test('of an issuer whose discovery document names another is not even asked for', async () => {
    const host = hostile;
    hostile = await startHostileIdp();
    hostile.discovery = { issuer: stage.idp.issuer };
    await stage.set({ issuer: hostile.issuer });
    const answer = await newVisitor().get(start());
    expect([answer.status, answer.location]).toEqual([403, '']);
    await hostile.close();
    hostile = host;
  });
});

describe('the way on', () => {
  test.each([
    '//evil.example',
    'https://evil.example/',
    '/\\evil.example',
    '/./%2e/\t/evil.example',
    'javascript:alert(1)',
  ])('leads to no other place: %s', async (target) => {
    for (const name of ['continue', 'target_link_uri']) {
      const query = `?${new URLSearchParams({ [name]: target })}`;
      const answer = await stage.signIn(newVisitor(), eve.email ?? '', start(query));
      expect(answer.location).toBe('/');
    }
  });

  test('is not led astray by an address that only begins like ours', async () => {
    const here = stage.server.url;
    for (const target of [`${here}@evil.example/`, `${here}.evil.example/`, `${here}//evil.example`]) {
      const query = `?${new URLSearchParams({ target_link_uri: target })}`;
      const answer = await stage.signIn(newVisitor(), eve.email ?? '', start(query));
      expect(answer.location).toBe('/');
    }
  });
});

describe('a logout token', () => {
  const say = (logout_token: string) => newVisitor().post(`/sso/${stage.slug}/logout`, { logout_token });
  const claims = (other: JWTPayload = {}): JWTPayload => ({
    iss: hostile.issuer,
    aud: 'rollcall',
    sub: eve.id,
    iat: seconds(),
    jti: `${++tokens}`,
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    ...other,
  });
  let tokens = 0;
  const without = (name: string): JWTPayload =>
    Object.fromEntries(Object.entries(claims()).filter(([claim]) => claim !== name));
  let session: string;
  /** A session of hers that rests on the hostile one's word. */
  beforeEach(async () => {
    await stage.set({ issuer: hostile.issuer });
    session = newToken();
    const { memberId } = await eveHere();
    await addSession(db(), {
      ...newSession(stage.server.orgId, memberId, hashToken(session)),
      sso_issuer: hostile.issuer,
      sso_subject: eve.id,
      sso_sid: 's1',
    });
  });
  const isIn = async () => {
    const who = newVisitor();
    who.cookies.set('rollcall-session', session);
    return (await who.get('/')).status === 200;
  };

  test('that is right ends what it names, once', async () => {
    expect((await say(await hostile.sign(claims({ sid: 'another' })))).status).toBe(200);
    expect(await isIn()).toBe(true);
    const token = await hostile.sign(claims({ sid: 's1' }), { typ: 'logout+jwt' });
    expect((await say(token)).status).toBe(200);
    expect(await isIn()).toBe(false);
    const again = await say(token);
    expect([again.status, JSON.parse(again.text).error]).toEqual([400, 'invalid_request']);
  });

  const wrong: Record<string, () => Promise<string> | string> = {
    'of a forged key': () => hostile.forge(claims()),
    'that nobody signed': () => unsigned(claims()),
    'signed with the public key': () => hostile.signWithPublicKey(claims()),
    'of another issuer': () => hostile.sign(claims({ iss: stage.idp.issuer })),
    'for another client': () => hostile.sign(claims({ aud: 'another' })),
    'that is an ID token': () => hostile.sign(claims({ nonce: 'n' })),
    'without the event': () => hostile.sign(claims({ events: {} })),
    'of another event': () => hostile.sign(claims({ events: { 'https://evil.example/event': {} } })),
    'without an id': () => hostile.sign(without('jti')),
    'about nobody': () => hostile.sign(without('sub')),
    'without a time': () => hostile.sign(without('iat')),
    'that is too old': () => hostile.sign(claims({ iat: seconds() - 400 })),
    'from the future': () => hostile.sign(claims({ iat: seconds() + 400 })),
    'that has expired': () => hostile.sign(claims({ exp: seconds() - 61 })),
    'of another type': () => hostile.sign(claims(), { typ: 'at+jwt' }),
    'that is none': () => 'eyJ',
  };

  test.each(Object.keys(wrong))('%s ends nothing', async (name) => {
    expect((await say((await wrong[name]?.()) ?? '')).status).toBe(400);
    expect(await isIn()).toBe(true);
  });
});
