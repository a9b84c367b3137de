// How the popup stood last is painted before its program is loaded: for the same person, for the same build, and as a
// picture in which nothing runs.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ExtensionBrowser } from '../../helpers/extension-browser.ts';
import { type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';
import { patience } from '../../helpers/patience.ts';
import { borrowExtensionBrowser } from '../../helpers/shared-browser.ts';
import { asOpened, keep, keptFrame, openWithoutProgram, stored } from '../kept-frames.ts';

let browser: ExtensionBrowser;
let larkspur: Larkspur;
beforeAll(async () => {
  [larkspur, browser] = await Promise.all([startLarkspur({ people: 12 }), borrowExtensionBrowser()]);
  await browser.signIn(larkspur.account);
  const page = await browser.openTab('popup.html');
  await page.getByRole('option', { name: /Noor Haddad/ }).waitFor();
  await vi.waitUntil(async () => (await lastFrame())?.markup?.includes('Noor Haddad'), { timeout: patience });
  await page.close();
});
afterAll(async () => {
  await browser.close();
  await larkspur.close();
});

test('the people known last stand in the popup while its program is not there and no server answers', async () => {
  const page = await popupWithoutProgram();
  await expect.poll(() => page.locator('#root').innerText()).toContain('Noor Haddad');
  expect(await page.locator('#root').innerText()).toContain('Okta was here');
  expect(await page.locator('#root button').count()).toBeGreaterThan(2);
  expect(await page.getByRole('button').count()).toBe(0);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  await page.close();
});

test('it has the colours of the scheme that the browser is in now', async () => {
  const page = await popupWithoutProgram({ colorScheme: 'dark' });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await expect.poll(background).toBe('rgb(20, 22, 27)');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.reload();
  await expect.poll(background).toBe('rgb(255, 255, 255)');
  await page.close();
});

test('the program’s first drawing takes the place of the frame, and nothing moves', async () => {
  const before = await popupWithoutProgram();
  const place = (page: Page) => page.getByText('Noor Haddad', { exact: true }).first().boundingBox();
  await expect.poll(() => place(before)).not.toBeNull();
  const painted = await place(before);
  await before.close();
  const page = await browser.openTab('popup.html');
  await page.getByRole('option', { name: /Noor Haddad/ }).waitFor();
  expect(await place(page)).toEqual(painted);
  expect(await page.locator('#root [inert]').count()).toBe(0);
  expect(await page.getByText('Noor Haddad', { exact: true }).count()).toBe(1);
  await page.close();
});

test('a popup with something chosen in it, or that another view hides, is not kept', async () => {
  const page = await browser.openTab('popup.html');
  const isAsOpened = await asOpened(page, 'extension/popup/popup-as-opened.ts');
  const noor = page.getByRole('option', { name: /Noor Haddad/ });
  await noor.waitFor();
  await expect.poll(isAsOpened).toBe(true);
  await noor.click();
  await page.getByRole('button', { name: /^Nudge 1 person/ }).waitFor();
  expect(await isAsOpened()).toBe(false);
  await noor.click();
  await expect.poll(isAsOpened).toBe(true);
  await page.locator('main').evaluate((main) => main.style.setProperty('display', 'none', 'important'));
  expect(await isAsOpened()).toBe(false);
  await page.close();
});

test('nothing in a frame runs, whatever stands in it', async () => {
  const hostile = '<img src="x" onerror="window.ran=1"><script>window.ran=1</script><p>painted</p>';
  const kept = await lastFrame();
  await setLastFrame({ ...kept, markup: hostile });
  const page = await popupWithoutProgram();
  await page.getByText('painted').waitFor();
  await page.waitForTimeout(100);
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  await page.close();
  await setLastFrame(kept);
});

test('another account, another build and another fortnight do not see it', async () => {
  const kept = await lastFrame();
  const { accounts } = await stored(browser, 'accounts');
  const [account] = accounts as readonly { readonly member: object }[];
  const isPainted = async () => {
    const page = await popupWithoutProgram();
    await page.waitForFunction(() => 'programWanted' in window);
    const text = await page.locator('#root').innerText();
    await page.close();
    return text.includes('Noor Haddad');
  };
  expect(await isPainted()).toBe(true);
  await keep(browser, { accounts: [{ ...account, member: { ...account?.member, id: 'mem_other' } }] });
  expect(await isPainted()).toBe(false);
  await keep(browser, { accounts: [{ ...account, expiresAt: 0 }] });
  expect(await isPainted()).toBe(false);
  await keep(browser, { accounts });
  await setLastFrame({ ...kept, program: '/chunks/popup-before.js' });
  expect(await isPainted()).toBe(false);
  await setLastFrame({ ...kept, at: Date.now() - 15 * 24 * 3_600_000 });
  expect(await isPainted()).toBe(false);
  await setLastFrame(kept);
});

test('a session that has ended takes it along, and so does signing out', async () => {
  const kept = await lastFrame();
  const { accounts } = await stored(browser, 'accounts');
  const [account] = accounts as readonly object[];
  const page = await browser.openTab('popup.html');
  await keep(browser, { accounts: [{ ...account, token: 'no longer one' }] });
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  await expect.poll(lastFrame).toBeUndefined();
  await keep(browser, { accounts });
  await page.getByRole('option', { name: /Noor Haddad/ }).waitFor();
  await setLastFrame(kept);
  await page.getByRole('button', { name: /Larkspur/ }).click();
  await page.getByRole('menuitem', { name: /^Sign out/ }).click();
  await expect.poll(lastFrame).toBeUndefined();
  await page.close();
});

const lastFrame = () => keptFrame(browser, 'popupFrame');
const setLastFrame = (popupFrame: unknown) => keep(browser, { popupFrame });
const popupWithoutProgram = (media?: { readonly colorScheme?: 'dark' }) =>
  openWithoutProgram(browser, 'popup.html', media);
