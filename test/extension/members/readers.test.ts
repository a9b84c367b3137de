// Reader clients and machine clients in the browser: made with what they may see, used over HTTP, rotated, revoked.
import { exportSPKI, generateKeyPair } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage({ people: 12 });
  await stage.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
});
afterAll(() => stage.close());

test('a reader is made, reads what was chosen and nothing else, and is taken away', async () => {
  const page = await stage.open('readers');
  const dialog = page.getByRole('dialog');
  const copied = async (name: string) => {
    await page.getByRole('button', { name }).click();
    await page.getByText('Copied', { exact: true }).waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  await page.getByText('No application reads along').waitFor();
  await page.getByRole('button', { name: 'New reader' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('Room booking');
  await dialog
    .getByText(/^\d+ of \d+$/)
    .first()
    .click();
  await dialog.getByLabel('Of', { exact: true }).selectOption('some');
  await dialog.getByRole('button', { name: 'Make reader' }).click();
  await dialog.getByText('Add at least one group.').waitFor();
  await dialog.getByRole('combobox', { name: 'Add a group' }).fill('Kil');
  await page.getByRole('option', { name: /^Kiln Crew/ }).click();
  await dialog.getByRole('button', { name: 'Take Kiln Crew away' }).waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Make reader' }).click();
  const token = await copied('Copy the reader’s token');
  expect(await page.content()).not.toContain(token);
  await dialog.getByRole('button', { name: 'Done' }).click();

  const card = page.getByRole('article', { name: 'Room booking' });
  await card.getByText('Kiln Crew').waitFor();
  const baseUrl = await copied('Copy base URL of Room booking');
  const read = (path: string, init: RequestInit = {}) =>
    fetch(`${baseUrl}${path}`, { ...init, headers: { authorization: `Bearer ${token}` } });
  const people = await read('/Users?count=1');
  expect(people.status).toBe(200);
  expect((await read('/Groups', { method: 'POST', body: '{}' })).status).not.toBe(201);
  await expectAccessible(page);

  await card.getByRole('button', { name: 'Make a new token' }).click();
  await dialog.getByRole('button', { name: 'Make token' }).click();
  await dialog.getByRole('button', { name: 'Copy the new token' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await card.getByRole('button', { name: `Revoke the token that ends in ${token.slice(-4)}` }).click();
  await dialog.getByRole('button', { name: 'Revoke token' }).click();
  await card.getByText('Revoked').waitFor();
  expect((await read('/Users?count=1')).status).toBe(401);
  await card.getByRole('button', { name: 'Remove reader' }).click();
  await dialog.getByRole('button', { name: 'Remove reader' }).click();
  await page.getByText('No application reads along').waitFor();
  await page.close();
});

test('of hundreds of groups the last one is found by the keyboard, and named wherever the reader is', async () => {
  const { deps, orgId } = stage.larkspur;
  const group = {
    org_id: orgId,
    external_id: null,
    version: 1,
    connection_id: null,
    created_at: 1,
    updated_at: 1,
  };
  const names = Array.from({ length: 230 }, (_, n) => `Bay ${String(n).padStart(3, '0')}`);
  await deps.database.db
    .insertInto('groups')
    .values(
      [...names, 'Zinc bath'].map((name) => ({
        ...group,
        id: `group of ${name}`,
        display_name: name,
        display_name_norm: name.toLowerCase(),
      })),
    )
    .execute();
  const page = await stage.open('readers');
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'New reader' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('Door locks');
  await dialog.getByLabel('Of', { exact: true }).selectOption('some');
  const adder = dialog.getByRole('combobox', { name: 'Add a group' });
  for (const [typed, name] of [
    ['zin', 'Zinc bath'],
    ['bay 22', 'Bay 220'],
  ] as const) {
    await adder.focus();
    await page.keyboard.type(typed);
    await page.getByRole('option', { name: new RegExp(`^${name} `) }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: `Take ${name} away` }).waitFor();
  }
  await dialog.getByRole('button', { name: 'Make reader' }).click();
  await page.getByRole('button', { name: 'Copy the reader’s token' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();

  const card = page.getByRole('article', { name: 'Door locks' });
  await card.getByText('Bay 220, Zinc bath').waitFor();
  await card.getByRole('button', { name: 'Change what it sees' }).click();
  await dialog.getByRole('button', { name: 'Take Bay 220 away' }).press('Enter');
  await dialog.getByRole('button', { name: 'Take Zinc bath away' }).waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Save reader' }).click();
  await card.getByText('Zinc bath', { exact: true }).waitFor();
  await card.getByText('of the people of 1 group.').waitFor();
  await page.close();
});

test('a connection gets machine clients: one with a key of its own, one with a secret', async () => {
  const page = await stage.open('connections');
  const dialog = page.getByRole('dialog');
  const okta = page.getByRole('article', { name: 'Okta' });
  await okta.getByText('Machine clients (OAuth)').click();
  await okta.getByText('No machine client yet.').waitFor();
  await okta.getByRole('button', { name: 'Copy token endpoint of Okta' }).waitFor();
  await okta.getByRole('button', { name: 'Copy metadata address of Okta' }).waitFor();

  await okta.getByRole('button', { name: 'New machine client of Okta' }).click();
  await dialog.getByLabel('Name').fill('Sync job');
  await dialog.getByLabel('It proves itself by').selectOption('key');
  await dialog.getByRole('button', { name: 'Make client' }).click();
  await dialog.getByText('Paste the public key.').waitFor();
  const { publicKey } = await generateKeyPair('ES256', { extractable: true });
  await dialog.getByLabel('Public key').fill(await exportSPKI(publicKey));
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Make client' }).click();
  const signing = okta.getByRole('region', { name: 'Machine client Sync job' });
  await signing.getByText('Signs with a key of its own').waitFor();

  await okta.getByRole('button', { name: 'New machine client of Okta' }).click();
  await dialog.getByLabel('Name').fill('Old job');
  await dialog.getByLabel('It proves itself by').selectOption('secret');
  await dialog.getByRole('button', { name: 'Make client' }).click();
  await dialog.getByRole('button', { name: 'Copy the client secret' }).click();
  await dialog.getByText('Copied', { exact: true }).waitFor();
  const secret = await page.evaluate(() => navigator.clipboard.readText());
  expect(await page.content()).not.toContain(secret);
  await dialog.getByRole('button', { name: 'Done' }).click();
  const old = okta.getByRole('region', { name: 'Machine client Old job' });
  await expectAccessible(page);

  await old.getByRole('button', { name: 'Add another secret' }).click();
  await dialog.getByRole('button', { name: 'Add secret' }).click();
  await dialog.getByRole('button', { name: 'Copy the client secret' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await old.getByRole('button', { name: `Revoke Secret …${secret.slice(-4)}` }).click();
  await page.getByText('The other secret goes on working.').waitFor();
  await dialog.getByRole('button', { name: 'Revoke secret' }).click();
  await old.getByText('Revoked').waitFor();
  await old.getByRole('button', { name: 'Remove the machine client Old job' }).click();
  await dialog.getByRole('button', { name: 'Remove client' }).click();
  await old.waitFor({ state: 'detached' });
  await page.close();
});
