// A button whose menu is loaded after the page was drawn: the focus that the button had stays there, and is not called back
// from where it has gone meanwhile.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExtensionBrowser } from '../../helpers/extension-browser.ts';
import { type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';
import { borrowExtensionBrowser } from '../../helpers/shared-browser.ts';

let browser: ExtensionBrowser;
let larkspur: Larkspur;
beforeAll(async () => {
  [larkspur, browser] = await Promise.all([startLarkspur({ people: 12 }), borrowExtensionBrowser()]);
  await browser.signIn(larkspur.account);
});
afterAll(async () => {
  await browser?.close();
  await larkspur?.close();
});

/** The popup before anything is loaded that can wait, and the way to have it loaded. */
async function openEarly() {
  const page = await browser.context.newPage();
  await page.addInitScript(() => {
    const held: (() => void)[] = [];
    Object.assign(window, { held, requestIdleCallback: (call: () => void) => held.push(call) });
  });
  await page.goto(`${browser.origin}/popup.html`);
  await page.getByRole('option', { name: /Noor Haddad/ }).waitFor();
  const button = page.getByRole('button', { name: 'Larkspur Foundry' });
  await button.focus();
  const goOn = async () => {
    await page.evaluate(() => {
      for (const call of (window as unknown as { held: (() => void)[] }).held) call();
    });
    await expect.poll(() => button.getAttribute('aria-expanded')).toBe('false');
  };
  return { page, goOn };
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

test('whoever stands on the button stands on it when its menu is there', async () => {
  const { page, goOn } = await openEarly();
  await goOn();
  expect(await focused(page)).toContain('Larkspur Foundry');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Members page' }).waitFor();
  await page.close();
});

test('whoever has gone on stays where they are', async () => {
  const { page, goOn } = await openEarly();
  await page.keyboard.press('Tab');
  const there = await focused(page);
  expect(there).not.toContain('Larkspur Foundry');
  await goOn();
  expect(await focused(page)).toBe(there);
  await page.close();
});
