import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { createLog } from '../../server/core/log.ts';
import { apiClient } from '../helpers/api-client.ts';
import { authorizeQuery, consent, trade, verifier } from '../helpers/extension-client.ts';
import { lastMailTo, type ReceivedMail } from '../helpers/mailbox.ts';
import { type ScimServer, startScimServer } from '../helpers/scim-server.ts';
import { visitor } from '../helpers/visitor.ts';

const written = vi.hoisted(() => [] as string[]);

// The server's own log, with all it writes kept.
vi.mock('../../server/core/log.ts', async (original) => {
  const log = await original<{ createLog: typeof createLog }>();
  const write = (line: string) => void written.push(line);
  return { ...log, createLog: (level: string) => log.createLog(level, { write }) };
});

let server: ScimServer;
beforeAll(async () => {
  server = await startScimServer({ env: { LOG_LEVEL: 'trace' } });
});
afterAll(() => server.close());

test('from the first mail to the last session, no line of the log opens a door', async () => {
  const secrets = new Map<string, string>();
  const keep = (name: string, secret: string | null | undefined) => {
    expect(secret?.length ?? 0, name).toBeGreaterThan(7);
    secrets.set(name, secret ?? '');
  };
  const keepMail = (name: string, { link, code, text }: ReceivedMail) => {
    keep(`${name}: token`, new URL(link, server.url).searchParams.get('token'));
    if (code !== '') keep(`${name}: code`, code);
    for (const [, token] of text.matchAll(/unsubscribe\?token=(\S+)/g)) keep(`${name}: unsubscribe`, token);
  };
  const ada = visitor(server.url);
  await ada.submit('/sign-in', { email: 'ada@larkspur.example' });
  const asked = await lastMailTo(server.deps, 'ada@larkspur.example');
  keepMail('sign-in', asked);
  await ada.submit('/sign-in/code', { code: '00000000' });
  await ada.submit(asked.link, {});
  for (const [name, cookie] of ada.cookies) keep(`cookie ${name}`, cookie);

  const code = await consent(ada, { device_name: 'Chrome' });
  keep('extension code', code);
  keep('verifier', verifier);
  await trade(server.url, 'made-up-code-of-nobody', { code_verifier: verifier });
  const { body } = await trade(server.url, code);
  keep('bearer', body.access_token);
  const api = apiClient(server.url, body.access_token);
  await api.org.addDomain.mutate({ domain: 'larkspur.example' });
  await api.org.changeSignUpLink.mutate('on');
  const signUp = new URL((await api.org.signUpLink.query()) ?? '');
  keep('sign-up link', signUp.searchParams.get('org-token'));
  const connection = await api.connections.create.mutate({ kind: 'okta', name: 'Okta' });
  keep('connection token', connection.token);
  const url = 'https://hooks.larkspur.example/its-path-opens-a-door';
  const webhook = await api.webhooks.create.mutate({ name: 'Payroll', url, eventTypes: null });
  keep('webhook secret', webhook.secret);
  keep('webhook path', new URL(url).pathname);
  keep(
    'webhook secret, renewed',
    (await api.webhooks.rotate.mutate({ endpointId: webhook.endpointId })).secret,
  );
  await api.members.get.query({ memberId: 'nobody' }).catch(() => {});

  await api.invitations.invite.mutate({ text: 'noor@larkspur.example' });
  keepMail('invitation', await lastMailTo(server.deps, 'noor@larkspur.example'));
  server.clock.now += 25 * 60 * 60_000;
  const [pending] = (await api.invitations.pending.query({})).rows;
  await api.invitations.nudge.mutate({ memberIds: [pending?.memberId ?? ''], message: null });
  const nudge = await lastMailTo(server.deps, 'noor@larkspur.example');
  keepMail('nudge', nudge);
  const noor = visitor(server.url);
  await noor.submit(nudge.link, { name: 'Noor' });
  keep('session of the invited', noor.cookies.get('rollcall-session'));

  await server.deps.database.db
    .updateTable('org_domains')
    .set({ verified_at: 1 })
    .where('org_id', '=', server.orgId)
    .execute();
  const wim = visitor(server.url);
  await wim.submit(`${signUp.pathname}${signUp.search}`, { name: 'Wim', email: 'wim@larkspur.example' });
  const proof = await lastMailTo(server.deps, 'wim@larkspur.example');
  keepMail('sign-up', proof);
  await wim.submit(proof.link, {});

  // What fails inside is logged with all there is about it.
  await server.scim('GET', `/Users/${connection.token}`, undefined, {
    authorization: `Bearer ${connection.token}x`,
  });
  await ada.get(`/nothing/${body.access_token}`, { accept: 'text/html' });
  const { db } = server.deps.database;
  for (const table of ['extension_codes', 'sign_ins', 'invitations'] as const)
    await db.schema.dropTable(table).execute();
  const broken = [
    await ada.get(`/invitation?token=${secrets.get('invitation: token')}`),
    await visitor(server.url).submit('/sign-in', { email: 'ada@larkspur.example' }),
    await ada.submit(authorizeQuery(), { decision: 'allow' }),
  ];
  // The extension's window is sent no failure, as it would shut at one.
  expect(broken.map(({ status }) => status)).toEqual([500, 500, 200]);
  expect(broken.at(-1)?.text).toContain('went wrong');
  expect((await trade(server.url, code)).status).toBe(500);

  expect([...secrets.keys()]).toContain('nudge: unsubscribe');
  expect(secrets.size).toBeGreaterThan(14);
  expect(written.filter((line) => line.includes('"answered"')).length).toBeGreaterThan(20);
  expect(written.filter((line) => line.includes('"level":"error"')).length).toBeGreaterThan(3);
  for (const line of written)
    for (const [name, secret] of secrets) expect(line.includes(secret), `${name} in ${line}`).toBe(false);
});
