// A finding at its step in the side panel: it is put aside there, and the step stands without it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
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

test('a finding is dismissed and taken back where it stands, and the focus stays at its step', async () => {
  await larkspur.scim('POST', '/Users', { schemas: [], userName: 'no address at all' });
  await larkspur.deps.provisioningLog.flush();
  const stepId = 'username_format';
  await (await browser.worker()).evaluate((panelTarget) => chrome.storage.local.set({ panelTarget }), {
    connectionId: larkspur.connectionId,
    stepId,
    at: Date.now(),
  });
  const page = await browser.openTab('sidepanel.html');
  await page.setViewportSize({ width: 360, height: 900 });
  const step = page.getByRole('button', { expanded: true, name: /Application username format is Email/ });
  await step.waitFor();
  await page.getByRole('button', { name: 'Snooze' }).waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.keyboard.type('A test account');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Snooze' }).waitFor({ state: 'detached' });
  await expect.poll(() => step.evaluate((header) => header === document.activeElement)).toBe(true);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Snooze' }).waitFor();
  await page.close();
});
