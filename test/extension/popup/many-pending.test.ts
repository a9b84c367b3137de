// A thousand pending invitations: only what is in sight is drawn, everybody can be reached, and everybody can be selected.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inviteFromText } from '../../../server/invitations/invite-from-text.ts';
import type { ExtensionBrowser } from '../../helpers/extension-browser.ts';
import { type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';
import { borrowExtensionBrowser } from '../../helpers/shared-browser.ts';

let browser: ExtensionBrowser;
let larkspur: Larkspur;
beforeAll(async () => {
  [larkspur, browser] = await Promise.all([startLarkspur({ people: 12 }), borrowExtensionBrowser()]);
  await browser.signIn(larkspur.account);
  const { deps, asked } = larkspur;
  const text = Array.from({ length: 1000 }, (_, n) => `maker${n}@larkspur.example`).join('\n');
  const door = { db: deps.database.db, now: deps.now, secret: deps.secret };
  await inviteFromText(door, asked, { text, role: 'member' }, ['owner', 'admin', 'member']);
});
afterAll(async () => {
  await browser.close();
  await larkspur.close();
});

test('the end of the list comes by key, with few rows drawn; then everybody is selected and one is found', async () => {
  const page = await browser.openTab('popup.html');
  await page.getByRole('tab', { name: 'Pending 1,012' }).waitFor();
  const options = page.getByRole('option');
  await options.first().waitFor();
  await page.keyboard.press('ArrowDown');
  // Each End loads what follows.
  const lastPlace = async () => {
    await page.keyboard.press('End');
    return Number(await options.last().getAttribute('aria-posinset'));
  };
  await expect.poll(lastPlace).toBeGreaterThan(200);
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'Nudge 1,012 people…' }).waitFor();
  await page.keyboard.press('End');
  await page.getByRole('option', { name: /Maker999/, selected: true }).waitFor();
  expect(await options.count()).toBeLessThan(40);
  expect(await options.last().getAttribute('aria-setsize')).toBe('1012');

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Invite people' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('maker77');
  await expect.poll(() => options.count()).toBe(11);
});
