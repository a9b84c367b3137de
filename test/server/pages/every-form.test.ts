import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { writeSso } from '../../../server/auth/sso-store.ts';
import { inviteFromText } from '../../../server/invitations/invite-from-text.ts';
import { changeSignUpLink, signUpAddress } from '../../../server/orgs/sign-up-link.ts';
import { challenge, redirectUri } from '../../helpers/extension-client.ts';
import { lastMailTo } from '../../helpers/mailbox.ts';
import { routesOf } from '../../helpers/routes.ts';
import { allRows } from '../../helpers/rows.ts';
import { operator, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { signedInVisitor } from '../../helpers/signed-in-visitor.ts';
import { ssoRow } from '../../helpers/sso-settings.ts';
import { type Visitor, visitor } from '../../helpers/visitor.ts';

/** Rooms that look at no cookie: another page has nothing there to ride on. */
const withoutCookies =
  /^\/(?:[cr]\/|trpc\/|export\/|extension\/(?:token|revoke)$|unsubscribe$|sso\/:org\/(?:start|logout)$)/;

const quietMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

describe('a form that another page sends in the name of a browser', async () => {
  const server: ScimServer = await startScimServer();
  const forms = routesOf(server.app)
    .filter(({ method, path }) => !quietMethods.has(method) && !withoutCookies.test(path) && path !== '*')
    .map(({ method, path }) => `${method} ${path}`);
  const deps = changeDepsOf(server.deps);
  const here = { ...operator, orgId: server.orgId };
  beforeAll(async () => {
    const verified = { challenge: 'c', created_at: 1, verified_at: 1, checked_at: 1, failing_since: null };
    await deps.db
      .insertInto('org_domains')
      .values({ org_id: server.orgId, domain: 'larkspur.example', ...verified })
      .execute();
    await changeSignUpLink(deps, here, 'on');
  });
  afterAll(() => server.close());

  const tokenIn = (link: string, name = 'token') => new URL(link, server.url).searchParams.get(name) ?? '';
  let people = 0;
  const newcomer = () => `person${++people}@larkspur.example`;
  const askForCode = async (who: Visitor, email = 'ada@larkspur.example') => {
    server.clock.now += 20 * 60_000;
    await who.post('/sign-in', { email, form_token: await formToken(who, '/sessions') });
    return lastMailTo(server.deps, email);
  };
  const orgToken = async () =>
    tokenIn((await signUpAddress({ ...deps, publicUrl: () => server.url }, server.orgId)) ?? '', 'org-token');
  const signUp = async (who: Visitor) => {
    server.clock.now += 20 * 60_000;
    const email = newcomer();
    await who.submit(`/sign-up?org-token=${await orgToken()}`, { name: 'Noor', email });
    return lastMailTo(server.deps, email);
  };

  const otherOrgWithSso = async () => {
    const org = { id: 'o2', slug: 'heron', name: 'Heron', created_at: 1 };
    const known = await deps.db.selectFrom('orgs').select('id').where('id', '=', org.id).executeTakeFirst();
    if (known) return org.slug;
    await deps.db.insertInto('orgs').values(org).execute();
    await writeSso(deps.db, ssoRow(deps.secret, org.id, 'https://idp.heron.example'));
    return org.slug;
  };

  /** What each form holds when it would do something for this visitor. A form without an entry fails the first test. */
  const fields: Readonly<Record<string, (who: Visitor) => Promise<Record<string, string>>>> = {
    'POST /set-up': async () => ({
      org: 'Second',
      email: 'eve@second.example',
      code: server.deps.setUpCode,
    }),
    'POST /sign-in': async () => {
      server.clock.now += 20 * 60_000;
      return { email: 'ada@larkspur.example' };
    },
    'POST /sign-in/code': async (who) => ({ code: (await askForCode(who)).code }),
    'POST /sign-in/link': async (who) => ({ token: tokenIn((await askForCode(who)).link) }),
    'POST /sign-in/org': async () => ({ ticket: 'none', org: server.orgId }),
    'POST /sessions/end': async () => {
      const other = await signedInVisitor(server);
      await other.get('/');
      const row = await deps.db
        .selectFrom('sessions')
        .select('id')
        .orderBy('last_used_at', 'desc')
        .executeTakeFirstOrThrow();
      return { session: row.id };
    },
    'POST /sessions/end-others': async () => {
      await signedInVisitor(server);
      return {};
    },
    'POST /sign-out': async () => ({}),
    'POST /sso/switch': async () => ({ org: await otherOrgWithSso() }),
    'POST /extension/authorize': async () => ({
      response_type: 'code',
      client_id: 'rollcall-extension',
      redirect_uri: redirectUri,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      decision: 'allow',
    }),
    'POST /invitation': async () => {
      const email = newcomer();
      await inviteFromText(deps, here, { text: email, role: 'member' }, ['member']);
      return { token: tokenIn((await lastMailTo(server.deps, email)).link), name: 'Noor' };
    },
    'POST /sign-up': async () => {
      server.clock.now += 20 * 60_000;
      return { 'org-token': await orgToken(), name: 'Noor', email: newcomer() };
    },
    'POST /sign-up/code': async (who) => ({ code: (await signUp(who)).code }),
    'POST /sign-up/link': async (who) => ({ token: tokenIn((await signUp(who)).link) }),
  };

  /** These do nothing here even for their own page: there is an org already, and no choice of one to make. */
  const idle = new Set(['POST /set-up', 'POST /sign-in/org']);

  test('is every form of the server', () => {
    expect(Object.keys(fields).sort()).toEqual([...forms].sort());
  });

  describe.each(Object.keys(fields))('%s', (form) => {
    const path = form.slice('POST '.length);

    test('is refused and changes nothing; from its own page it does', async () => {
      const who = await signedInVisitor(server);
      const form_token = await formToken(who, '/sessions');
      const thiefs = await formToken(visitor(server.url), '/sign-in');
      expect([form_token.length, thiefs.length]).toEqual([64, 64]);
      const filled = (await fields[form]?.(who)) ?? {};
      const before = await allRows(deps.db);
      const evil = { origin: 'https://evil.example' };
      const refused = {
        'without a token': await who.post(path, filled),
        'with another browser’s token': await who.post(path, { ...filled, form_token: thiefs }),
        'with its token in the address': await who.post(`${path}?form_token=${form_token}`, filled),
        'from a foreign origin': await who.post(path, { ...filled, form_token }, evil),
        'from a foreign origin, without a token': await who.post(path, filled, evil),
        'from no origin': await who.post(path, { ...filled, form_token }, { origin: 'null' }),
        'from a foreign site': await who.post(
          path,
          { ...filled, form_token },
          { 'sec-fetch-site': 'cross-site' },
        ),
      };
      for (const [name, answer] of Object.entries(refused)) {
        expect(answer.status, name).toBe(403);
        expect(answer.text, name).toContain('not sent from a page that this browser has open');
        expect(answer.headers.getSetCookie().join(), name).not.toContain('session');
      }
      expect(await allRows(deps.db)).toEqual(before);
      const taken = await who.post(path, { ...filled, form_token }, { origin: server.url });
      expect(taken.status, taken.text).toBeLessThan(400);
      if (!idle.has(form)) expect(await allRows(deps.db)).not.toEqual(before);
    });
  });
});

/** The token of the forms on a page. */
async function formToken(who: Visitor, path: string): Promise<string> {
  return /name="form_token" value="(\w+)"/.exec((await who.get(path)).text)?.[1] ?? '';
}
