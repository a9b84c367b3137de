import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import type { ExtensionBrowser } from '../../helpers/extension-browser.ts';
import { addressOf, type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';
import { borrowExtensionBrowser } from '../../helpers/shared-browser.ts';

let org: Larkspur;
let browser: ExtensionBrowser;
let page: Page;
beforeAll(async () => {
  [org, browser] = await Promise.all([startLarkspur(), borrowExtensionBrowser()]);
  await browser.signIn(org.account);
});
afterAll(async () => {
  await browser?.close();
  await org?.close();
});
beforeEach(async () => {
  page = await browser.openTab('members.html#/people');
  await page.setViewportSize({ width: 1280, height: 800 });
  await row('Ada Pell').waitFor();
});
afterEach(() => page.close());

const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const idOf = (name: string) => org.ids.get(addressOf(name)) ?? '';
const hash = () => page.evaluate(() => location.hash);
const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent);

/** Buttons, links and fields in sight that lie on each other or beyond the window. */
const overlaps = () =>
  page.evaluate(() => {
    const shown = [...document.querySelectorAll('button, a, input, h1, h2')]
      .filter((one) => !one.closest('[role="presentation"]') && one.checkVisibility())
      .map((one) => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.bottom > 0 && box.top < innerHeight);
    const beyond = shown.filter(({ box }) => box.left < -1 || box.right > innerWidth + 1);
    const over = shown.flatMap((a, n) =>
      shown
        .slice(n + 1)
        .filter((b) => !a.one.contains(b.one) && !b.one.contains(a.one))
        .filter(({ one }) => a.one.parentElement?.parentElement !== one.parentElement?.parentElement)
        .filter(
          ({ box }) =>
            Math.min(a.box.right, box.right) - Math.max(a.box.left, box.left) > 2 &&
            Math.min(a.box.bottom, box.bottom) - Math.max(a.box.top, box.top) > 2,
        )
        .map((b) => `${a.one.textContent} on ${b.one.textContent}`),
    );
    return [...beyond.map(({ one }) => `${one.outerHTML} is cut off`), ...over];
  });

