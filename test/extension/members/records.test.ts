// The provisioning section in the browser: what failed, one request in full, and new ones as they come.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage({ people: 12 });
});
afterAll(() => stage.close());

const removal = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'] };

test('following live, a new request comes in on top without a reload; standing still, it is announced', async () => {
  const { larkspur } = stage;
  const page = await stage.open(`provisioning?connection=${larkspur.connectionId}`);
  await page.getByRole('button', { name: /AM|PM/ }).first().waitFor();
  const rows = page.getByRole('table', { name: 'Requests' }).locator('tbody tr');
  const before = await rows.count();

  await larkspur.scim('GET', '/Users/nobody-like-this');
  await page.getByRole('button', { name: 'Show 1 new request' }).waitFor();
  expect(await rows.count()).toBe(before);

  await page.getByLabel('Follow live').click();
  await rows.first().getByText('GET /Users/{id}').waitFor();
  await larkspur.scim('POST', '/Users', { schemas: [], userName: 'new.maker@larkspur.example' });
  await rows.first().getByText('POST /Users').waitFor();
  await page.close();
});

test('of those that failed, one in full says what happened and what was put up with', async () => {
  const { larkspur } = stage;
  const someone = larkspur.ids.get('noor.haddad@larkspur.example') ?? '';
  await larkspur.scim('PATCH', `/Users/${someone}`, {
    ...removal,
    Operations: [{ op: 'Replace', path: 'title', value: 'Lead' }],
  });
  await larkspur.scim('GET', '/Users/nobody-like-this');
  const page = await stage.open(`provisioning?connection=${larkspur.connectionId}`);
  await page.getByText('PATCH /Users/{id}').first().waitFor();
  const rows = page.getByRole('table', { name: 'Requests' }).locator('tbody tr');
  await rows.filter({ hasText: 'PATCH' }).first().getByRole('button').click();
  const side = page.getByRole('complementary', { name: 'PATCH /Users/{id}' });
  await side.getByText('An operation was written with a capital letter.').waitFor();
  await side.getByRole('link', { name: 'Noor Haddad' }).waitFor();
  await side.getByText('title', { exact: true }).waitFor();
  await expectAccessible(page);

  await page.getByLabel('Only what failed').click();
  await rows.filter({ hasText: 'PATCH' }).first().waitFor({ state: 'detached' });
  await rows.filter({ hasText: 'GET /Users/{id}' }).first().waitFor();
  await page.close();
});
