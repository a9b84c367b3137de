import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { inviteFromText } from '../../../server/invitations/invite-from-text.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import { consent, trade } from '../../helpers/extension-client.ts';
import { lastMailTo } from '../../helpers/mailbox.ts';
import { databases, operator, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { signedInVisitor } from '../../helpers/signed-in-visitor.ts';
import { formsOf, type Visitor, visitor } from '../../helpers/visitor.ts';

describe.each(databases)('at the same moment, on %s', (database) => {
  let server: ScimServer;
  beforeAll(async () => {
    server = await startScimServer({ database });
  });
  afterAll(() => server.close());

  const deps = () => changeDepsOf(server.deps);
  const source = () => ({ ...operator, orgId: server.orgId, connectionId: null });
  const rounds = Array.from({ length: 6 }, (_, n) => n);
  const invite = async (email: string) => {
    await inviteFromText(deps(), source(), { text: email, role: 'member' }, ['member']);
    const { id } = await deps()
      .db.selectFrom('members')
      .select('id')
      .where('email_norm', '=', email)
      .executeTakeFirstOrThrow();
    return { id, link: (await lastMailTo(server.deps, email)).link };
  };
  const block = (id: string) =>
    applyDirectoryChange(deps(), source(), { kind: 'block-member', id, reason: null });
  const askFor = async (email: string) => {
    server.clock.now += 20 * 60_000;
    const who = visitor(server.url);
    await who.submit('/sign-in', { email });
    return { who, ...(await lastMailTo(server.deps, email)) };
  };
  /** A form that is filled and waits to be sent. */
  const ready = async (who: Visitor, path: string, fields: Record<string, string>) => {
    const [form] = formsOf((await who.get(path)).text);
    return () => who.post(form?.action ?? '', { ...form?.hidden, ...fields });
  };
  const sessionsOf = (id: string) =>
    deps().db.selectFrom('sessions').selectAll().where('member_id', '=', id).execute();
  const statusOf = async (id: string) =>
    (await deps().db.selectFrom('members').select('status').where('id', '=', id).executeTakeFirstOrThrow())
      .status;

  test('code and link let in once', async () => {
    const { id } = await invite('both@larkspur.example');
    for (const round of rounds) {
      const { who, code, link } = await askFor('both@larkspur.example');
      const other = visitor(server.url);
      const sends = [await ready(who, '/sign-in/code', { code }), await ready(other, link, {})];
      const answers = await Promise.all(sends.map((send) => send()));
      expect(answers.map(({ status }) => status).sort(), `round ${round}`).toEqual([200, 303]);
      expect(await sessionsOf(id)).toHaveLength(round + 1);
    }
  });

  test('two tabs that accept the same invitation are one joining', async () => {
    const { id, link } = await invite('tabs@larkspur.example');
    const who = visitor(server.url);
    const sends = [await ready(who, link, { name: 'Noor' }), await ready(who, link, { name: 'Noor' })];
    const headings = (await Promise.all(sends.map((send) => send()))).map(({ heading }) => heading);
    expect(headings.sort()).toEqual(['Welcome to Larkspur Foundry', 'You have joined already']);
    expect(await sessionsOf(id)).toHaveLength(1);
  });

  test('whoever is blocked while they accept, sign in or let the extension in keeps no way in', async () => {
    for (const round of rounds) {
      const { id, link } = await invite(`accepts${round}@larkspur.example`);
      const accept = await ready(visitor(server.url), link, { name: 'Noor' });
      await Promise.all([accept(), block(id)]);
      expect([await statusOf(id), await sessionsOf(id)], `accepts ${round}`).toEqual(['blocked', []]);

      const signsIn = await invite(`signs-in${round}@larkspur.example`);
      const { who, code } = await askFor(`signs-in${round}@larkspur.example`);
      const type = await ready(who, '/sign-in/code', { code });
      await Promise.all([type(), block(signsIn.id)]);
      expect([await statusOf(signsIn.id), await sessionsOf(signsIn.id)], `signs in ${round}`).toEqual([
        'blocked',
        [],
      ]);

      const lets = await invite(`extension${round}@larkspur.example`);
      await (await ready(visitor(server.url), lets.link, { name: 'Noor' }))();
      const grant = await consent(await signedInVisitor(server, lets.id));
      await Promise.all([trade(server.url, grant), block(lets.id)]);
      expect([await statusOf(lets.id), await sessionsOf(lets.id)], `extension ${round}`).toEqual([
        'blocked',
        [],
      ]);
    }
  });
});
