// The first minutes with the extension, in a real Chromium against a real server: an address, the browser's question, the
// server's own pages, and back.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chromiumExtension } from '../../../shared/extension.ts';
import { expectAccessible } from '../../helpers/accessible.ts';
import { answerAllow } from '../../helpers/allow-server.ts';
import { startEmptyServer } from '../../helpers/empty-server.ts';
import { type ExtensionBrowser, openExtensionBrowser } from '../../helpers/extension-browser.ts';
import { lastMailTo } from '../../helpers/mailbox.ts';
import { type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

let server: ScimServer;
let browser: ExtensionBrowser;
beforeEach(async () => {
  [server, browser] = await Promise.all([startScimServer(), openExtensionBrowser()]);
});
afterEach(async () => {
  await browser.close();
  await server.close();
});

const kept = async () =>
  (await browser.worker()).evaluate(() =>
    chrome.storage.local.get(['accounts', 'servers', 'draftServer', 'signInWanted']),
  );

/** The server's pages in the window that has opened, by keyboard alone, up to its question. */
async function proveMailbox(page: Page): Promise<void> {
  await tabTo(page, page.getByLabel('E-mail address'));
  await page.keyboard.type('ada@larkspur.example');
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Code', { exact: false }));
  const { code } = await lastMailTo(server.deps, 'ada@larkspur.example');
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Let the Rollcall extension in?' }).waitFor();
}

/** The window closes under the key, sometimes before the key is up again. */
async function answerConsent(page: Page, name: string): Promise<void> {
  await tabTo(page, page.getByRole('button', { name }));
  const closed = page.waitForEvent('close');
  await page.keyboard.press('Enter').catch(() => undefined);
  await closed;
}

async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  while (!(await target.evaluate((element) => element === document.activeElement)))
    await page.keyboard.press('Tab');
}

/**
 * Where this machine's browsers look for an IT department's rules; without the right to write there, the browser's answer
 * about them is replaced, and the rest stays the same.
 */
const policyFolders = ['/etc/chromium/policies/managed', '/etc/opt/chrome/policies/managed'];

async function withPolicy(policy: object, run: (browser: ExtensionBrowser) => Promise<void>): Promise<void> {
  const rules = { '3rdparty': { extensions: { [chromiumExtension.id]: policy } } };
  const files = policyFolders.map((folder) => `${folder}/rollcall-test-${process.pid}.json`);
  const canWrite = process.getuid?.() === 0;
  const made = canWrite ? policyFolders.map((folder) => mkdirSync(folder, { recursive: true })) : [];
  try {
    if (canWrite) for (const file of files) writeFileSync(file, JSON.stringify(rules));
    const managed = await openExtensionBrowser();
    if (!canWrite)
      await managed.context.addInitScript((values) => {
        if ('chrome' in globalThis && chrome.storage !== undefined)
          chrome.storage.managed.get = (async () => values) as typeof chrome.storage.managed.get;
      }, policy);
    await run(managed).finally(() => managed.close());
  } finally {
    for (const file of files) rmSync(file, { force: true });
    for (const folder of made) if (folder !== undefined) rmSync(folder, { recursive: true });
  }
}

test('an IT department’s policy leaves one button, with the organisation’s name', async () => {
  const policy = { server: server.url, org: 'Larkspur Foundry' };
  await withPolicy(policy, async (managed) => {
    await answerAllow(managed);
    const page = await managed.openTab('popup.html');
    await page.getByRole('heading', { name: 'Sign in to Larkspur Foundry' }).waitFor();
    expect(await page.getByLabel('Server address').count()).toBe(0);
    await expectAccessible(page);
    const [window] = await Promise.all([
      managed.context.waitForEvent('page'),
      page.getByRole('button', { name: 'Sign in' }).click(),
    ]);
    expect(window.url()).toMatch(new RegExp(`^${server.url}/sign-in`));
  });
});

