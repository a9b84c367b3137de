// The import in the browser: a table with problems is looked at first, imported, and told line by line.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage({ people: 12 });
});
afterAll(() => stage.close());

const table = [
  'email,name,role,shoe size',
  'new.potter@larkspur.example,New Potter,member,41',
  'boss@larkspur.example,Bo Boss,boss,42',
  'no address,Nobody,member,43',
  'noor.haddad@larkspur.example,Noor Haddad,member,38',
].join('\n');

test('a table is looked at before anything changes, and what is wrong is named by line and column', async () => {
  const page = await stage.open('people');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Import people from CSV' });
  await dialog.getByText('An empty cell leaves what is there.').waitFor();
  await dialog.getByLabel('Or paste the table').fill('name,role\nSomebody,member');
  await dialog.getByRole('button', { name: 'Look at it first' }).click();
  await dialog.getByText('No column of this file is named "email"').waitFor();
  expect(await dialog.getByLabel('Or paste the table').inputValue()).toContain('Somebody');

  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
  await dialog.getByText('people.csv, 5 lines').waitFor();
  await dialog.getByRole('button', { name: 'Look at it first' }).click();
  await dialog.getByText('1 person would be added. 2 lines have problems and would be left out.').waitFor();
  await dialog.getByText('left out: shoe size').waitFor();
  const rows = dialog.getByRole('row');
  expect(await rows.nth(1).textContent()).toContain('role: “boss” is no role');
  await dialog.getByText('Is managed by').waitFor();
  await expectAccessible(page);

  await dialog.getByRole('button', { name: 'Import 1 person' }).click();
  await dialog.getByText('1 added, 0 changed, 2 left out').waitFor();
  await dialog.getByText('Line 4').waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'detached' });
  const added = await stage.larkspur.deps.database.db
    .selectFrom('members')
    .select('id')
    .where('email', '=', 'new.potter@larkspur.example')
    .execute();
  expect(added).toHaveLength(1);
  await page.close();
});
