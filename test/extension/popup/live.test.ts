// The real popup over the toolbar button follows what the identity provider does while it is open.
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

test('somebody who arrives by SCIM appears in the open popup without a reload', async () => {
  const popup = await browser.openPopup();
  await popup.getByRole('tab', { name: 'Not invited 3' }).click();
  await popup.getByRole('option', { name: /Jonas Sarr/ }).waitFor();
  const answer = await larkspur.scim('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'ines.roth@larkspur.example',
    displayName: 'Ines Roth',
    externalId: '00uinesroth',
    emails: [{ value: 'ines.roth@larkspur.example', type: 'work', primary: true }],
    active: true,
  });
  expect(answer.status).toBe(201);
  await popup.getByRole('option', { name: /Ines Roth/ }).waitFor();
  await popup.getByRole('tab', { name: 'Not invited 4' }).waitFor();
  // Whatever height the screen leaves, nothing of the popup is cut off.
  expect(await popup.evaluate(() => innerWidth)).toBe(400);
  const bottom = await popup
    .getByRole('button', { name: 'Invite people' })
    .evaluate((button) => innerHeight - button.getBoundingClientRect().bottom);
  expect(bottom).toBeGreaterThan(8);
});
