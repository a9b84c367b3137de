import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findMember } from '../../../server/members/member-store.ts';
import type { ExtensionBrowser } from '../../helpers/extension-browser.ts';
import { addressOf, type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';
import { borrowExtensionBrowser } from '../../helpers/shared-browser.ts';

const added = 100_000;

let org: Larkspur;
let browser: ExtensionBrowser;
let page: Page;
beforeAll(async () => {
  [org, browser] = await Promise.all([startLarkspur({ people: 12 }), borrowExtensionBrowser()]);
  await browser.signIn(org.account);
  await multiply(added);
  page = await browser.openTab('members.html#/people');
  await page.setViewportSize({ width: 1280, height: 800 });
});
afterAll(async () => {
  await browser?.close();
  await org?.close();
});

/** Writes so many people like one of those there are, whose names sort between theirs. */
async function multiply(count: number): Promise<void> {
  const { db } = org.deps.database;
  const like = await findMember(db, org.orgId, org.ids.get(addressOf('Noor Haddad')) ?? '');
  if (like === undefined) throw new Error('Noor Haddad is gone');
  const { seq: _seq, ...columns } = like;
  const one = (n: number) => {
    const name = `Maker ${String(n).padStart(6, '0')}`;
    const userName = `${name.replace(' ', '.').toLowerCase()}@larkspur.example`;
    return {
      ...columns,
      id: `maker-${n}`,
      user_name: userName,
      user_name_norm: userName,
      email: userName,
      email_norm: userName,
      external_id: null,
      display_name_norm: name.toLowerCase(),
      attributes: JSON.stringify({ userName, displayName: name }),
    };
  };
  await db.transaction().execute(async (trx) => {
    for (let start = 0; start < count; start += 500)
      await trx
        .insertInto('members')
        .values(Array.from({ length: Math.min(500, count - start) }, (_, n) => one(start + n)))
        .execute();
  });
}

const row = (name: string) => page.getByRole('row', { name });

test('a hundred thousand people are scrolled to the end, by key, by scrollbar and back', async () => {
  const grid = page.getByRole('grid', { name: 'People' });
  await row('Ada Pell').waitFor();
  const total = Number(await grid.getAttribute('aria-rowcount')) - 1;
  expect(total).toBeGreaterThan(added);
  expect(await page.getByRole('link', { name: 'All 1' }).textContent()).toContain(total.toLocaleString());

  await grid.focus();
  await page.keyboard.press('End');
  const last = page.locator(`tr[aria-rowindex="${total + 1}"]`);
  await last.getByText('ada@larkspur.example').first().waitFor();
  await expect.poll(() => grid.getAttribute('aria-activedescendant')).toBe(`person-${total - 1}`);
  expect(await page.locator('tbody tr').count()).toBeLessThan(60);

  await page.keyboard.press('Home');
  await row('Ada Pell').waitFor();
  const scroller = grid.locator('..');
  await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  await row('Maker 0').first().waitFor();
  const middle = await page.locator('tbody tr[id]').first().getAttribute('aria-rowindex');
  expect(Number(middle)).toBeGreaterThan(0.45 * total);
  expect(Number(middle)).toBeLessThan(0.55 * total);
  await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await last.getByText('ada@larkspur.example').first().waitFor();
  await scroller.hover();
  await page.mouse.wheel(0, -2000);
  await page.locator(`tr[aria-rowindex="${total - 55}"][id]`).waitFor();
});
