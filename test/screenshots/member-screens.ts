// The members page: people, one of them, and every other section.
import type { Page } from 'playwright-core';
import { full, type Screen } from './stage.ts';

const shown = (page: Page) => page.locator('[data-index="5"]').waitFor();

/** A section by its place, once what is waited for stands there. */
function section(name: string, place: string, arrange: (page: Page) => Promise<unknown>): Screen {
  return {
    name: `members-${name}`,
    path: `members.html#/${place}`,
    size: full,
    arrange: async ({ page }) => {
      await page.locator('h1').first().waitFor();
      await arrange(page);
    },
  };
}

async function selectThree(page: Page): Promise<void> {
  await shown(page);
  await page.locator('#people').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
}

const firstRow = async (page: Page) => {
  await page.locator('[data-row]').first().click();
  await page.getByRole('complementary').waitFor();
};

export const memberScreens: readonly Screen[] = [
  section('people', 'people?sort=changed', shown),
  {
    name: 'members-drawer',
    path: ({ org }) => `members.html#/people?member=${org.ids.get('noor.haddad@larkspur.example') ?? ''}`,
    size: full,
    arrange: ({ page }) => page.getByText('What happened').waitFor(),
  },
  section('selected', 'people?status=invited', selectThree),
  section('block', 'people?status=invited', async (page) => {
    await selectThree(page);
    await page.getByRole('button', { name: 'Block', exact: true }).click();
    await page.getByRole('dialog').waitFor();
  }),
  section('none-found', 'people?search=nobodyatall', (page) =>
    page.getByText('nobodyatall').first().waitFor(),
  ),
  section('groups', 'groups', (page) => page.getByText('Kiln Crew').first().waitFor()),
  section('roles', 'groups?tab=roles', async (page) => {
    for (const name of ['Kil', 'Own']) {
      await page.getByRole('combobox', { name: 'Add a group' }).fill(name);
      await page.getByRole('listbox').getByRole('option').first().click();
    }
    await page.getByText('would become').first().waitFor();
  }),
  section('connections', 'connections', (page) => page.getByText('Entra ID').first().waitFor()),
  section('provisioning', 'provisioning', firstRow),
  section('findings', 'findings', async () => {}),
  section('audit', 'audit', firstRow),
  section('mail', 'mail', async () => {}),
  section('settings', 'settings', (page) => page.getByLabel('Name', { exact: true }).waitFor()),
  section('settings-safeguards', 'settings?at=seats', (page) => page.getByText('Limit the number').waitFor()),
  section('settings-browser', 'settings?at=browser', (page) =>
    page.getByText('This browser').last().waitFor(),
  ),
  section('holds', 'holds', async () => {}),
];
