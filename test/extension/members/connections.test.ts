// The connections section in the browser: a token is made and copied without being shown, revoked, a connection deleted.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage({ people: 12 });
});
afterAll(() => stage.close());

test('a new token is copied without being displayed, and the older one tells its end', async () => {
  const page = await stage.open('connections');
  await stage.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const okta = page.getByRole('article', { name: 'Okta' });
  await okta.getByRole('button', { name: 'Make a new token' }).click();
  await page.getByRole('button', { name: 'Make token' }).click();
  await page.getByRole('button', { name: 'Copy the new token' }).click();
  await page.getByText('Copied', { exact: true }).waitFor();
  const token = await page.evaluate(() => navigator.clipboard.readText());
  expect(await page.content()).not.toContain(token);
  await page.getByRole('button', { name: 'Done' }).click();
  await okta.getByText('Ends in 7 days').waitFor();

  const answer = await fetch(`${stage.larkspur.baseUrl}/Users?count=1`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status).toBe(200);
  await expectAccessible(page);

  await okta.getByRole('button', { name: `Revoke the token that ends in ${token.slice(-4)}` }).click();
  await page.getByText('The other token goes on working').waitFor();
  await page.getByRole('button', { name: 'Revoke token', exact: true }).click();
  await okta.getByText('Revoked').waitFor();
  await page.close();
});

test('a connection is deleted only when its name is typed, and its people stay', async () => {
  const page = await stage.open('connections');
  await page.getByRole('article', { name: 'Entra ID' }).getByRole('button', { name: 'Delete' }).click();
  const button = page.getByRole('dialog').getByRole('button', { name: 'Delete connection' });
  await page.getByLabel('Type Entra ID to go on').fill('Okta');
  expect(await button.isDisabled()).toBe(true);
  await page.getByLabel('Type Entra ID to go on').fill('Entra ID');
  await button.click();
  await page.getByRole('article', { name: 'Entra ID' }).waitFor({ state: 'detached' });
  const released = await stage.larkspur.deps.database.db
    .selectFrom('members')
    .select('id')
    .where('connection_id', 'is', null)
    .execute();
  expect(released.length).toBeGreaterThan(1);
  await page.close();
});
