import { afterAll, beforeAll, test } from 'vitest';
import { type ExtensionBrowser, openExtensionBrowser } from '../helpers/extension-browser.ts';
import { type Larkspur, startLarkspur, addressOf } from '../helpers/larkspur.ts';

let larkspur: Larkspur;
let browser: ExtensionBrowser;
beforeAll(async () => {
  [larkspur, browser] = await Promise.all([startLarkspur({ people: 40 }), openExtensionBrowser({ folder: '/tmp/u1build/dist/extension/chrome-mv3' })]);
}, 120_000);
afterAll(() => browser.close());

test('look', async () => {
  const db = larkspur.deps.database.db as any;
  const id = (n: string) => larkspur.ids.get(addressOf(n)) ?? '';
  await db.updateTable('members').set({ mail_failure: 'The mailbox is full.' }).where('id', '=', id('Noor Haddad')).execute();
  await db.updateTable('members').set({ mail_failure: 'The mail server says: “554 5.7.1 message refused by policy”' }).where('id', '=', id('Rufus Okonjo')).execute();
  await db.updateTable('members').set({ reminders_off_at: Date.now() }).where('id', '=', id('Imogen Adeyemi')).execute();
  await db.updateTable('invitations').set({ expires_at: Date.now() + 20 * 3600_000 }).where('member_id', '=', id('Mira Okafor')).execute();
  await db.updateTable('members').set({ waiting_since: Date.now() }).where('id', '=', id('Ada Pell')).execute();
  for (const n of ['ida.lowe', 'sven.maar', 'rosa.vint']) {
    const a = await larkspur.scim('POST', '/Users', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: n, name: { givenName: 'X', familyName: n }, externalId: n, active: true });
    console.log(a.status);
  }
  await larkspur.deps.provisioningLog.flush();
  const okta = (await larkspur.scim('GET', '/Users?count=60')).body.Resources.filter((u: any) => u.title);
  for (const u of okta.slice(0, 14)) console.log((await larkspur.scim('DELETE', `/Users/${u.id}`)).status);
  await browser.signIn(larkspur.account);
  const page = await browser.openTab('popup.html');
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
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.waitForTimeout(300);
  await shot('trouble');
  await page.keyboard.press('a');
  await shot('all');
  await page.keyboard.press('n');
  await page.waitForTimeout(500);
  await shot('nudge-all');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Revoke' }).click();
  await shot('ask');
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('ber');
  await shot('search');
  await page.getByRole('tab', { name: /Not invited/ }).click();
  await page.keyboard.press('Escape');
  await shot('ni');
  await page.getByRole('tab', { name: 'Sync' }).click();
  await page.waitForTimeout(300);
  await shot('sync2');
  await page.goto(page.url().replace('popup.html', 'popup.html?dir=rtl'));
  await page.waitForTimeout(800);
  await page.getByRole('option').first().click();
  await shot('rtl');
  await page.getByRole('tab', { name: 'Sync' }).click();
  await shot('rtl-sync');
}, 90_000);
