import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import { type ApiClient, apiClient, signInForApi } from '../../helpers/api-client.ts';
import type { ExtensionBrowser } from '../../helpers/extension-browser.ts';
import { addressOf, type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';
import { borrowExtensionBrowser } from '../../helpers/shared-browser.ts';

let org: Larkspur;
let browser: ExtensionBrowser;
let page: Page;
let api: ApiClient;
let active: { readonly id: string; readonly name: string };
beforeAll(async () => {
  [org, browser] = await Promise.all([startLarkspur({ people: 12 }), borrowExtensionBrowser()]);
  await browser.signIn(org.account);
  api = apiClient(org.url, org.account.token);
  const [row] = (await api.members.list.query({ status: 'active', role: 'member' })).rows;
  if (row === undefined) throw new Error('nobody is active');
  active = row;
});
afterAll(async () => {
  await browser?.close();
  await org?.close();
});
beforeEach(async () => {
  page = await browser.openTab(`members.html#/people?member=${active.id}`);
  await page.setViewportSize({ width: 1280, height: 800 });
});
afterEach(() => page.close());

const person = (name: string) => page.getByRole('region', { name, exact: true });
const button = (name: string) => page.getByRole('button', { name, exact: true });

describe('one person beside the list, in a real Chromium', () => {
  test('is opened by a link, with why, who and what happened', async () => {
    const drawer = person(active.name);
    await drawer.getByRole('heading', { name: /^How .+ has access$/ }).waitFor();
    await drawer.getByText('Department', { exact: true }).waitFor();
    await drawer.getByText(/^Added to the directory by [^.]+$/).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('person-name');
    await expectAccessible(page);
  });

  test('has a session ended, and then is blocked, which ends the rest', async () => {
    const signIn = async () => apiClient(org.url, await signInForApi(org.deps, org.orgId, active.id));
    const theirs = [await signIn(), await signIn()];
    for (const each of theirs) expect((await each.auth.me.query()).member.id).toBe(active.id);
    await page.reload();
    const drawer = person(active.name);
    const ends = drawer.getByRole('button', { name: /^End the session on/ });
    await ends.first().waitFor();
    const sessions = await ends.count();
    await ends.last().click();
    await page.getByText(/^The session on .* is ended\.$/).waitFor();
    expect(await ends.count()).toBe(sessions - 1);

    await drawer.getByRole('button', { name: 'Block' }).click();
    const dialog = page.getByRole('dialog', { name: `Block ${active.name}` });
    await dialog.getByRole('textbox', { name: /Reason/ }).fill('Laptop lost');
    await dialog.getByRole('button', { name: 'Block' }).click();
    await page.getByText(`${active.name} is blocked.`).waitFor();
    await drawer
      .getByText(/^Blocked by/)
      .first()
      .waitFor();
    await drawer.getByText('“Laptop lost”').first().waitFor();
    expect(await ends.count()).toBe(0);
    for (const each of theirs)
      await expect(each.auth.me.query()).rejects.toMatchObject({ data: { reason: 'session.missing' } });
    await page.getByRole('row', { name: active.name }).getByText('Blocked').waitFor();
    await button('Undo').click();
    await drawer.getByRole('heading', { name: /^How .+ has access$/ }).waitFor();
    expect((await api.members.get.query({ memberId: active.id })).sessions).toEqual([]);
  });

  test('gets another role with its source, and is nudged, from there', async () => {
    const noor = org.ids.get(addressOf('Noor Haddad')) ?? '';
    await page.goto(page.url().replace(/#.*/, `#/people?status=invited&member=${noor}`));
    const drawer = person('Noor Haddad');
    await drawer.getByText(/^Invited by .+, and not joined yet\.$/).waitFor();
    await drawer.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Admin' }).click();
    await drawer.getByText('Admin, given by hand').waitFor();
    await drawer.getByRole('button', { name: 'Nudge' }).click();
    await page.getByRole('dialog', { name: 'Nudge 1 person' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('people');
    expect(await page.evaluate(() => location.hash)).toBe('#/people?status=invited');
  });

  test('says so when the link leads to somebody who is gone', async () => {
    await page.goto(page.url().replace(/#.*/, '#/people?member=nobody-of-this-id'));
    await person('Person')
      .getByText(/There is no person with the id/)
      .waitFor();
    await expectAccessible(page);
  });
});
