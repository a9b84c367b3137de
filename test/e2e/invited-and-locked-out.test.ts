import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, apiClient, signInForApi } from '../helpers/api-client.ts';
import { openBrowser, type TestBrowser } from '../helpers/browser.ts';
import { startMailServer } from '../helpers/mail-server.ts';
import { databases, startScimServer } from '../helpers/scim-server.ts';

const rufus = 'rufus.okonjo@larkspur.example';

describe.each(databases)('from a pasted address to locked out, on %s', (database) => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test('invited by paste, joined from the mail, blocked, and signed out everywhere at once', async () => {
    const post = await startMailServer();
    const server = await startScimServer({ database, env: { SMTP_URL: post.url } });
    const owner = apiClient(server.url, await signInForApi(server.deps, server.orgId, server.ownerId));
    const events = followTypes(owner);
    await events.open;

    const answer = await owner.invitations.invite.mutate({
      text: `Rufus Okonjo <${rufus}>\nada@larkspur.example; not an address`,
    });
    expect(answer.people).toMatchObject([
      { address: rufus, outcome: 'invited' },
      { outcome: 'already_active' },
      { outcome: 'malformed', line: 2 },
    ]);
    const memberId = answer.people.flatMap((one) =>
      'memberId' in one && one.outcome === 'invited' ? [String(one.memberId)] : [],
    )[0];
    await server.deps.mail.run();

    const invitation = post.lastTo(rufus);
    expect(invitation.parsed.subject).toContain('Larkspur Foundry');
    const link = /http:\/\/\S+\/invitation\?token=\S+/.exec(invitation.parsed.text ?? '')?.[0] ?? '';
    const page = await browser.visit({ javaScriptEnabled: false });
    await page.goto(link);
    await page.reload();
    expect(await page.getByLabel('Your name').inputValue()).toBe('Rufus Okonjo');
    await page.getByRole('button', { name: 'Accept and join' }).click();
    await page.waitForLoadState();
    expect(await memberOf(owner, memberId)).toMatchObject({ status: 'active', name: 'Rufus Okonjo' });
    await page.goto(`${server.url}/sessions`);
    await page.getByRole('heading', { name: 'Your sessions' }).waitFor();

    const onTheSide = apiClient(server.url, await signInForApi(server.deps, server.orgId, String(memberId)));
    expect((await onTheSide.auth.me.query()).member.name).toBe('Rufus Okonjo');

    const { outcomes, undo } = await owner.members.change.mutate({
      action: { kind: 'block', reason: 'Lost laptop' },
      ids: [String(memberId)],
    });
    expect(outcomes).toEqual([{ id: memberId, outcome: 'done' }]);
    await expect(onTheSide.auth.me.query()).rejects.toThrow('You are signed out');
    await page.goto(`${server.url}/sessions`);
    expect(new URL(page.url()).pathname).toBe('/sign-in');

    const { entries } = await owner.members.timeline.query({ memberId: String(memberId) });
    expect(entries.map(({ type }) => type)).toEqual([
      'member.blocked',
      'member.signed_in',
      'member.signed_in',
      'member.joined',
      'member.invited',
      'member.added',
    ]);
    expect(JSON.stringify(entries[0])).toContain('2 sessions');
    expect(JSON.stringify(entries[0])).toContain('Lost laptop');
    expect(await memberOf(owner, memberId)).toMatchObject({ status: 'blocked', sessions: [] });

    const sentBefore = post.mails.length;
    await page.getByLabel('E-mail address').fill(rufus);
    await page.getByRole('button').first().click();
    await page.getByText('is on its way').waitFor();
    await server.deps.mail.run();
    expect(post.mails).toHaveLength(sentBefore);
    await page.goto(link);
    await page.getByText('blocked').first().waitFor();

    expect(undo).toEqual([{ action: { kind: 'unblock' }, ids: [memberId] }]);
    for (const request of undo) await owner.members.change.mutate(request);
    expect(await memberOf(owner, memberId)).toMatchObject({ status: 'active', sessions: [] });
    await expect(onTheSide.auth.me.query()).rejects.toThrow('You are signed out');
    await events.until('member.unblocked');
    expect(events.types).toEqual([
      'member.added',
      'member.invited',
      'member.joined',
      'member.signed_in',
      'member.signed_in',
      'member.blocked',
      'member.unblocked',
    ]);
    events.stop();
    await server.close();
  });
});

const memberOf = (client: ApiClient, memberId: string | undefined) =>
  client.members.get.query({ memberId: String(memberId) });

/** The types of what happens from now on. */
function followTypes(client: ApiClient) {
  const types: string[] = [];
  const waiting: { readonly type: string; readonly resolve: () => void }[] = [];
  let stop = () => {};
  const open = new Promise<void>((resolve) => {
    const subscription = client.live.events.subscribe(undefined, {
      onStarted: () => resolve(),
      onData: ({ data }) => {
        types.push(data.type);
        for (const { type, resolve: found } of waiting) if (type === data.type) found();
      },
    });
    stop = () => subscription.unsubscribe();
  });
  return {
    open,
    types,
    stop: () => stop(),
    until: (type: string) =>
      types.includes(type)
        ? Promise.resolve()
        : new Promise<void>((resolve) => {
            waiting.push({ type, resolve });
          }),
  };
}
