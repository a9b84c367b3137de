// Inviting by pasting, by the context menu's text, and everybody at once; and who is told what became of it.
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

const pasted = `Lena Fox <lena.fox@larkspur.example>, bo@
sam@larkspur.example; two@@larkspur.example
nobody
sam@larkspur.example
x@localhost; a..b@larkspur.example`;

test('five kinds of bad address are named with their place, the good ones are invited, and nothing is lost', async () => {
  const page = await browser.openTab('popup.html');
  await page.getByRole('button', { name: 'Invite people' }).click();
  await page.getByLabel('E-mail addresses').fill(pasted);
  await page.getByText('2 addresses · 1 repeated · 5 to correct').waitFor();
  const faults = page.getByRole('list', { name: 'To correct' }).getByRole('button');
  expect(await faults.allTextContents()).toEqual([
    'Line 1, column 39: “bo@” has nothing after the "@".',
    'Line 2, column 23: “two@@larkspur.example” has more than one "@".',
    'Line 3, column 1: “nobody” has no "@".',
    'Line 5, column 1: “x@localhost” has no dot after the "@".',
    'Line 5, column 14: “a..b@larkspur.example” has a dot in the wrong place.',
  ]);
  await faults.nth(1).click();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('two@@larkspur.example');

  await page.getByLabel('They become').selectOption('Admins');
  await page.getByRole('button', { name: 'Invite 2 people' }).click();
  await page.getByText('2 people are invited').waitFor();
  const lines = await page.getByRole('listitem').allTextContents();
  expect(lines).toContain('lena.fox@larkspur.example is invited.');
  expect(lines).toContain('Line 3, column 1: “nobody” has no "@".');

  await page.getByRole('button', { name: 'Correct the rest' }).click();
  expect(await page.getByLabel('E-mail addresses').inputValue()).toBe(
    'bo@\ntwo@@larkspur.example\nnobody\nx@localhost\na..b@larkspur.example',
  );
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('option', { name: /Lena Fox.*today/ }).waitFor();
  await page.close();
});

test('what the context menu left stands in the form once', async () => {
  const background = await browser.worker();
  await background.evaluate(() => chrome.storage.local.set({ inviteDraft: 'kim@larkspur.example' }));
  const page = await browser.openTab('popup.html');
  await page.getByRole('button', { name: 'Invite 1 person' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Invite people' }).waitFor();
  expect(await page.getByLabel('E-mail addresses').count()).toBe(0);
  await page.close();
});

test('everybody who is not invited is invited at once', async () => {
  const page = await browser.openTab('popup.html');
  await page.getByRole('tab', { name: 'Not invited 3' }).click();
  await page.getByRole('button', { name: 'Invite all 3' }).click();
  await page.getByText('3 people are invited.').waitFor();
  await page.getByText('Everybody is invited').waitFor();
  await page.getByRole('tab', { name: 'Not invited 0' }).waitFor();
  await page.getByRole('tab', { name: /Pending/ }).click();
  await page.getByRole('option', { name: /Jonas Sarr/ }).waitFor();
  await page.close();
});
