import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { customAttributeSchema } from '../../../shared/custom-attributes.ts';
import { expectAccessible } from '../../helpers/accessible.ts';
import { apiClient } from '../../helpers/api-client.ts';
import { addressOf } from '../../helpers/larkspur.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
let page: Page;
beforeAll(async () => {
  stage = await openSectionStage();
  const { larkspur } = stage;
  const api = apiClient(larkspur.url, larkspur.account.token);
  let { version } = await api.attributes.get.query();
  let urn = '';
  for (const one of [
    { name: 'badgeNumber', type: 'integer', description: 'On the card at the gate' },
    { name: 'skills', type: 'string', multiValued: true },
  ]) {
    const step = { kind: 'add', attribute: customAttributeSchema.parse(one) } as const;
    ({ version, urn } = await api.attributes.save.mutate({ version, step }));
  }
  const answers = await Promise.all(
    [larkspur, larkspur.entra].map(({ scim }) =>
      scim('PATCH', `/Users/${larkspur.ids.get(addressOf('Noor Haddad'))}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [
          { op: 'add', path: `${urn}:badgeNumber`, value: 4711 },
          { op: 'add', path: `${urn}:skills`, value: ['Fire', 'Glaze'] },
        ],
      }),
    ),
  );
  // One of the two manages her; she does not exist for the other.
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
  page = await stage.open('people?search=noor');
  await page.setViewportSize({ width: 1440, height: 900 });
});
afterAll(() => stage?.close());

describe("the org's own attributes of people, in a real Chromium", () => {
  test('are columns to choose, which stay chosen', async () => {
    const noor = page.getByRole('row', { name: /Noor Haddad/ });
    await noor.waitFor();
    await page.getByRole('button', { name: 'View', exact: true }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Badge number' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Badge number' }).waitFor();
    await noor.getByText('4711', { exact: true }).waitFor();
    await page.reload();
    await page.getByRole('columnheader', { name: 'Badge number' }).waitFor();
    await noor.getByText('4711', { exact: true }).waitFor();
    expect(await page.getByRole('columnheader', { name: 'Skills' }).count()).toBe(0);
  });

  test('stand beside the person, with a lock where a connection writes them', async () => {
    await page.getByRole('row', { name: /Noor Haddad/ }).click();
    const drawer = page.getByRole('region', { name: 'Noor Haddad', exact: true });
    const skills = drawer.locator('dt', { hasText: 'Skills' }).locator('xpath=following-sibling::dd[1]');
    await skills.getByText('Fire, Glaze').waitFor();
    await skills.getByRole('img', { name: 'Managed by' }).waitFor();
    await drawer.locator('dt[title="On the card at the gate"]', { hasText: 'Badge number' }).waitFor();
    await expectAccessible(page);
  });
});
