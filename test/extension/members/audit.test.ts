// The audit log in the browser: filtered by the address, one entry from what to what, and the same as a file.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage({ people: 12 });
});
afterAll(() => stage.close());

test('an entry tells who changed what, and the export holds what the filter shows', async () => {
  const page = await stage.open('audit');
  await page.getByLabel('What it is about').selectOption({ label: 'Held removals' });
  await page.getByText('No entry like this').waitFor();
  await page.getByLabel('What it is about').selectOption({ label: 'Connections and tokens' });
  const rows = page.getByRole('table', { name: 'Audit log' }).locator('tbody tr');
  await rows.filter({ hasText: 'Made a connection' }).first().getByRole('button').click();
  const side = page.getByRole('complementary', { name: 'Made a connection' });
  await side.getByText('Operator, at the terminal').waitFor();
  await side.getByText('nothing').first().waitFor();
  await expectAccessible(page);

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as NDJSON' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('audit.ndjson');
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\n');
  expect(lines).toHaveLength(await rows.count());
  expect(lines.every((line) => JSON.parse(line).action.startsWith('connection.'))).toBe(true);
  await page.close();
});
