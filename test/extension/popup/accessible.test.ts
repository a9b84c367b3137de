// Every view of the popup against WCAG 2.2 AA, in light and in dark; and mirrored, where nothing may be cut off.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/browser.ts';
import { type ExtensionBrowser, openExtensionBrowser } from '../../helpers/extension-browser.ts';
import { type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';

let browser: ExtensionBrowser;
let larkspur: Larkspur;
beforeAll(async () => {
  [larkspur, browser] = await Promise.all([startLarkspur({ people: 30 }), openExtensionBrowser()]);
  await browser.signIn(larkspur.account);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await larkspur.close();
});

async function open(path = 'popup.html'): Promise<Page> {
  const page = await browser.openTab(path);
  await page.setViewportSize({ width: 400, height: 600 });
  await page.getByRole('option', { name: /Noor Haddad/ }).waitFor();
  return page;
}

const views: readonly (readonly [name: string, go: (page: Page) => Promise<void>])[] = [
  ['the pending list', async () => {}],
  [
    'a selection',
    async (page) => {
      await page.getByRole('option', { name: /Noor Haddad/ }).click();
      await page.getByRole('option', { name: /Tessa Berg/ }).click({ modifiers: ['Shift'] });
    },
  ],
  [
    'the question before many',
    async (page) => {
      await page.keyboard.press('a');
      await page.getByRole('button', { name: 'Revoke' }).click();
    },
  ],
  [
    'a search that finds nobody',
    async (page) => {
      await page.keyboard.press('/');
      await page.getByRole('searchbox').fill('zzz');
      await page.getByText('Nobody here has that name').waitFor();
    },
  ],
  [
    'the nudge form',
    async (page) => {
      await page.keyboard.press('a');
      await page.keyboard.press('n');
      await page.getByRole('button', { name: 'With a date' }).click();
      await page.getByText('Accept the invitation').waitFor();
    },
  ],
  ['those not invited', (page) => page.getByRole('tab', { name: /Not invited/ }).click()],
  ['sync', (page) => page.getByRole('tab', { name: 'Sync' }).click()],
  ['the menu', (page) => page.getByRole('button', { name: 'Larkspur Foundry' }).click()],
  [
    'the invite form with faults',
    async (page) => {
      await page.getByRole('button', { name: 'Invite people' }).click();
      await page.getByLabel('E-mail addresses').fill('noor@\nlena@larkspur.example');
      await page.getByText('1 to correct').waitFor();
    },
  ],
  [
    'what became of inviting',
    async (page) => {
      await page.getByRole('button', { name: 'Invite people' }).click();
      await page.getByLabel('E-mail addresses').fill('noor@\nnoor.haddad@larkspur.example');
      await page.getByRole('button', { name: 'Invite 1 person' }).click();
      await page.getByText('Nobody was invited').waitFor();
    },
  ],
];

test.each(views)(
  '%s is accessible',
  async (_name, go) => {
    const page = await open();
    await go(page);
    await expectAccessible(page);
    await page.close();
  },
  90_000,
);

test('the real popup is accessible', async () => {
  const popup = await browser.openPopup();
  await popup.getByRole('option', { name: /Noor Haddad/ }).waitFor();
  const { violations } = await new AxeBuilder({ page: popup }).setLegacyMode(true).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('mirrored, nothing stands outside the popup', async () => {
  const page = await open('popup.html?dir=rtl');
  await page.getByRole('option', { name: /Noor Haddad/ }).click();
  const outside = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('main *')]
        .filter((each) => {
          const { left, right, width } = each.getBoundingClientRect();
          return width > 0 && (left < -1 || right > innerWidth + 1);
        })
        .map((each) => each.outerHTML.slice(0, 80)),
    );
  expect(await outside()).toEqual([]);
  await page.getByRole('tab', { name: 'Sync' }).click();
  expect(await outside()).toEqual([]);
  await page.close();
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