describe('the list of people, in a real Chromium', () => {
  test('is searched, walked, opened and nudged from with the keyboard alone', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('haddad');
    await expect.poll(hash).toBe('#/people?search=haddad');
    await page.locator('#people[aria-busy="false"] #person-0').getByText('Noor Haddad').waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('people');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Noor Haddad' }).waitFor();
    await expect.poll(focused).toBe('person-name');
    expect(await hash()).toBe(`#/people?search=haddad&member=${idOf('Noor Haddad')}`);
    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: 'Noor Haddad' }).waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('people');
    await page.keyboard.press('Space');
    await page.getByText('1 selected').waitFor();
    await page.keyboard.press('n');
    await page.getByRole('dialog', { name: 'Nudge 1 person' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('people');
    await page.keyboard.press('Escape');
    await page.getByText('1 selected').waitFor({ state: 'detached' });
  });

  test('selects a stretch with shift, and says which row it is on', async () => {
    await page.getByRole('grid', { name: 'People' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('3 selected').waitFor();
    const grid = page.getByRole('grid', { name: 'People' });
    const active = await grid.getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active}`).getAttribute('aria-rowindex')).toBe('5');
    expect(await page.locator('tr[aria-selected="true"]').count()).toBe(3);
    await page.keyboard.press('End');
    const total = Number(await grid.getAttribute('aria-rowcount'));
    await expect.poll(() => grid.getAttribute('aria-activedescendant')).toBe(`person-${total - 2}`);
    await page.keyboard.press('Home');
    await page.locator('#person-0').waitFor();
    await page.locator('#person-4 [data-box]').click();
    await page.getByText('4 selected').waitFor();
    expect(await hash()).toBe('#/people');
  });

  test('keeps its filters in the address, where they survive a reload', async () => {
    await page.getByRole('link', { name: /^Invited/ }).click();
    await row('Ada Pell').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('textbox', { name: 'Department' }).fill('kiln');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Managed by' }).click();
    await page.getByRole('option', { name: /entra/i }).click();
    const found = row('Noor|Rufus|Imogen|Tessa|Kofi|Wen|Mira|Elio|Sanna|Tomas|Hana|Orla');
    await expect.poll(hash).toContain(`connectionId=${org.entra.connectionId}`);
    await expect.poll(() => found.count()).toBeLessThan(3);
    const before = { hash: await hash(), people: await found.allTextContents() };
    await page.reload();
    await page.getByRole('button', { name: 'Filter (2)' }).waitFor();
    await expect.poll(() => found.allTextContents()).toEqual(before.people);
    expect(await hash()).toBe(before.hash);
    await button('Take the filter away: Department kiln').click();
    await expect.poll(hash).not.toContain('department');
  });

  test('names the group that it is narrowed down to', async () => {
    const { body } = await org.scim('POST', '/Groups', { displayName: 'Zinc bath' });
    await page.goto(page.url().replace(/#.*/, `#/people?groupId=${body.id}`));
    await button('Take the filter away: In Zinc bath').waitFor();
    await page.getByRole('button', { name: 'Filter (1)' }).click();
    await expect.poll(() => page.getByRole('combobox', { name: 'Group' }).inputValue()).toBe('Zinc bath');
  });

  test('sorts by its headings and keeps the chosen columns', async () => {
    await button('Last change').click();
    await expect.poll(hash).toBe('#/people?sort=changed');
    expect(await page.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('descending');
    await button('Last change').click();
    await expect.poll(hash).toBe('#/people?sort=changed&direction=ascending');
    await button('View').click();
    await page.getByRole('menuitemcheckbox', { name: 'Department' }).click();
    await page.getByRole('columnheader', { name: 'Department' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('columnheader', { name: 'Status' }).waitFor();
    expect(await page.getByRole('columnheader', { name: 'Department' }).count()).toBe(0);
    await button('View').click();
    await page.getByRole('menuitemcheckbox', { name: 'Department' }).click();
    await page.getByRole('columnheader', { name: 'Department' }).waitFor();
  });

  test('saves a view, opens it from anywhere, and takes a deletion back', async () => {
    await page.goto(page.url().replace(/#.*/, '#/people?status=invited&sort=newest'));
    await button('Save view').click();
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('Who waits');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Who waits' }).waitFor();
    await page.getByRole('link', { name: 'Groups', exact: true }).click();
    await page.getByRole('link', { name: 'Who waits' }).click();
    await row('Noor Haddad').waitFor();
    expect(await hash()).toBe('#/people?status=invited&sort=newest');
    await button('Delete view Who waits').click();
    await page.getByRole('link', { name: 'Who waits' }).waitFor({ state: 'detached' });
    await button('Undo').click();
    await page.getByRole('link', { name: 'Who waits' }).waitFor();
    await button('Delete view Who waits').click();
  });

  test('shows somebody who arrives by SCIM without a reload, and keeps who is selected', async () => {
    await row('Ada Pell').locator('[data-box]').click();
    await page.getByText('1 selected').waitFor();
    const { status } = await org.scim('POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'aaron.ash@larkspur.example',
      displayName: 'Aaron Ash',
      active: true,
    });
    expect(status).toBe(201);
    await row('Aaron Ash').waitFor();
    expect(await row('Ada Pell').getAttribute('aria-selected')).toBe('true');
    expect(await page.getByText('1 selected').count()).toBe(1);
  });

  test('says so when nobody matches, with the way back', async () => {
    await page.getByRole('searchbox').fill('xqxq');
    await page.getByRole('heading', { name: 'Nobody matches' }).waitFor();
    await expectAccessible(page);
    await button('Show everybody').click();
    await row('Ada Pell').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
  });

  test('is accessible in light and dark, with and without a selection, a filter and a person', async () => {
    await expectAccessible(page);
    await row('Ada Pell').locator('[data-box]').click();
    await page.locator('#person-2').click();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('combobox', { name: 'Role' }).waitFor();
    await expectAccessible(page);
  });

  test('holds at 200 % zoom and from right to left: nothing is cut off, nothing lies on anything', async () => {
    await row('Ada Pell').locator('[data-box]').click();
    await page.setViewportSize({ width: 640, height: 720 });
    await expect.poll(overlaps).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(640);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(page.url().replace(/members\.html.*/, 'members.html?dir=rtl#/people?search=haddad'));
    await row('Noor Haddad').click();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    await expect.poll(overlaps).toEqual([]);
    const side = await page.getByRole('navigation', { name: 'Sections' }).boundingBox();
    expect(side?.x).toBeGreaterThan(1000);
  });
});
