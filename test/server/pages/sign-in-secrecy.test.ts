import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import { mailsTo } from '../../helpers/mailbox.ts';
import { databases, operator, type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { watchStatements } from '../../helpers/statements.ts';
import { visitor } from '../../helpers/visitor.ts';

describe.each(databases)('whether an address is known is not told on %s', (database) => {
  let server: ScimServer;
  const [known, blocked, waiting, unknown] = [
    'noor@larkspur.example',
    'dora@larkspur.example',
    'imke@larkspur.example',
    'mara@larkspur.example',
  ];

  beforeAll(async () => {
    server = await startScimServer({ database });
    const deps = changeDepsOf(server.deps);
    const source = { ...operator, orgId: server.orgId, connectionId: null };
    for (const address of [known, blocked, waiting]) {
      const attributes = { userName: address, active: true, emails: [{ value: address, primary: true }] };
      const joinedAt = address === waiting ? null : server.clock.now;
      const standing = { role: 'member', invitedAt: null, joinedAt } as const;
      const change = { kind: 'add-member-by-hand', attributes, standing } as const;
      const { member } = await applyDirectoryChange(deps, source, change);
      if (address !== blocked) continue;
      await applyDirectoryChange(deps, source, { kind: 'block-member', id: member.id, reason: null });
    }
  });
  afterAll(() => server.close());

  /** Everything that somebody who asks can see and measure, with the address itself left out. */
  const look = async (address: string, statements: () => readonly string[]) => {
    const who = visitor(server.url);
    await who.get('/sign-in');
    const page = await who.get('/sign-in');
    const form_token = /name="form_token" value="(\w+)"/.exec(page.text)?.[1] ?? '';
    statements();
    const answer = await who.post('/sign-in', { email: address, continue: '/', form_token });
    const ran = statements();
    const code = await who.get('/sign-in/code');
    const wrong = await who.post('/sign-in/code', { code: '00000000', form_token });
    const shown = [answer, code, wrong].map(({ status, location, headers, text }) => ({
      status,
      location,
      headers: [...headers]
        .filter(([name]) => name !== 'date')
        .map(([name, value]) => [name, value.replace(/=[\w-]{43}/, '')]),
      text: text.replaceAll(address, 'the address').replace(/value="[0-9a-f]{64}"/g, ''),
    }));
    return { ran, shown };
  };

  test('the answers, their headers and the statements run are the same', async () => {
    // The first time, statements are prepared.
    const statements = watchStatements();
    await look('warm-up@larkspur.example', statements);
    const reference = await look(known, statements);
    expect(reference.ran.length).toBeGreaterThan(3);
    for (const address of [blocked, waiting, unknown])
      expect(await look(address, statements), address).toEqual(reference);
  });

  test('mail goes only to whoever may sign in', async () => {
    for (const address of [blocked, waiting, unknown]) {
      expect(await mailsTo(server.deps, address), address).toEqual([]);
    }
    expect(await mailsTo(server.deps, known)).toHaveLength(1);
  });

  test('what never leaves holds nothing that opens a door', async () => {
    const rows = await server.deps.database.db
      .selectFrom('outbox')
      .select(['recipient', 'state', 'sealed'])
      .execute();
    expect(rows.filter(({ recipient }) => recipient !== known)).toEqual(
      ['warm-up@larkspur.example', blocked, waiting, unknown].map((recipient) => ({
        recipient,
        state: 'dropped',
        sealed: null,
      })),
    );
  });
});
