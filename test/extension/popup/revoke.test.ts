// Revoking from the popup: seen at once, said in words, and taken back by a new invitation.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExtensionBrowser } from '../../helpers/extension-browser.ts';
import { addressOf, type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';
import { mailsTo } from '../../helpers/mailbox.ts';
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

test('a revoked invitation is gone at once, and inviting again makes a new one', async () => {
  const page = await browser.openTab('popup.html');
  const tessa = page.getByRole('option', { name: /Tessa Berg/ });
  await tessa.click();
  await page.getByRole('button', { name: 'Revoke' }).click();
  await tessa.waitFor({ state: 'detached' });
  await page.getByText('Tessa Berg is not invited any more.').waitFor();
  await page.getByRole('tab', { name: 'Pending 11' }).waitFor();

  await page.getByRole('button', { name: 'Invite again' }).click();
  await page.getByText('1 person is invited.').waitFor();
  await page.getByRole('option', { name: /Tessa Berg.*today/ }).waitFor();
  const links = (await mailsTo(larkspur.deps, addressOf('Tessa Berg'))).map(({ link }) => link);
  expect(new Set(links).size).toBe(2);
  await page.close();
});

test('many are asked about first, and the question can be left', async () => {
  const page = await browser.openTab('popup.html');
  await page.getByRole('option', { name: /Mira Okafor/ }).waitFor();
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByText(/^Revoke 12 invitations\?/).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Nudge 12 people…' }).waitFor();
  expect(await page.getByRole('option', { selected: true }).count()).toBeGreaterThan(5);
  await page.close();
});

test('a resent invitation brings a new link', async () => {
  const page = await browser.openTab('popup.html');
  await page.getByRole('option', { name: /Kofi Mensah/ }).click();
  await page.getByRole('button', { name: 'Resend' }).click();
  await page.getByText('Kofi Mensah gets the invitation again, with a new link.').waitFor();
  const links = (await mailsTo(larkspur.deps, addressOf('Kofi Mensah'))).map(({ link }) => link);
  expect(new Set(links).size).toBe(2);
  await page.close();
});

test('what the server refuses comes back into the list', async () => {
  const page = await browser.openTab('popup.html');
  const rufus = page.getByRole('option', { name: /Rufus Okonjo/ });
  await rufus.click();
  await page.route('**/trpc/invitations.revoke**', (route) => route.abort());
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByText(/Nothing was changed/).waitFor();
  await rufus.waitFor();
  await page.close();
});
