import { describe, expect, onTestFinished, test } from 'vitest';
import { listOrgs } from '../../../server/orgs/org-store.ts';
import { startEmptyServer } from '../../helpers/empty-server.ts';
import { followHistory } from '../../helpers/history.ts';
import { type DatabaseName, databases } from '../../helpers/scim-server.ts';
import { visitor } from '../../helpers/visitor.ts';

const form = { org: 'Larkspur Foundry', email: 'ada@larkspur.example' };

async function open(database?: DatabaseName) {
  const server = await startEmptyServer(database);
  onTestFinished(() => server.close());
  const orgs = async () => (await listOrgs(server.deps.database.db)).map(({ name }) => name);
  return { server, orgs, code: server.deps.setUpCode };
}

describe.each(databases)('a server without an org on %s', (database) => {
  test('is set up on its page, by whoever reads the terminal', async () => {
    const { server, orgs, code } = await open(database);
    const who = visitor(server.url);
    for (const path of ['/', '/sign-in', '/sessions', '/extension/authorize', '/invitation'])
      expect((await who.get(path)).location, path).toBe('/set-up');
    const done = await who.submit('/set-up', { ...form, code: `${code.slice(0, 4)} ${code.slice(4)}` });
    expect([done.status, done.heading]).toEqual([200, 'Larkspur Foundry is set up']);
    expect(await orgs()).toEqual(['Larkspur Foundry']);
    expect((await who.get('/')).text).toContain('<strong>owner</strong>');
    const { db } = server.deps.database;
    const [org] = await listOrgs(db);
    const entries = await db.selectFrom('audit').select(['action', 'actor_kind', 'actor_id']).execute();
    expect(entries.map(({ action }) => action)).toEqual(['org.created', 'member.added', 'member.signed_in']);
    expect(entries[0]).toMatchObject({ actor_kind: 'operator', actor_id: 'set-up page' });
    const told = await followHistory(db, org?.id ?? '');
    const again = await visitor(server.url).get('/set-up');
    expect([again.status, again.location]).toEqual([303, '/']);
    expect((await told()).audit).toEqual([]);
  });
});

test('a wrong code, or one of another start, sets nothing up', async () => {
  const { server, orgs, code } = await open();
  const { code: other } = await open();
  const wrong = String((Number(code) + 1) % 1e8).padStart(8, '0');
  for (const given of ['', wrong, other, `${code}0`, code.slice(1)]) {
    const answer = await visitor(server.url).submit('/set-up', { ...form, code: given });
    expect([answer.status, answer.text.includes('Type the code that the server printed last')]).toEqual([
      422,
      true,
    ]);
  }
  expect(await orgs()).toEqual([]);
});

test('guessing the code ends after fifty tries, wherever they come from', async () => {
  const { server, orgs, code } = await open();
  const who = visitor(server.url);
  const page = await who.get('/set-up');
  const form_token = /name="form_token" value="(\w+)"/.exec(page.text)?.[1] ?? '';
  for (let n = 0; n < 50; n++)
    expect((await who.post('/set-up', { ...form, form_token, code: '' })).status).toBe(422);
  const refused = await who.post('/set-up', { ...form, form_token, code });
  expect([refused.status, refused.heading]).toEqual([429, 'That was a lot at once']);
  expect(await orgs()).toEqual([]);
});

test('the page says what to correct, and keeps what was typed', async () => {
  const { server, code } = await open();
  const answer = await visitor(server.url).submit('/set-up', { org: ' ', email: 'ada at <b>', code });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('<title>Problem: Set up Rollcall · Rollcall</title>');
  expect(answer.text).toContain('<a href="#org">Type the name of your organisation.</a>');
  expect(answer.text).toContain('aria-describedby="email-hint email-problem"');
  expect(answer.text).toContain('value="ada at &lt;b&gt;"');
  expect(answer.text).not.toContain(code);
});