describe('connecting for the first time', () => {
  test('goes from the real popup through the server’s pages and back, by keyboard alone', async () => {
    await answerAllow(browser);
    const popup = await browser.openPopup();
    await popup.getByLabel('Server address').waitFor();
    await popup.keyboard.type(server.url);
    await popup.getByText('Rollcall answers here.').first().waitFor();
    const window = browser.context.waitForEvent('page');
    await popup.keyboard.press('Enter');
    const page = await window;
    await proveMailbox(page);
    expect(new URL(page.url()).search).not.toContain('token');
    await answerConsent(page, 'Let it in');

    await expect.poll(async () => (await kept()).accounts).toHaveLength(1);
    expect(await kept()).toEqual({
      servers: [server.url],
      accounts: [
        {
          server: server.url,
          token: expect.stringMatching(/^\S{20,}$/),
          expiresAt: expect.any(Number),
          org: { id: server.orgId, name: 'Larkspur Foundry' },
          member: {
            id: server.ownerId,
            name: expect.any(String),
            email: 'ada@larkspur.example',
            role: 'owner',
          },
        },
      ],
    });
    await browser.context.pages()[0]?.bringToFront();
    const again = await browser.openPopup();
    await again.getByText('Larkspur Foundry').first().waitFor();
    expect(await again.getByLabel('Server address').count()).toBe(0);
  });

  test('changes nothing when the answer is no, or the window is closed', async () => {
    await answerAllow(browser);
    const page = await browser.openTab('sidepanel.html');
    await page.getByLabel('Server address').fill(server.url);
    const [first] = await Promise.all([
      browser.context.waitForEvent('page'),
      page.getByRole('button', { name: 'Sign in' }).click(),
    ]);
    await proveMailbox(first);
    await answerConsent(first, 'Do not');
    await page.getByText('You were not signed in. Nothing was changed.').waitFor();

    const [second] = await Promise.all([
      browser.context.waitForEvent('page'),
      page.getByRole('button', { name: 'Sign in' }).click(),
    ]);
    await second.close();
    await page.getByText('You were not signed in. Nothing was changed.').waitFor();
    expect((await kept()).accounts).toBeUndefined();
    expect(await page.getByLabel('Server address').inputValue()).toBe(server.url);
  });

  test('keeps a half-typed address when the popup closes', async () => {
    const popup = await browser.openPopup();
    await popup.getByLabel('Server address').fill('rollcall.larks');
    await expect.poll(async () => (await kept()).draftServer).toBe('rollcall.larks');
    await popup.close();
    const again = await browser.openPopup();
    await again.getByLabel('Server address').waitFor();
    expect(await again.getByLabel('Server address').inputValue()).toBe('rollcall.larks');
  });

  test('goes on in the background when the browser’s question has closed the popup', async () => {
    await answerAllow(browser);
    const page = await browser.openTab('popup.html');
    await page.getByLabel('Server address').fill(server.url);
    await page.getByText('Rollcall answers here.').first().waitFor();
    // As when the page is gone: nothing of it is heard any more.
    await page.evaluate(() => {
      chrome.runtime.sendMessage = (() => new Promise(() => {})) as typeof chrome.runtime.sendMessage;
    });
    const [window] = await Promise.all([
      browser.context.waitForEvent('page'),
      page.getByRole('button', { name: 'Sign in' }).click(),
    ]);
    await proveMailbox(window);
  });

  test('says what is wrong with an address, and keeps it', async () => {
    const empty = await startEmptyServer();
    try {
      const page = await browser.openTab('popup.html');
      const field = page.getByLabel('Server address');
      const says = (text: string) => page.getByText(text).first().waitFor();
      await page.getByRole('button', { name: 'Sign in' }).click();
      await says('Type the address of your Rollcall server first.');
      await field.fill('http://rollcall.example');
      await says('Use https. Without it, others on the way could read your session.');
      await field.fill('127.0.0.1:9');
      await says('Nothing answers at 127.0.0.1:9. Check the spelling, and your network or VPN.');
      await field.fill(empty.url);
      await says('has no organisation yet. Set it up on its own page first.');
      expect(await page.getByRole('link', { name: 'Set it up' }).getAttribute('href')).toBe(empty.url);
      await expectAccessible(page);
      expect(await field.inputValue()).toBe(empty.url);
    } finally {
      await empty.close();
    }
  });

  test('offers the servers of before, for arrow keys too', async () => {
    const other = 'http://127.0.0.1:9';
    await (await browser.worker()).evaluate(
      (servers) => chrome.storage.local.set({ servers }),
      [other, server.url],
    );
    const page = await browser.openTab('members.html');
    await page.getByRole('button', { name: '127.0.0.1:9' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('Rollcall answers here.').first().waitFor();
    expect(await page.getByLabel('Server address').inputValue()).toBe(server.url);
    await expectAccessible(page);
  });
});
