// Putting findings aside on the findings section: by keyboard, with a reason, with a way back, and what is told of it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage({ people: 12 });
  await push('no address at all');
});
afterAll(() => stage.close());

async function push(userName: string): Promise<string> {
  const answer = await stage.larkspur.scim('POST', '/Users', { schemas: [], userName });
  await stage.larkspur.deps.provisioningLog.flush();
  return answer.body.id as string;
}

test('a finding is snoozed by keyboard alone, stands below with its end, and is taken up again', async () => {
  const page = await stage.open('findings');
  const open = page.getByRole('region', { name: 'Open findings' });
  await open.getByRole('heading', { name: /no address at all/ }).waitFor();
  await open.getByRole('button', { name: 'Snooze' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: '1 hour' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('1 day');
  await page.keyboard.press('Enter');

  const aside = page.getByRole('region', { name: 'Put aside' });
  await aside.getByText(/· Snoozed by ada@larkspur\.example until tomorrow /).waitFor();
  await page.getByText('Nothing needs you now').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.ariaLabel)).toBe('Open findings');
  await expectAccessible(page);

  await aside.getByRole('button', { name: /^Take up again/ }).click();
  await open.getByRole('heading', { name: /no address at all/ }).waitFor();
  await aside.waitFor({ state: 'detached' });
  // Undo snoozes it until the same time as before.
  await page.getByText('The finding is open again.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await aside.getByText(/until tomorrow/).waitFor();
  await aside.getByRole('button', { name: /^Take up again/ }).click();
  await open.getByRole('heading', { name: /no address at all/ }).waitFor();
  await aside.waitFor({ state: 'detached' });
  await page.close();
});

test('a finding is dismissed with a reason, comes back with new evidence, and is told when it is gone', async () => {
  const page = await stage.open('findings');
  const open = page.getByRole('region', { name: 'Open findings' });
  await open.getByRole('button', { name: 'Dismiss' }).click();
  const reason = open.getByLabel('Why can it stay as it is?');
  expect(await reason.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await open.getByRole('button', { name: 'Dismiss' }).isDisabled()).toBe(true);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Dismiss');

  await page.keyboard.press('Enter');
  await reason.fill('A test account');
  // What the server refuses, for whatever reason, loses nothing of what was typed.
  await page.route('**/trpc/findings.dismiss**', (route) =>
    route.continue({ postData: JSON.stringify({ 0: { findingId: 'nothing:c', reason: 'x' } }) }),
  );
  await page.keyboard.press('Enter');
  await page.getByText(/^There is no finding/).waitFor();
  expect(await reason.inputValue()).toBe('A test account');
  await page.unroute('**/trpc/findings.dismiss**');
  await reason.press('Enter');
  const aside = page.getByRole('region', { name: 'Put aside' });
  await aside.getByText('“A test account”').waitFor();
  await aside
    .getByText(/Dismissed by ada@larkspur\.example just now, until something new turns up\./)
    .waitFor();
  await page.getByText('Dismissed until something new turns up.').waitFor();

  const id = await push('nor here');
  await open.getByRole('heading', { name: /nor here/ }).waitFor();
  await aside.waitFor({ state: 'detached' });

  const { body } = await stage.larkspur.scim('GET', '/Users?filter=userName eq "no address at all"');
  for (const gone of [id, (body.Resources as { id: string }[])[0]?.id])
    await stage.larkspur.scim('DELETE', `/Users/${gone}`);
  await page
    .getByRole('region', { name: 'Gone in the last 24 hours' })
    .getByText(/^Okta · first seen/)
    .waitFor();
  await open.getByText('Nothing is wrong').waitFor();
  await expectAccessible(page);
  await page.close();
});
