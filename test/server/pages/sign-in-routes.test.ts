import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { followHistory } from '../../helpers/history.ts';
import { lastMailTo, mailsTo } from '../../helpers/mailbox.ts';
import { databases, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { type Visitor, visitor } from '../../helpers/visitor.ts';

const ada = 'ada@larkspur.example';
const mac = { 'user-agent': 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/140.0 Safari/537.36' };
const minute = 60_000;

describe.each(databases)('signing in by mail on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
  });
  afterAll(() => server.close());

  const ask = async (who: Visitor, email = ada, continueTo = '/') => {
    // The throttle of one address is by the clock; each test has a quarter of an hour of its own.
    server.clock.now += 20 * minute;
    const answer = await who.submit(`/sign-in?continue=${encodeURIComponent(continueTo)}`, { email });
    expect([answer.status, answer.location]).toEqual([303, '/sign-in/code']);
  };
  const wrong = (code: string) => String((Number(code) + 1) % 1e8).padStart(8, '0');

  test('by the code in the mail, in the browser that asked', async () => {
    const told = await followHistory(server.deps.database.db, server.orgId);
    const who = visitor(server.url, mac);
    await ask(who, ' Ada@Larkspur.example ', '/sessions');
    const { code, subject } = await lastMailTo(server.deps, ada);
    expect(subject).not.toContain(code);
    expect((await who.get('/sign-in/code')).text).toContain(ada);
    const done = await who.submit('/sign-in/code', { code: `${code.slice(0, 4)} ${code.slice(4)}` });
    expect([done.status, done.location]).toEqual([303, '/sessions']);
    const sessions = await who.get('/sessions');
    expect(sessions.text).toContain('Chrome on macOS');
    const { events, audit } = await told();
    expect(events).toMatchObject([{ type: 'member.signed_in', data: { name: 'Chrome on macOS' } }]);
    expect(events[0]?.by).toBe(events[0]?.subject);
    expect(audit).toMatchObject([
      { action: 'member.signed_in', changes: { session: [null, 'Chrome on macOS'] } },
    ]);
  });

  test('by the link, in any browser; looking at it uses nothing up', async () => {
    await ask(visitor(server.url));
    const { link } = await lastMailTo(server.deps, ada);
    for (let n = 0; n < 3; n++) expect((await visitor(server.url).get(link)).status).toBe(200);
    const who = visitor(server.url);
    const done = await who.submit(link, {});
    expect([done.status, done.location]).toEqual([303, '/']);
    expect((await who.get('/')).heading).toContain('You are signed in');
  });

  test('a link works once, and the code of the same mail not after it', async () => {
    const who = visitor(server.url);
    await ask(who);
    const { link, code } = await lastMailTo(server.deps, ada);
    const other = visitor(server.url);
    const replay = visitor(server.url);
    await replay.get('/sign-in');
    const token = new URL(link, server.url).searchParams.get('token') ?? '';
    await other.submit(link, {});
    expect((await visitor(server.url).get(link)).heading).toBe('This link is over');
    const { form_token = '' } = await formFields(replay);
    const again = await replay.post('/sign-in/link', { token, form_token });
    expect(again.heading).toBe('This link is over');
    expect(again.headers.getSetCookie().join()).not.toContain('session');
    const typed = await who.post('/sign-in/code', { code, ...(await formFields(who)) });
    expect(typed.heading).toBe('This code is over');
  });

  test('used by many at once, a link lets one in', async () => {
    await ask(visitor(server.url));
    const { link } = await lastMailTo(server.deps, ada);
    const crowd = await Promise.all(
      Array.from({ length: 8 }, () =>
        visitor(server.url)
          .submit(link, {})
          .catch(() => undefined),
      ),
    );
    expect(crowd.filter((answer) => answer?.status === 303)).toHaveLength(1);
  });

  test('neither works after ten minutes', async () => {
    const who = visitor(server.url);
    await ask(who);
    const { link, code } = await lastMailTo(server.deps, ada);
    const fields = await formFields(who);
    server.clock.now += 10 * minute;
    expect((await who.get(link)).heading).toBe('This link is over');
    expect((await who.post('/sign-in/code', { code, ...fields })).heading).toBe('This code is over');
    expect((await who.get('/sign-in/code')).location).toBe('/sign-in');
  });

  test('a link that was changed, or is none, is explained', async () => {
    const who = visitor(server.url);
    await ask(who);
    const { link } = await lastMailTo(server.deps, ada);
    const changed = link.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));
    for (const path of [changed, '/sign-in/link', '/sign-in/link?token=', `${link}&token=x`]) {
      expect((await who.get(path)).heading, path).toBe('This link is over');
    }
  });

  test('a code is good only with the cookie of the browser that asked', async () => {
    await ask(visitor(server.url));
    const { code } = await lastMailTo(server.deps, ada);
    const thief = visitor(server.url);
    await ask(thief, 'nobody@larkspur.example');
    const answer = await thief.submit('/sign-in/code', { code });
    expect([answer.status, answer.heading]).toEqual([422, 'Look into your mailbox']);
    expect(answer.text).toContain('4 tries are left');
  });

  test('after five codes there are no more tries, however many come at once', async () => {
    const who = visitor(server.url);
    await ask(who);
    const { code } = await lastMailTo(server.deps, ada);
    const fields = await formFields(who);
    const guesses = Array.from({ length: 12 }, () =>
      who.post('/sign-in/code', { code: wrong(code), ...fields }),
    );
    const headings = (await Promise.all(guesses)).map(({ heading }) => heading);
    expect(headings.filter((heading) => heading === 'Look into your mailbox')).toHaveLength(4);
    expect((await who.post('/sign-in/code', { code, ...fields })).heading).toBe('This code is over');
  });

  test('four wrong codes and then the right one let in', async () => {
    const who = visitor(server.url);
    await ask(who);
    const { code } = await lastMailTo(server.deps, ada);
    for (const left of ['4 tries are', '3 tries are', '2 tries are', 'One try is']) {
      expect((await who.submit('/sign-in/code', { code: wrong(code) })).text).toContain(`${left} left`);
    }
    expect((await who.submit('/sign-in/code', { code })).status).toBe(303);
  });

  test('a code that is not eight digits long costs no try', async () => {
    const who = visitor(server.url);
    await ask(who);
    const { code } = await lastMailTo(server.deps, ada);
    for (let n = 0; n < 6; n++)
      expect((await who.submit('/sign-in/code', { code: '123' })).text).toContain('Type all of them');
    expect((await who.submit('/sign-in/code', { code })).status).toBe(303);
  });

  test('one address gets five mails in a quarter of an hour, and is told how long to wait', async () => {
    server.clock.now += 20 * minute;
    const before = (await mailsTo(server.deps, ada)).length;
    for (let n = 0; n < 5; n++) {
      server.clock.now += minute;
      expect((await visitor(server.url).submit('/sign-in', { email: ada })).status).toBe(303);
    }
    const refused = await visitor(server.url).submit('/sign-in', { email: ada.toUpperCase() });
    expect([refused.status, refused.heading]).toEqual([429, 'That was a lot at once']);
    expect(refused.text).toContain('Wait 11 minutes');
    expect(await mailsTo(server.deps, ada)).toHaveLength(before + 5);
    server.clock.now += 11 * minute + 1;
    expect((await visitor(server.url).submit('/sign-in', { email: ada })).status).toBe(303);
  });
});

/** The form token of a visitor who has asked for a code. */
async function formFields(who: Visitor): Promise<Record<string, string>> {
  const { text } = await who.get('/sign-in');
  return { form_token: /name="form_token" value="(\w+)"/.exec(text)?.[1] ?? '' };
}
