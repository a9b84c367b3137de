// Each kind of trouble between the extension and its server, in a real Chromium: its own screen with the one action that
// helps, and nothing to do for what passes by itself.
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apiVersion, apiVersionHeader, chromiumExtension } from '../../../shared/extension.ts';
import { expectAccessible } from '../../helpers/accessible.ts';
import { answerAllow } from '../../helpers/allow-server.ts';
import { type ExtensionBrowser, openExtensionBrowser } from '../../helpers/extension-browser.ts';
import { type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';
import { borrowExtensionBrowser } from '../../helpers/shared-browser.ts';

let server: Larkspur;
let browser: ExtensionBrowser;
beforeAll(async () => {
  server = await startLarkspur();
});
afterAll(() => server.close());
beforeEach(async () => {
  browser = await borrowExtensionBrowser();
  await browser.signIn(server.account);
});
afterEach(() => browser.close());

/** As a crash: every connection breaks, and nothing listens any more. Gives what starts it again. */
async function stopListening(): Promise<() => Promise<void>> {
  const { server: http } = server.app;
  const { port } = http.address() as AddressInfo;
  http.close();
  http.closeAllConnections();
  return () => new Promise((resolve) => http.listen(port, '127.0.0.1', () => resolve()));
}

const screen = (page: Page, title: string) => page.getByRole('heading', { name: title });
const forgetData = async () =>
  (await browser.worker()).evaluate(() => chrome.storage.local.remove('lastKnown'));
const isKnown = async () =>
  (await browser.worker()).evaluate(async () => 'lastKnown' in (await chrome.storage.local.get('lastKnown')));

describe('while the server is away', () => {
  test('the real popup shows what it knew with a line above it, and goes on by itself', async () => {
    const popup = await browser.openPopup();
    await expect.poll(isKnown).toBe(true);
    const before = await popup.locator('main').count();
    const listen = await stopListening();
    try {
      await popup.getByText('Not connected. Shown as of').waitFor();
      expect(await popup.locator('main').count()).toBe(before);
      expect(await popup.getByRole('button', { name: 'Try again' }).count()).toBe(1);
    } finally {
      await listen();
    }
    await popup.getByText('Not connected. Shown as of').waitFor({ state: 'detached' });
  });

  test('a page that knows nothing yet says so, and shows everything as soon as the server is back', async () => {
    const listen = await stopListening();
    try {
      const page = await browser.openTab('popup.html');
      await screen(page, 'The server does not answer').waitFor();
      const button = page.getByRole('button', { name: 'Try again' });
      expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
      await expectAccessible(page);
      await listen();
      await page.keyboard.press('Enter');
      await screen(page, 'The server does not answer').waitFor({ state: 'detached' });
      await page.getByText('Larkspur Foundry').first().waitFor();
    } finally {
      if (!server.app.server.listening) await listen();
    }
  });

  test('being offline is told apart', async () => {
    const page = await browser.openTab('popup.html');
    await expect.poll(isKnown).toBe(true);
    await browser.context.setOffline(true);
    await page.getByText('You are offline. Shown as of').waitFor();
    await expectAccessible(page);
    await forgetData();
    const other = await browser.openTab('sidepanel.html');
    await screen(other, 'You are offline').waitFor();
    await expectAccessible(other);
    await browser.context.setOffline(false);
    await screen(other, 'You are offline').waitFor({ state: 'detached' });
    await page.getByText('You are offline. Shown as of').waitFor({ state: 'detached' });
  });
});

describe('what somebody has to mend', () => {
  test('an ended session closes an open page at once, forgets what it knew, and signing in again is one button', async () => {
    const page = await browser.openTab('members.html');
    await expect.poll(isKnown).toBe(true);
    await fetch(`${server.url}/extension/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: server.account.token }),
    });
    await screen(page, 'You are signed out').waitFor();
    await expect.poll(isKnown).toBe(false);
    await expectAccessible(page);
    const [window] = await Promise.all([
      browser.context.waitForEvent('page'),
      page.getByRole('button', { name: 'Sign in again' }).click(),
    ]);
    expect(window.url()).toMatch(new RegExp(`^${server.url}/sign-in`));
    await window.close();
    await page.getByRole('button', { name: 'Use another server' }).click();
    await page.getByLabel('Server address').waitFor();
  });

  test('a server that the browser keeps us from', async () => {
    const kept = await openExtensionBrowser();
    await kept.signIn(server.account);
    const listen = await stopListening();
    try {
      const page = await kept.openTab('popup.html');
      await screen(page, 'Rollcall may not reach its server').waitFor();
      await expectAccessible(page);
      await answerAllow(kept);
      await listen();
      await page.getByRole('button', { name: 'Allow access' }).click();
      await screen(page, 'Rollcall may not reach its server').waitFor({ state: 'detached' });
    } finally {
      await kept.close();
      if (!server.app.server.listening) await listen();
    }
  });

  test.each([
    ['This extension is too old', 1, 'Update the extension'],
    ['The server is older than this extension', -1, 'Try again'],
  ])('%s', async (title, step, action) => {
    const page = await browser.context.newPage();
    const another = {
      [apiVersionHeader]: String(apiVersion + step),
      'access-control-allow-origin': '*',
      'access-control-expose-headers': apiVersionHeader,
    };
    await page.route(`${server.url}/trpc/**`, (route) => route.fulfill({ headers: another, json: [] }));
    await page.goto(`chrome-extension://${chromiumExtension.id}/popup.html`);
    await screen(page, title).waitFor();
    expect(await page.getByRole('button', { name: action }).count()).toBe(1);
    await expectAccessible(page);
    await page.unrouteAll();
    await screen(page, title).waitFor({ state: 'detached' });
  });
});
