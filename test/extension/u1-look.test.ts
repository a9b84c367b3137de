import { afterAll, beforeAll, test } from 'vitest';
import { type ExtensionBrowser, openExtensionBrowser } from '../helpers/extension-browser.ts';
import { type Larkspur, startLarkspur } from '../helpers/larkspur.ts';

let larkspur: Larkspur;
let browser: ExtensionBrowser;
beforeAll(async () => {
  [larkspur, browser] = await Promise.all([
    startLarkspur(),
    openExtensionBrowser({ folder: '/tmp/u1build/dist/extension/chrome-mv3' }),
  ]);
}, 120_000);
afterAll(() => browser.close());

test('look', async () => {
  await browser.signIn(larkspur.account);
  const page = await browser.openTab('popup.html');
  page.on('console', (m) => console.log(m.type(), m.text()));
  page.on('pageerror', (e) => console.log('ERR', e.message));
  await page.setViewportSize({ width: 400, height: 600 });
  const shot = async (name: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(250);
      await page.screenshot({ path: `/tmp/shots/u1-${name}-${colorScheme}.png` });
    }
  };
  await page.waitForTimeout(1500);
  await shot('pending');
  await page.keyboard.press('ArrowDown');
  for (const k of ['ArrowDown', ' ', 'ArrowDown', ' ', 'ArrowDown', 'ArrowDown', ' '])
    await page.keyboard.press(k);
  await shot('selected');
  await page.keyboard.press('n');
  await page.waitForTimeout(600);
  await shot('nudge');
  await page.getByRole('button', { name: 'With a date' }).click();
  await shot('nudge2');
  await page.getByRole('button', { name: 'Nudge 3 people', exact: true }).click();
  await page.waitForTimeout(600);
  await shot('nudged');
  await page.getByRole('button', { name: 'Done' }).click();
  await shot('after');
  await page.keyboard.press('Escape');
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.waitForTimeout(300);
  await shot('revoked');
  await page.getByRole('tab', { name: /Not invited/ }).click();
  await page.waitForTimeout(400);
  await shot('not-invited');
  await page.getByRole('tab', { name: 'Sync' }).click();
  await page.waitForTimeout(400);
  await shot('sync');
  await page.getByRole('button', { name: 'Larkspur Foundry' }).click();
  await shot('menu');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: /Pending/ }).click();
  await page.getByRole('button', { name: 'Invite people' }).click();
  await shot('invite-empty');
  await page
    .getByLabel('E-mail addresses')
    .fill(
      'Lena Fox <lena.fox@larkspur.example>, bo@\nsam@larkspur.example; two@@larkspur.example\nnobody\nsam@larkspur.example, noor.haddad@larkspur.example\na b@x.example\nx@localhost',
    );
  await shot('invite');
  await page.getByRole('button', { name: /^Invite \d/ }).click();
  await page.waitForTimeout(600);
  await shot('invited');
}, 90_000);
