// The same source in a real Firefox: the popup and the sidebar against a real server, with a question, a change and news
// that comes by itself.

import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type FirefoxBrowser, openFirefox } from '../helpers/firefox-browser.ts';
import { addressOf, type Larkspur, startLarkspur } from '../helpers/larkspur.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let server: Larkspur;
let firefox: FirefoxBrowser;
beforeAll(async () => {
  [server, firefox] = await Promise.all([startLarkspur(), openFirefox()]);
});
afterAll(async () => {
  await firefox?.browser.close();
  await server?.close();
});

/** Waits for a text anywhere on the page, or for its end. */
const shows = (page: Page, text: string, isThere = true) =>
  page.waitForFunction(
    (sought, wanted) => document.body.innerText.replace(/\s+/g, ' ').includes(sought) === wanted,
    { polling: 200, timeout: 60_000 },
    text,
    isThere,
  );

/** Clicks the first of what can be clicked whose words begin like this. */
async function click(page: Page, words: string): Promise<void> {
  await page.waitForFunction(
    (sought) => {
      const all = [...document.querySelectorAll<HTMLElement>('button, [role="tab"], input[type="checkbox"]')];
      const name = (each: HTMLElement) => each.getAttribute('aria-label') ?? each.textContent ?? '';
      const found = all.find((each) => name(each).replace(/\s+/g, ' ').trim().startsWith(sought));
      found?.click();
      return found !== undefined;
    },
    { polling: 200, timeout: 60_000 },
    words,
  );
}

async function pending(): Promise<number> {
  const response = await fetch(`${server.url}/trpc/sync.attention`, {
    headers: { authorization: `Bearer ${server.account.token}` },
  });
  return ((await response.json()) as { result: { data: { pending: number } } }).result.data.pending;
}

describe('in Firefox', () => {
  test('the popup finds the server, shows who waits, invites somebody and hears of somebody who goes', async () => {
    const page = await firefox.open('popup.html');
    await page.focus('input');
    await page.keyboard.type(server.url);
    await shows(page, 'Rollcall answers here.');
    await firefox.signIn(page, server.account);
    await shows(page, 'Mira Okafor');

    const before = await pending();
    await click(page, 'Not invited');
    await shows(page, 'Jonas Sarr');
    await click(page, 'Invite all');
    await expect.poll(pending, { timeout: 60_000 }).toBeGreaterThan(before);

    await click(page, 'Pending');
    await shows(page, 'Mira Okafor');
    await server.scim('DELETE', `/Users/${server.ids.get(addressOf('Mira Okafor'))}`);
    await shows(page, 'Mira Okafor', false);
    await page.close();
  });

  test('the sidebar opens the set-up, and the manifest names it', async () => {
    const page = await firefox.open('sidepanel.html');
    await firefox.signIn(page, server.account);
    await shows(page, 'Set up');
    const panel = await page.evaluate(
      () => (chrome.runtime.getManifest() as { sidebar_action?: { default_panel?: string } }).sidebar_action,
    );
    expect(panel?.default_panel).toMatch(/sidepanel\.html$/);
  });
});
