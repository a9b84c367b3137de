import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import { type ApiClient, apiClient } from '../../helpers/api-client.ts';
import type { ExtensionBrowser } from '../../helpers/extension-browser.ts';
import { type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';
import { borrowExtensionBrowser } from '../../helpers/shared-browser.ts';

let org: Larkspur;
let browser: ExtensionBrowser;
let page: Page;
let api: ApiClient;
beforeAll(async () => {
  [org, browser] = await Promise.all([startLarkspur({ people: 12 }), borrowExtensionBrowser()]);
  await browser.signIn(org.account);
  api = apiClient(org.url, org.account.token);
});
afterAll(async () => {
  await browser?.close();
  await org?.close();
});
beforeEach(async () => {
  page = await browser.openTab('members.html#/people');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.locator('#person-0').waitFor();
});
afterEach(() => page.close());

const button = (name: string) => page.getByRole('button', { name, exact: true });
const goTo = (hash: string) => page.goto(page.url().replace(/#.*/, hash));

describe('actions for many people, in a real Chromium', () => {
  test('blocking two of whom one is the last owner blocks the other, and says why not both', async () => {
    const [active] = (await api.members.list.query({ status: 'active', role: 'member' })).rows;
    await page.keyboard.press('/');
    await page.keyboard.press('ArrowDown');
    await page
      .getByRole('row', { name: active?.name ?? '' })
      .locator('[data-box]')
      .click();
    await page.keyboard.press('End');
    await page.keyboard.press('Space');
    await page.getByText('2 selected').waitFor();
    await button('Block').click();
    const dialog = page.getByRole('dialog', { name: /^Block / });
    await dialog.getByRole('textbox', { name: /Reason/ }).fill('Laptops lost');
    await dialog.getByRole('button', { name: 'Block 2 people' }).click();
    const outcome = page.getByRole('dialog', { name: 'Block: what came of it' });
    await outcome.getByText(/is the last owner of this organisation/).waitFor();
    await outcome.getByText('1 person is blocked.').waitFor();
    await outcome.getByText('1 person unchanged').waitFor();
    await expectAccessible(page);
    await outcome.getByRole('button', { name: 'Close' }).last().click();
    await outcome.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('people');
    await page.keyboard.press('Home');
    const blocked = await api.members.get.query({ memberId: active?.id ?? '' });
    expect(blocked.why.detail).toBe('“Laptops lost”');
    await page
      .getByRole('row', { name: active?.name ?? '' })
      .getByText('Blocked')
      .waitFor();
  });

  test('everybody who matches is given a role at once, and it is taken back with one click', async () => {
    await goTo('#/people?status=invited');
    await page.getByRole('row', { name: 'Ada Pell' }).waitFor({ state: 'detached' });
    const pending = (await api.members.counts.query({})).byStatus.invited;
    await page.locator('#person-1 [data-box]').click();
    await button(`Select all ${pending}`).click();
    await page.getByText(`${pending} selected`).waitFor();
    await page.locator('#person-0 [data-box]').click();
    await page.getByText(`${pending - 1} selected`).waitFor();
    const admins = async () => (await api.members.list.query({ role: 'admin' })).rows.length;
    const before = await admins();
    await button('More').click();
    await page.getByRole('menuitem', { name: 'Admin' }).click();
    await page.getByText(`${pending - 1} people are given another role.`).waitFor();
    expect(await admins()).toBe(before + pending - 1);
    await button('Undo').click();
    await page.getByText('Undone. Sessions that ended stay ended.').waitFor();
    expect(await admins()).toBe(before);
  });

  test('the list is saved as a file with its filters', async () => {
    await goTo('#/people?status=not_invited');
    await page.getByRole('row', { name: 'Noor Haddad' }).waitFor({ state: 'detached' });
    const [file] = await Promise.all([page.waitForEvent('download'), button('Export').click()]);
    expect(file.suggestedFilename()).toBe('members.csv');
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    expect(text).toContain('Ada Pell');
    expect(text).not.toContain('Noor Haddad');
  });
});
