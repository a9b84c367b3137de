// What is done in the popup, done by keyboard alone: every stop is seen, and the focus is never lost.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ExtensionBrowser } from '../../helpers/extension-browser.ts';
import { type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';
import { borrowExtensionBrowser } from '../../helpers/shared-browser.ts';
import { type Keyboard, keyboardOn } from '../keyboard.ts';

let browser: ExtensionBrowser;
let larkspur: Larkspur;
let page: Page;
let keys: Keyboard;
beforeAll(async () => {
  [larkspur, browser] = await Promise.all([startLarkspur({ people: 12 }), borrowExtensionBrowser()]);
});
beforeEach(async () => {
  await browser.signIn(larkspur.account);
  page = await browser.openTab('popup.html');
  await page.setViewportSize({ width: 400, height: 600 });
  await page.getByRole('option', { name: /Noor Haddad/ }).waitFor();
  keys = keyboardOn(page);
});
afterEach(() => page.close());
afterAll(async () => {
  await browser?.close();
  await larkspur?.close();
});

const button = (name: string | RegExp) => page.getByRole('button', { name });
const list = (name: string) => page.getByRole('listbox', { name });

test('pasted addresses are corrected where they are wrong, and invited', async () => {
  await keys.choose(button('Invite people'));
  const field = page.getByLabel('E-mail addresses');
  await keys.isOn(field);
  await keys.type('lena.fox@larkspur.example\nbo@\nnoor.haddad@larkspur.example\n');
  await page.getByText('2 addresses · 1 to correct').waitFor();
  await keys.choose(button(/^Line 2, column 1/));
  await keys.isOn(field);
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('bo@');
  await keys.type('bo@larkspur.example');
  await page.getByText('3 addresses').waitFor();
  await keys.choose(button('Invite 3 people'));
  await page.getByText('2 people are invited').waitFor();
  await page.getByText('noor.haddad@larkspur.example is invited already').waitFor();
  await keys.isOn(button('Done'));
  await keys.press('Enter');
  await keys.isOn(button('Invite people'));
  await page.getByRole('option', { name: /Lena Fox|lena\.fox/ }).waitFor();
});

test('everybody who is not invited is invited, and the focus stays in the popup', async () => {
  await keys.tabTo(page.getByRole('tab', { name: /Pending/ }));
  await keys.press('ArrowRight');
  await keys.isOn(page.getByRole('tab', { name: 'Not invited 3' }));
  await keys.choose(button('Invite all 3'));
  await page.getByText('3 people are invited.').waitFor();
  await page.getByText('Everybody is invited').waitFor();
  await keys.isOn(button('Invite people'));
});

test('the search has the focus before another key can be pressed', async () => {
  await page.getByRole('option', { name: /Noor Haddad/ }).waitFor();
  const focused = await page.evaluate(() => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }));
    return document.activeElement?.getAttribute('aria-label');
  });
  expect(focused).toBe('Search this list');
});

test('an invitation is sent again, another one revoked and taken back', async () => {
  const pending = list('Pending invitations');
  await keys.press('/');
  await keys.type('kofi');
  await page.getByRole('option', { name: /Noor Haddad/ }).waitFor({ state: 'detached' });
  await keys.press('ArrowDown', 'Space');
  await keys.choose(button('Resend'));
  await page.getByText('Kofi Mensah gets the invitation again, with a new link.').waitFor();
  await keys.isOn(pending);

  await keys.press('Space');
  await keys.choose(button('Revoke'));
  await page.getByText('Kofi Mensah is not invited any more.').waitFor();
  await keys.press('ControlOrMeta+z');
  await page.getByText('1 person is invited.').waitFor();
  await page.getByRole('option', { name: /Kofi Mensah.*today/ }).waitFor();
});

test('another organisation is chosen, and one more server added', async () => {
  const background = await browser.worker();
  await background.evaluate(async () => {
    const { accounts } = (await chrome.storage.local.get('accounts')) as { accounts: { org: object }[] };
    const other = { ...accounts[0], org: { id: 'other', name: 'Aldermoor Pottery' } };
    await chrome.storage.local.set({ accounts: [...accounts, other] });
  });
  await page.reload();
  const items = page.getByRole('menuitem');
  await keys.choose(button('Larkspur Foundry'));
  await keys.isOn(items.first());
  await keys.press('ArrowDown');
  await keys.isOn(items.nth(1));
  await keys.press('Enter');
  await page.getByRole('heading', { name: 'Aldermoor Pottery' }).waitFor();

  await keys.choose(button('Aldermoor Pottery'));
  await keys.isOn(items.first());
  await keys.press('End', 'ArrowUp');
  await keys.isOn(page.getByRole('menuitem', { name: 'Add a server…' }));
  await keys.press('Enter');
  await keys.isOn(page.getByLabel('Server address'));
  await keys.type(larkspur.url);
  await page.getByText('Rollcall answers here.').first().waitFor();
  await keys.choose(button('Back'));
  await page.getByRole('heading', { name: 'Aldermoor Pottery' }).waitFor();
});

test('the account is left, and another server can be named at once', async () => {
  await keys.choose(button('Larkspur Foundry'));
  await keys.isOn(page.getByRole('menuitem').first());
  await keys.press('End', 'Enter');
  await keys.isOn(page.getByLabel('Server address'));
});
