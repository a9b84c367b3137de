// What is done on the members page, done by keyboard alone: every stop is seen, and the focus is never lost.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeMany } from '../../helpers/mass-removal.ts';
import { keyboardOn } from '../keyboard.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage();
});
afterAll(() => stage?.close());

/** A page just opened, and all that can be asked of it. */
async function open(place: string) {
  const page = await stage.open(place);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.locator('h1').first().waitFor();
  return {
    page,
    keys: keyboardOn(page),
    button: (name: string | RegExp) => page.getByRole('button', { name, exact: true }),
    focused: () => page.evaluate(() => document.activeElement?.id),
  };
}

test('another section in the address takes the focus into its content, not before it', async () => {
  const { page } = await open('audit');
  const main = page.locator('main');
  await main.getByRole('button').first().focus();
  await page.evaluate(() => {
    location.hash = '#/findings';
  });
  await page.getByRole('heading', { level: 1, name: 'Findings' }).waitFor();
  await expect.poll(() => main.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await page.close();
});

test('somebody is found, blocked after a question, let back in, and unblocked', async () => {
  const { page, keys, button, focused } = await open('people');
  await page.locator('#person-0').waitFor();
  await keys.press('/');
  await keys.type('dunja');
  // The list of all that was typed, not of its first letters.
  await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/people?search=dunja');
  const list = page.locator('#people[aria-busy="false"]');
  await list.locator('#person-0').getByText('Dunja').first().waitFor();
  await keys.press('ArrowDown');
  await keys.isOn(list);
  await keys.press('Enter');
  const drawer = page.getByRole('region', { name: /^Dunja/ });
  await drawer.getByText('How Dunja has access').waitFor();
  await expect.poll(focused).toBe('person-name');
  const block = async () => {
    await keys.choose(drawer.getByRole('button', { name: 'Block' }));
    const dialog = page.getByRole('dialog', { name: /^Block Dunja/ });
    await keys.isOn(dialog.getByRole('textbox', { name: /Reason/ }));
    await keys.type('Laptop lost');
    await keys.choose(dialog.getByRole('button', { name: 'Block' }));
    await page.getByText(/^Dunja .* is blocked\./).waitFor();
    await drawer.getByText('“Laptop lost”').first().waitFor();
    await expect.poll(focused).toBe('person-name');
  };
  await block();
  await keys.press('ControlOrMeta+z');
  await page.getByText('Undone.').waitFor();
  await drawer
    .getByText(/^Unblocked by /)
    .first()
    .waitFor();
  await block();
  await keys.choose(drawer.getByRole('button', { name: 'Unblock' }));
  await page.getByText(/^Dunja .* is unblocked\./).waitFor();
  await keys.press('Escape');
  await expect.poll(focused).toBe('people');
  await button('Import').waitFor();
  await page.close();
});

test('a table is chosen, looked at and imported', async () => {
  const { page, keys, button } = await open('people');
  // Asked for early: the browser takes a moment to leave its own dialog out.
  const chooser = page.waitForEvent('filechooser');
  await keys.choose(button('Import'));
  const dialog = page.getByRole('dialog', { name: 'Import people from CSV' });
  await keys.isOn(dialog.getByRole('button', { name: 'Choose a file' }));
  await keys.press('Enter');
  const buffer = Buffer.from('email,name\nnew.potter@larkspur.example,New Potter\nno address,Nobody');
  await (await chooser).setFiles({ name: 'people.csv', mimeType: 'text/csv', buffer });
  await dialog.getByText('people.csv, 3 lines').waitFor();
  await keys.choose(dialog.getByRole('button', { name: 'Look at it first' }));
  await dialog.getByText('1 person would be added').waitFor();
  await keys.choose(dialog.getByRole('button', { name: 'Import 1 person' }));
  await dialog.getByText('1 added, 0 changed, 1 left out').waitFor();
  await keys.choose(dialog.getByRole('button', { name: 'Done' }));
  await keys.isOn(button('Import'));
  await page.close();
});

test('the list is narrowed down, and kept as a view to come back to', async () => {
  const { page, keys, button } = await open('people');
  await keys.choose(page.getByRole('link', { name: /^Invited/ }));
  await keys.choose(button('Filter'));
  const role = page.getByRole('combobox', { name: 'Role' });
  await keys.isOn(role);
  await keys.press('ArrowDown');
  await page.getByRole('option', { name: 'Member', exact: true }).waitFor();
  while (
    !(await page.getByRole('option', { name: 'Member', exact: true }).getAttribute('data-combobox-selected'))
  )
    await keys.press('ArrowDown');
  await keys.press('Enter');
  await keys.tabTo(page.getByRole('textbox', { name: 'Department' }));
  await keys.type('kiln');
  await keys.press('Enter');
  await keys.press('Escape');
  await keys.isOn(button('Filter (2)'));

  await keys.choose(button('Save view'));
  await keys.isOn(page.getByRole('textbox', { name: 'Name of the view' }));
  await keys.type('Kiln waits');
  await keys.press('Enter');
  await page.getByRole('link', { name: 'Kiln waits' }).waitFor();
  await keys.isOn(button('Save view'));
  await keys.choose(button('Take the filter away: Department kiln'));
  await keys.isOn(button('Take the filter away: Members'));
  await keys.choose(page.getByRole('link', { name: 'Kiln waits' }));
  await expect.poll(() => page.evaluate(() => location.hash)).toContain('department=kiln');
  await page.close();
});

test('a setting is changed and saved', async () => {
  const { page, keys } = await open('settings');
  const seats = page.getByRole('region', { name: 'Seats' });
  await keys.tabTo(seats.getByRole('switch', { name: 'Limit the number of seats' }));
  await keys.press('Space');
  await keys.tabTo(seats.getByRole('textbox', { name: 'Seats' }));
  await keys.press('ControlOrMeta+a');
  await keys.type('500');
  await keys.choose(seats.getByRole('button', { name: 'Save seats' }));
  await page.getByText('Saved.').waitFor();
  await keys.isOn(seats.getByRole('heading', { name: 'Seats' }));
  await page.close();
});

test('one request is opened in full, and the audit log is narrowed down', async () => {
  const { page, keys } = await open(`provisioning?connection=${stage.larkspur.connectionId}`);
  const first = page.getByRole('table', { name: 'Requests' }).locator('tbody button').first();
  await keys.tabTo(first);
  await keys.press('ArrowDown', 'Enter');
  const side = page.getByRole('complementary');
  await keys.choose(side.getByRole('button', { name: /^Close/ }));
  await side.waitFor({ state: 'detached' });
  await keys.isOn(page.getByRole('table', { name: 'Requests' }).locator('tbody button').nth(1));
  await page.close();

  const audit = await open('audit');
  const rows = audit.page.getByRole('table', { name: 'Audit log' }).locator('tbody tr');
  await rows.first().waitFor();
  await audit.keys.tabTo(audit.page.getByLabel('What it is about'));
  await audit.keys.type('Connections');
  await rows.filter({ hasText: 'Made a connection' }).first().waitFor();
  await audit.keys.tabTo(rows.first().getByRole('button'));
  await audit.keys.press('Enter');
  await audit.page.getByRole('complementary').waitFor();
  await audit.keys.press('Escape');
  await audit.keys.isOn(rows.first().getByRole('button'));
  await audit.page.close();
});

test('a new token is made and copied', async () => {
  const { page, keys } = await open('connections');
  await stage.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const okta = page.getByRole('article', { name: 'Okta' });
  const make = okta.getByRole('button', { name: 'Make a new token' });
  await keys.choose(make);
  await keys.isOn(page.getByLabel('The new token works for'));
  await keys.choose(page.getByRole('button', { name: 'Make token' }));
  await keys.choose(page.getByRole('button', { name: 'Copy the new token' }));
  await page.getByText('Copied', { exact: true }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\S{30,}$/);
  await keys.choose(page.getByRole('button', { name: 'Done' }));
  await keys.isOn(make);
  await page.close();
});

test('a held removal is looked at, and let stand after a question', async () => {
  await removeMany(stage.larkspur, 24);
  const { page, keys, button } = await open('holds');
  await keys.choose(button('Who it is'));
  await page.getByRole('complementary').getByText('Removed').first().waitFor();
  await keys.press('Escape');
  await keys.isOn(button('Who it is'));
  await keys.choose(button('Let the removal stand'));
  const dialog = page.getByRole('dialog', { name: 'Let the removal of 24 people stand?' });
  await keys.choose(dialog.getByRole('button', { name: 'Let 24 people go' }));
  await page.getByText('The removal of 24 people stands.').waitFor();
  await page.getByText('Nothing waits for you').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  await page.close();
});
