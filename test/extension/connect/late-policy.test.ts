// A browser that has just started knows its IT department's policy after seconds only: nobody waits for it at an empty page.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExtensionBrowser } from '../../helpers/extension-browser.ts';
import { borrowExtensionBrowser } from '../../helpers/shared-browser.ts';

let browser: ExtensionBrowser;
beforeAll(async () => {
  browser = await borrowExtensionBrowser();
});
afterAll(() => browser?.close());

/** What the browser's answer waits for, in the page. */
interface Held extends Window {
  tellPolicy?: (policy: object) => void;
}

async function openBeforePolicy() {
  const page = await browser.context.newPage();
  await page.addInitScript(() => {
    const told = new Promise<object>((resolve) => {
      (globalThis as unknown as Held).tellPolicy = resolve;
    });
    chrome.storage.managed.get = (() => told) as typeof chrome.storage.managed.get;
  });
  await page.goto(`${browser.origin}/popup.html`);
  return page;
}

test('the address is asked for meanwhile, and one button takes its place when the policy is known', async () => {
  const page = await openBeforePolicy();
  await page.getByLabel('Server address').waitFor();
  await page.evaluate(() =>
    (globalThis as unknown as Held).tellPolicy?.({ server: 'https://rollcall.larkspur.example' }),
  );
  await page.getByRole('heading', { name: 'Sign in to rollcall.larkspur.example' }).waitFor();
  expect(await page.getByLabel('Server address').count()).toBe(0);
  await page.close();
});

test('what is typed meanwhile stays where there is no policy', async () => {
  const page = await openBeforePolicy();
  await page.getByLabel('Server address').fill('rollcall.larks');
  await page.evaluate(() => (globalThis as unknown as Held).tellPolicy?.({}));
  await page.evaluate(() => new Promise(requestAnimationFrame));
  expect(await page.getByLabel('Server address').inputValue()).toBe('rollcall.larks');
  await page.close();
});
