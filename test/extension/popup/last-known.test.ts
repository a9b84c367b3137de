// What was known last is painted before the server answers.
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

async function kept(): Promise<{ readonly at: number } | undefined> {
  const background = await browser.worker();
  const { lastKnown } = await background.evaluate(() => chrome.storage.local.get('lastKnown'));
  return lastKnown as { readonly at: number } | undefined;
}

test('the popup shows people, numbers and the state of provisioning while no answer has come', async () => {
  const page = await browser.openTab('popup.html');
  await page.getByRole('option', { name: /Noor Haddad/ }).waitFor();
  await page.getByText(/^Okta was here/).waitFor();
  await expect.poll(async () => JSON.stringify(await kept())).toContain('Noor Haddad');

  let asked = 0;
  await page.route('**/trpc/**', () => {
    asked += 1;
  });
  await page.reload();
  await page.getByRole('option', { name: /Noor Haddad.*nudged 2 days ago/ }).waitFor();
  await page.getByRole('tab', { name: 'Pending 12' }).waitFor();
  await page.getByText(/^Okta was here/).waitFor();
  expect(asked).toBeGreaterThan(0);
  await page.close();
});

test('what happened while nothing was open is asked for, however fresh the last known data is', async () => {
  const last = (await kept())?.at ?? 0;
  const before = await browser.openTab('popup.html');
  await before.getByRole('tab', { name: 'Not invited 3' }).waitFor();
  await expect.poll(async () => (await kept())?.at).toBeGreaterThan(last);
  await before.close();
  await larkspur.scim('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'late.lena@larkspur.example',
    active: true,
  });
  const after = await browser.openTab('popup.html');
  await after.getByRole('tab', { name: 'Not invited 4' }).waitFor();
});
