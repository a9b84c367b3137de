// Nudging from the popup by the keyboard alone, up to the mails in a real mail server.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExtensionBrowser } from '../../helpers/extension-browser.ts';
import { addressOf, startLarkspur } from '../../helpers/larkspur.ts';
import { startMailServer } from '../../helpers/mail-server.ts';
import { borrowExtensionBrowser } from '../../helpers/shared-browser.ts';

let browser: ExtensionBrowser;
beforeAll(async () => {
  browser = await borrowExtensionBrowser();
});
afterAll(() => browser.close());

test('three people are nudged by the keyboard alone, and find the admin’s words in their mail', async () => {
  const mailServer = await startMailServer();
  const larkspur = await startLarkspur({ people: 12, env: { SMTP_URL: mailServer.url } });
  await larkspur.deps.mail.run();
  mailServer.mails.length = 0;
  await browser.signIn(larkspur.account);
  const page = await browser.openTab('popup.html');
  const list = page.getByRole('listbox', { name: 'Pending invitations' });
  await list.getByText('Mira Okafor').waitFor();

  // Mira stands first; Noor, Rufus and Imogen come after her.
  await page.keyboard.press('ArrowDown');
  for (const key of ['ArrowDown', 'Space', 'Shift+ArrowDown', 'Shift+ArrowDown'])
    await page.keyboard.press(key);
  expect(await list.getByRole('option', { selected: true }).count()).toBe(3);
  await page.keyboard.press('n');
  await page.getByText('Noor Haddad, Rufus Okonjo and Imogen Adeyemi get a mail').waitFor();
  await page.keyboard.type('The kiln is warm.\nCome & see <b>it</b>.');
  const preview = page.getByRole('region', { name: /^The mail as Noor Haddad/ });
  await preview.getByText('Come & see <b>it</b>.').waitFor();
  expect(await preview.locator('b').count()).toBe(0);
  for (let tabs = 0; tabs < 8; tabs++) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement?.textContent)) === 'Nudge 3 people') break;
  }
  await page.keyboard.press('Enter');
  await page.getByText('3 people are nudged').waitFor();
  expect(await page.getByRole('listitem').allTextContents()).toEqual([
    expect.stringMatching(/^Noor Haddad is nudged, and can be nudged again tomorrow /),
    expect.stringMatching(/^Rufus Okonjo is nudged, and can be nudged again tomorrow /),
    expect.stringMatching(/^Imogen Adeyemi is nudged, and can be nudged again tomorrow /),
  ]);

  await larkspur.deps.mail.run();
  const reached = mailServer.mails.flatMap(({ envelope }) => envelope.to).sort();
  expect(reached).toEqual(['Imogen Adeyemi', 'Noor Haddad', 'Rufus Okonjo'].map(addressOf).sort());
  expect(mailServer.lastTo(addressOf('Noor Haddad')).parsed.text).toContain(
    '> The kiln is warm.\n> Come & see <b>it</b>.',
  );

  // The focus is where it was, and whoever was nudged says so without a reload.
  await page.keyboard.press('Enter');
  await list.getByRole('option', { name: /Rufus Okonjo.*nudged just now/ }).waitFor();
  expect(await list.getByRole('option', { selected: true }).count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('listbox');

  await page.keyboard.press('n');
  await page.getByText(/^Imogen Adeyemi can be nudged again tomorrow/).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Nobody of these can be nudged now').waitFor({ state: 'detached' });
  await page.close();
  await larkspur.close();
});

test('a template stands under the admin’s own words and gives way to another one', async () => {
  const larkspur = await startLarkspur({ people: 12 });
  await browser.signIn(larkspur.account);
  const page = await browser.openTab('popup.html');
  await page.getByRole('option', { name: /Tessa Berg/ }).click();
  await page.getByRole('button', { name: 'Nudge 1 person…' }).click();
  const words = page.getByLabel('Your own words');
  await words.fill('Dear Tessa,');
  await page.getByRole('button', { name: 'A short hello' }).click();
  expect(await words.inputValue()).toMatch(/^Dear Tessa,\n\nYour place at Larkspur Foundry is ready/);
  await page.getByRole('button', { name: 'An offer of help' }).click();
  expect(await words.inputValue()).toMatch(/^Dear Tessa,\n\nYou have not joined yet/);
  await page.close();
  await larkspur.close();
});
