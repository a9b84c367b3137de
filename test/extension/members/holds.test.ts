// Held removals in the browser: who it is, letting one stand after a question with its numbers, restoring another.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import { removeMany } from '../../helpers/mass-removal.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage();
  await removeMany(stage.larkspur, 24);
});
afterAll(() => stage.close());

test('a held removal is shown with everybody in it, and restored in one click', async () => {
  const page = await stage.open('holds');
  await page.getByRole('heading', { name: 'Okta took away 24 people.' }).waitFor();
  await page.getByRole('button', { name: 'Who it is' }).click();
  const side = page.getByRole('complementary');
  await side.getByText('Removed').nth(23).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Restore all 24 people' }).click();
  await page.getByText('24 people are back as before.').waitFor();
  await page.getByRole('table', { name: 'Decided removals' }).getByText('Restored').waitFor();
  await page.close();
});

test('letting a removal stand asks first, and names how many go', async () => {
  await removeMany(stage.larkspur, 24);
  const page = await stage.open('holds');
  await page.getByRole('button', { name: 'Let the removal stand' }).click();
  const dialog = page.getByRole('dialog', { name: 'Let the removal of 24 people stand?' });
  await dialog.waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Let 24 people go' }).click();
  await page.getByText('The removal of 24 people stands.').waitFor();
  await page.getByText('Nothing waits for you').waitFor();
  const { db } = stage.larkspur.deps.database;
  const ended = await db.selectFrom('holds').select('ended').orderBy('opened_at').execute();
  expect(ended.map((hold) => hold.ended).sort()).toEqual(['approved', 'restored']);
  await page.close();
});
