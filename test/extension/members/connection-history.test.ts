// What a connection sent, on its card: the day and the month, as bars and as a table, and what it is put up with for.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import { writeRecords, writtenRecord } from '../../helpers/written-record.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

/** Changes of the invented company's own in the last day, each forgiven that it does not say what it is about. */
const company = 16;

const minute = 60_000;
const day = 24 * 60 * minute;
let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage({ people: 12 });
  const { larkspur } = stage;
  const entra = { orgId: larkspur.orgId, connectionId: larkspur.entra.connectionId };
  const cycles = Array.from({ length: 12 }, (_, n) => 1 + (11 - n) * 40);
  const old = Array.from({ length: 1200 }, () => 12 * day);
  await writeRecords(
    larkspur.deps.database.db,
    [...old, ...cycles.map((ago) => ago * minute)].map((ago) =>
      writtenRecord(
        { ...entra, at: larkspur.clock.now - ago },
        { client: 'entra', method: 'PATCH', status: 204, quirks: ['boolean-as-string:active'] },
      ),
    ),
  );
});
afterAll(() => stage.close());

const historyOf = (page: Page, name: string) =>
  page.getByRole('article', { name }).getByRole('region', { name: `What ${name} sent` });

test('the card says how soon changes show, how that was measured, and what is not known', async () => {
  const page = await stage.open('connections');
  const entra = page.getByRole('article', { name: 'Entra ID' });
  await entra.getByText(/Changes show within \d+ minutes, measured over \d+ (hours|days)\./).waitFor();
  await entra
    .getByText(/From the start of a cycle to the end of the next, the longest of \d+ cycles;/)
    .waitFor();
  await page
    .getByRole('article', { name: 'Okta' })
    .getByText(/Changes show within [\d.]+ seconds? of being sent, measured over 24 hours\./)
    .waitFor();
  await page.close();
});

test('the day and the month are chosen by keyboard, told in words, and stand in a table', async () => {
  const page = await stage.open('connections');
  const history = historyOf(page, 'Entra ID');
  await history.getByRole('radio', { name: '24 hours' }).focus();
  const bars = history.getByRole('img');
  const told = await bars.getAttribute('aria-label');
  expect(told).toMatch(/^In the last 24 hours \d+ changes, 0 errors and .+\. The most, .+ to .+: /);
  expect(told).toContain(` and ${12 + company} requests put up with.`);
  await page.keyboard.press('ArrowRight');
  await history.getByText(`1,${212 + company} put up with`).waitFor();
  expect(await bars.getAttribute('aria-label')).toMatch(/^In 30 days 1,\d+ changes, /);
  await history.getByRole('button', { name: 'Show as a table' }).click();
  const table = history.getByRole('table', { name: 'What Entra ID sent, the latest first' });
  await table.getByRole('row', { name: /1,200 0 1,200$/ }).waitFor();
  await history.getByText('On the other days nothing was sent.').waitFor();
  await expectAccessible(page);
  await history.getByRole('button', { name: 'Hide the table' }).click();
  await table.waitFor({ state: 'detached' });
  await page.close();
});

test('what Rollcall puts up with is named and explained, with what is switched off', async () => {
  const page = await stage.open('connections');
  const history = historyOf(page, 'Entra ID');
  const tolerance = history.getByRole('listitem').filter({ hasText: 'True and false as text' });
  await tolerance.getByText(/^12 requests, last/).waitFor();
  await tolerance
    .getByText(/Last seen in active\. The flag aadOptscim062020 is off in the Tenant URL\./)
    .waitFor();
  await page.close();
});
