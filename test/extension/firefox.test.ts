// The same source in a real Firefox: the popup and the sidebar against a real server, with a question, a change and news
// that comes by itself.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type FirefoxBrowser, openFirefox } from '../helpers/firefox-browser.ts';
import { addressOf, type Larkspur, startLarkspur } from '../helpers/larkspur.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let server: Larkspur;
let firefox: FirefoxBrowser;
beforeAll(async () => {
  [server, firefox] = await Promise.all([startLarkspur(), openFirefox()]);
});
afterAll(async () => {
  await firefox.browser.close();
  await server.close();
});

describe('in Firefox', () => {
  test('the popup connects, shows who is pending, and hears of somebody who arrives', async () => {
    const page = await firefox.open('popup.html');
    await page.locator('::-p-aria([name="Server address"])').fill(server.url);
    await page.locator('::-p-text(Rollcall answers here.)').wait();
    await firefox.signIn(page, server.account);
    await page.locator('::-p-text(Mira Okafor)').wait();
    const tab = await page.waitForFunction(
      () => document.querySelector('[role="tab"]')?.textContent?.match(/\d+/)?.[0],
    );
    const before = Number(await tab.jsonValue());
    await server.scim('DELETE', `/Users/${server.ids.get(addressOf('Mira Okafor'))}`);
    await page.waitForFunction(
      (count) => document.querySelector('[role="tab"]')?.textContent?.includes(String(count - 1)),
      {},
      before,
    );
    expect(await page.$('::-p-text(Mira Okafor)')).toBeNull();
  });

  test('the sidebar opens the set-up, and the manifest names it', async () => {
    const page = await firefox.open('sidepanel.html');
    await firefox.signIn(page, server.account);
    await page.locator('::-p-text(Okta)').wait();
    const manifest = await page.evaluate(
      () => chrome.runtime.getManifest() as { sidebar_action?: { default_panel?: string } },
    );
    expect(manifest.sidebar_action?.default_panel).toMatch(/sidepanel\.html$/);
  });
});
