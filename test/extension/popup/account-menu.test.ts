// From one organisation to another in the popup's menu.
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
  await browser.close();
  await larkspur.close();
});

test('another organisation is chosen by key, and its name stands first from then on', async () => {
  const background = await browser.worker();
  await background.evaluate(async () => {
    const { accounts } = (await chrome.storage.local.get('accounts')) as { accounts: { org: object }[] };
    const other = { ...accounts[0], org: { id: 'other', name: 'Aldermoor Pottery' } };
    await chrome.storage.local.set({ accounts: [...accounts, other] });
  });
  const page = await browser.openTab('popup.html');
  await page.getByRole('button', { name: 'Larkspur Foundry' }).focus();
  await page.keyboard.press('Enter');
  const items = page.getByRole('menuitem');
  await items.first().waitFor();
  const host = new URL(larkspur.url).host;
  expect(await items.allTextContents()).toEqual([
    `Larkspur Foundry${host}`,
    `Aldermoor Pottery${host}`,
    'Members page',
    'Add a server…',
    'Sign outAda Holm',
  ]);
  await items.nth(1).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Aldermoor Pottery' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Aldermoor Pottery' }).waitFor();
});
