import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import { followHistory } from '../../helpers/history.ts';
import { databases, operator, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { signedInVisitor } from '../../helpers/signed-in-visitor.ts';
import { formsOf, visitor } from '../../helpers/visitor.ts';

describe.each(databases)('sessions on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
  });
  afterAll(() => server.close());

  test('are listed, this one marked, and ended one by one or all others at once', async () => {
    const [here, there, elsewhere] = await Promise.all([1, 2, 3].map(() => signedInVisitor(server)));
    if (!here || !there || !elsewhere) throw new Error('nobody is signed in');
    const told = await followHistory(server.deps.database.db, server.orgId);
    const page = await here.get('/sessions');
    expect(page.text.match(/this browser/g)).toHaveLength(1);
    const ends = formsOf(page.text).filter(({ action }) => action === '/sessions/end');
    expect(ends).toHaveLength(2);
    expect((await here.post('/sessions/end', { ...ends[0]?.hidden })).location).toBe('/sessions');
    expect((await here.post('/sessions/end', { ...ends[0]?.hidden })).status).toBe(404);
    const left = await Promise.all([there, elsewhere].map(async (who) => (await who.get('/')).status));
    expect(left.sort()).toEqual([200, 303]);
    await here.submit('/sessions', {}, '/sessions/end-others');
    expect(
      await Promise.all([here, there, elsewhere].map(async (who) => (await who.get('/')).status)),
    ).toEqual([200, 303, 303]);
    expect((await told()).events.map(({ type }) => type)).toEqual(Array(2).fill('member.session_ended'));
  });

  test('of others are not theirs to end', async () => {
    const ada = await signedInVisitor(server);
    const noor = await add('noor@larkspur.example');
    const her = await signedInVisitor(server, noor);
    const { db } = server.deps.database;
    const rows = await db.selectFrom('sessions').select(['id', 'member_id']).execute();
    const hers = formsOf((await her.get('/sessions')).text)[0]?.hidden ?? {};
    const others = rows.filter(({ member_id: member }) => member !== noor);
    expect(others.length).toBeGreaterThan(0);
    for (const { id } of others)
      expect((await her.post('/sessions/end', { ...hers, session: id })).status).toBe(404);
    expect((await ada.get('/')).status).toBe(200);
  });

  test('end with signing out, on the server too', async () => {
    const who = await signedInVisitor(server);
    const token = who.cookies.get('rollcall-session') ?? '';
    expect((await who.submit('/', {}, '/sign-out')).location).toBe('/sign-in');
    expect(who.cookies.has('rollcall-session')).toBe(false);
    who.cookies.set('rollcall-session', token);
    expect((await who.get('/sessions')).location).toBe('/sign-in?continue=%2Fsessions');
  });

  test('end when they expire', async () => {
    const who = await signedInVisitor(server);
    const { db } = server.deps.database;
    await db.updateTable('sessions').set({ expires_at: server.clock.now }).execute();
    expect((await who.get('/')).status).toBe(303);
  });

  test.each(['block-member', 'deactivate-member'] as const)('end at once with %s', async (kind) => {
    const id = await add(`${kind}@larkspur.example`);
    const who = await signedInVisitor(server, id);
    expect((await who.get('/')).status).toBe(200);
    const change = kind === 'block-member' ? { kind, id, reason: null } : ({ kind, id } as const);
    await applyDirectoryChange(changeDepsOf(server.deps), source(), change);
    expect((await who.get('/')).status).toBe(303);
  });

  test('tell when they were used, to five minutes', async () => {
    const who = await signedInVisitor(server);
    server.clock.now += 2 * 60 * 60_000;
    const other = await signedInVisitor(server);
    await other.get('/');
    server.clock.now += 3 * 60 * 60_000;
    expect((await who.get('/sessions')).text).toContain('last used 3 hours ago');
  });

  test('of a made-up token are none', async () => {
    const who = visitor(server.url);
    for (const token of ['rollcall_x', 'x'.repeat(5000), "' or 1=1 --"]) {
      who.cookies.set('rollcall-session', encodeURIComponent(token));
      expect((await who.get('/')).status).toBe(303);
    }
  });

  const source = () => ({ ...operator, orgId: server.orgId, connectionId: null });
  const add = async (address: string) => {
    const attributes = { userName: address, active: true, emails: [{ value: address, primary: true }] };
    const standing = { role: 'member', invitedAt: null, joinedAt: 1 } as const;
    const change = { kind: 'add-member-by-hand', attributes, standing } as const;
    const { member } = await applyDirectoryChange(changeDepsOf(server.deps), source(), change);
    return member.id;
  };
});
