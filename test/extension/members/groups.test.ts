// The groups section in the browser: finding one, seeing who is in it, and giving groups roles by keyboard.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage();
});
afterAll(() => stage.close());

test('a group is found by how its name begins, and opens with its people beside the list', async () => {
  const page = await stage.open('groups');
  await page.getByRole('button', { name: 'Kiln Crew' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('kil');
  await page.getByRole('button', { name: 'Glaze Leads' }).waitFor({ state: 'detached' });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const side = page.getByRole('complementary', { name: 'Kiln Crew' });
  await side.getByText('@larkspur.example').first().waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await side.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Kiln Crew');
  await page.close();
});

test('roles by group are ordered by keyboard, and shown by number and name before they are saved', async () => {
  const page = await stage.open('groups?tab=roles');
  const adder = page.getByRole('combobox', { name: 'Add a group' });
  for (const name of ['Owners', 'Kiln Crew']) {
    await adder.fill(name);
    await page.getByRole('option', { name: new RegExp(`^${name} ·`) }).click();
  }
  await page.getByLabel('Role of Owners').selectOption('owner');
  const change = page.getByRole('region', { name: 'What saving does' });
  await change.getByText(/people would become owners, and are members now/).waitFor();
  const told = (await change.getByText(/would become owners/).textContent()) ?? '';
  expect(told).toMatch(/^\d+ people/);

  await page.getByLabel('Role of Kiln Crew').focus();
  await page.keyboard.press('Alt+ArrowUp');
  const order = page.getByRole('list', { name: /order/ }).getByRole('listitem');
  expect(await order.allTextContents()).toEqual([
    expect.stringContaining('Kiln Crew'),
    expect.stringContaining('Owners'),
  ]);
  await page.getByText('Kiln Crew is number 1 of 2.').waitFor({ state: 'attached' });
  await expectAccessible(page);

  await change.getByRole('button', { name: 'Save roles' }).click();
  await page.getByText(/^Saved\. \d+ people have another role/).waitFor();
  await change.waitFor({ state: 'detached' });
  const { db } = stage.larkspur.deps.database;
  const saved = await db.selectFrom('role_mappings').select('role').orderBy('priority').execute();
  expect(saved.map(({ role }) => role)).toEqual(['admin', 'owner']);
  await page.close();
});
