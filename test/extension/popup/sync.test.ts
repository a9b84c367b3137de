// The sync tab and the banner of held removals in the real popup, as requests of the identity provider come in.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import type { ExtensionBrowser } from '../../helpers/extension-browser.ts';
import { type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';
import { borrowExtensionBrowser } from '../../helpers/shared-browser.ts';

let browser: ExtensionBrowser;
let larkspur: Larkspur;
beforeAll(async () => {
  [larkspur, browser] = await Promise.all([startLarkspur({ people: 40 }), borrowExtensionBrowser()]);
  await browser.signIn(larkspur.account);
});
afterAll(async () => {
  await browser.close();
  await larkspur.close();
});

test('a finding appears while the popup is open, and “Show me” opens the side panel at its step', async () => {
  const popup = await browser.openPopup();
  await popup.getByRole('button', { name: 'Healthy' }).click();
  const card = popup.getByRole('article', { name: 'Okta' });
  await card.getByText(/^Last contact/).waitFor();
  expect(await card.getByRole('img').getAttribute('aria-label')).toMatch(
    /^In the last 24 hours \d+ changes and \d+ errors?; the most at .+: \d+\.$/,
  );

  for (const userName of ['ida.lowe', 'sven.maar', 'rosa.vint'])
    await larkspur.scim('POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName,
      name: { givenName: 'A', familyName: 'Maker' },
      externalId: `00u${userName}`,
      active: true,
    });
  await larkspur.deps.provisioningLog.flush();
  await card.getByText(/^Okta sends “.+”, not an e-mail address, for 3 people\.$/).waitFor();
  await popup.getByRole('button', { name: 'Attention' }).waitFor();
  // The popup closes when the panel takes the focus; nobody waits for the click's end.
  void card
    .getByRole('button', { name: 'Show me' })
    .click()
    .catch(() => {});
  const panel = await browser.panel();
  await panel.getByRole('button', { name: /Application username format is Email/, expanded: true }).waitFor();
});

test('a finding is snoozed in the popup, the focus stays on its card, and undo brings it back', async () => {
  const page = await browser.openTab('popup.html');
  await page.getByRole('button', { name: 'Attention' }).click();
  const card = page.getByRole('article', { name: 'Okta' });
  await card
    .getByText(/Changes show within [\d.]+ seconds? of being sent, measured over 24 hours\./)
    .waitFor();
  await card.getByRole('button', { name: 'Snooze' }).click();
  await expectAccessible(page);
  await page.getByRole('menuitem', { name: '1 week' }).click();
  await card.getByRole('region', { name: 'Finding' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Healthy' }).waitFor();
  await expect.poll(() => card.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.getByRole('button', { name: 'Undo' }).click();
  await card.getByRole('region', { name: 'Finding' }).waitFor();
  await card.getByRole('button', { name: 'Dismiss' }).click();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await card.getByRole('button', { name: 'Snooze' }).waitFor();
  await page.close();
});

test('a mass removal stands above every tab and leads to the members page', async () => {
  const page = await browser.openTab('popup.html');
  await page.getByRole('option', { name: /Noor Haddad/ }).waitFor();
  const { body } = await larkspur.scim('GET', '/Users?count=100');
  const makers = (body.Resources as { id: string; title?: string }[]).filter(({ title }) =>
    title?.startsWith('Maker '),
  );
  for (const { id } of makers.slice(0, 12)) await larkspur.scim('DELETE', `/Users/${id}`);
  await page.getByText(/^Okta took 12 people away within an hour\./).waitFor();
  const opened = browser.context.waitForEvent('page');
  await page.getByRole('button', { name: 'Look at them' }).click();
  expect(new URL((await opened).url()).hash).toBe('#/holds');
});
