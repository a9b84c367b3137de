// The background in a real Chromium against a real server: the number on the toolbar button, the alarm, notifications and
// the menu.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { allowServer } from '../../helpers/allow-server.ts';
import { type ExtensionBrowser, openExtensionBrowser } from '../../helpers/extension-browser.ts';
import { addressOf, type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';
import { renew } from '../../helpers/shared-browser.ts';

let server: Larkspur;
let browser: ExtensionBrowser;
beforeAll(async () => {
  // Of its own: what a test replaces in the background stays.
  [server, browser] = await Promise.all([startLarkspur(), openExtensionBrowser()]);
  await allowServer(browser);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(() => renew(browser));

const evaluate = async <T>(work: () => T | Promise<T>) => (await browser.worker()).evaluate(work);
const badge = () => evaluate(() => chrome.action.getBadgeText({}));
const title = () => evaluate(() => chrome.action.getTitle({}));
/** As the alarm does when its time has come. */
const ring = () =>
  evaluate(() => chrome.alarms.create('attention', { when: Date.now(), periodInMinutes: 5 }));

async function attention(): Promise<{ pending: number; findings: number; holds: number }> {
  const response = await fetch(`${server.url}/trpc/sync.attention`, {
    headers: { authorization: `Bearer ${server.account.token}` },
  });
  return ((await response.json()) as { result: { data: Awaited<ReturnType<typeof attention>> } }).result.data;
}

describe('the toolbar button', () => {
  test('carries what needs attention, counts anew when the alarm rings, and is bare after signing out', async () => {
    await browser.signIn(server.account);
    const { pending, findings, holds } = await attention();
    expect(pending).toBeGreaterThan(0);
    await expect.poll(badge).toBe(String(pending + findings + holds));
    // The words come a moment after the number.
    await expect.poll(title).toContain(`${pending} people have not joined yet`);

    await server.scim('DELETE', `/Users/${server.ids.get(addressOf('Noor Haddad'))}`);
    await ring();
    await expect.poll(title).toContain(`${pending - 1} people have not joined yet`);

    await evaluate(() => chrome.storage.local.remove('accounts'));
    await expect.poll(badge).toBe('');
    await expect.poll(title).toBe('Rollcall: connect to your server');
  });

  test('says that the session has ended, or that the server is away, without losing its number', async () => {
    await browser.signIn(server.account);
    await expect.poll(badge).toMatch(/^\d+$/);
    const before = await badge();
    await browser.signIn({ ...server.account, server: 'http://127.0.0.1:9' });
    await expect.poll(title).toBe('Larkspur Foundry: not connected. The number is the last one known.');
    expect(await badge()).toBe(before);
    await browser.signIn({ ...server.account, token: 'ended' });
    await expect.poll(badge).toBe('!');
  });

  test('is counted on an alarm of five minutes, which a restart of the background does not put off', async () => {
    const alarm = () => evaluate(() => chrome.alarms.get('attention'));
    await expect.poll(alarm).toMatchObject({ periodInMinutes: 5 });
  });
});

test('a held removal is told once, and not before somebody wants to be told', async () => {
  const shown = () => evaluate(async () => Object.keys(await chrome.notifications.getAll()));
  await evaluate(() => chrome.storage.local.set({ notifications: { on: true, quiet: null } }));
  const worker = await browser.worker();
  await worker.evaluate(() => {
    const real = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const response = await real(input, init);
      if (!String(input).endsWith('/trpc/sync.attention')) return response;
      const answer = (await response.json()) as { result: { data: Record<string, unknown> } };
      const held = { id: 'hold-1', kind: 'hold', sentence: 'Okta asks to remove 40 people.' };
      answer.result.data.serious = [{ ...held, connectionId: null, stepId: null, at: 0 }];
      return new Response(JSON.stringify(answer), { headers: response.headers });
    };
  });
  await browser.signIn(server.account);
  await expect.poll(shown).toEqual(['kind=hold&id=hold-1']);
  await evaluate(() => chrome.notifications.clear('kind=hold&id=hold-1'));
  const before = await title();
  await evaluate(() => chrome.action.setTitle({ title: 'before' }));
  await ring();
  await expect.poll(title).toBe(before);
  expect(await shown()).toEqual([]);
});

test('the menu offers to invite a selected address and a link to one', async () => {
  // Updating an entry that is not there fails.
  const update = () =>
    evaluate(async () => {
      await chrome.contextMenus.update('invite-selection', { visible: true });
      await chrome.contextMenus.update('invite-link', { targetUrlPatterns: ['mailto:*'] });
      return 'both';
    });
  await expect.poll(() => update().catch(String)).toBe('both');
});
