// The real popup over the toolbar against WCAG 2.2 AA, and what stands at hand in it at twice the size. Its screens one by
// one are looked at in popup-screens.test.ts.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import type { ExtensionBrowser } from '../../helpers/extension-browser.ts';
import { type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';
import { borrowExtensionBrowser } from '../../helpers/shared-browser.ts';

let browser: ExtensionBrowser;
let larkspur: Larkspur;
beforeAll(async () => {
  [larkspur, browser] = await Promise.all([startLarkspur({ people: 30 }), borrowExtensionBrowser()]);
  await browser.signIn(larkspur.account);
});
afterAll(async () => {
  await browser.close();
  await larkspur.close();
});

async function open(): Promise<Page> {
  const page = await browser.openTab('popup.html');
  await page.setViewportSize({ width: 400, height: 600 });
  await page.getByRole('option', { name: /Noor Haddad/ }).waitFor();
  return page;
}

test('the real popup is accessible', async () => {
  const popup = await browser.openPopup();
  await popup.getByRole('option', { name: /Noor Haddad/ }).waitFor();
  await expectAccessible(popup);
});

test('at twice the size, the buttons are still in sight', async () => {
  const page = await open();
  await page.setViewportSize({ width: 400, height: 300 });
  await page.getByRole('option', { name: /Noor Haddad/ }).click();
  const button = page.getByRole('button', { name: 'Nudge 1 person…' });
  expect((await button.boundingBox())?.y).toBeLessThan(270);
  await button.click();
  expect(
    (await page.getByRole('button', { name: 'Nudge 1 person', exact: true }).boundingBox())?.y,
  ).toBeLessThan(270);
  await page.close();
});
