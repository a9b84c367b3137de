// The members page: people, one of them, and every other section.
import type { Page } from 'playwright-core';
import { deleteIdentitiesOf } from '../../server/auth/sso-identity-store.ts';
import type { Larkspur } from '../helpers/larkspur.ts';
import { linkAccount } from '../helpers/sso-account.ts';
import { signInAsAdmin } from './other-people.ts';
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

const table = `email,name,role,shoe size
new.potter@larkspur.example,New Potter,member,41
boss@larkspur.example,Bo Boss,boss,42
no address,Nobody,member,43
noor.haddad@larkspur.example,Noor Haddad,member,38`;

/** Somebody who signs in. */
const joined = ({ ids }: Larkspur) => ids.get('bela.brandt@larkspur.example') ?? '';

const dialog = (page: Page) => page.getByRole('dialog').waitFor();

async function readTable(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByLabel('Or paste the table').fill(table);
  await page.getByRole('button', { name: 'Look at it first' }).click();
  await page.getByText('would be added').waitFor();
}

export const memberScreens: readonly Screen[] = [
  section('people', 'people?sort=changed', shown),
  {
    name: 'members-drawer',
    path: ({ org }) => `members.html#/people?member=${org.ids.get('noor.haddad@larkspur.example') ?? ''}`,
    size: full,
    arrange: ({ page }) => page.getByText('What happened').waitFor(),
  },
  {
    name: 'members-unlink',
    path: ({ org }) => `members.html#/people?member=${joined(org)}`,
    size: full,
    before: ({ org }) => linkAccount(org, joined(org), 'https://larkspur.okta.example'),
    arrange: async ({ page }) => {
      await page.getByRole('button', { name: /^Unlink/ }).click();
      await dialog(page);
    },
    after: ({ org }) => deleteIdentitiesOf(org.deps.database.db, org.orgId, joined(org)),
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
  section('filters', 'people?department=kiln', async (page) => {
    await page.getByRole('button', { name: 'Filter (1)' }).click();
    await page.getByRole('combobox', { name: 'Managed by' }).waitFor();
  }),
  section('save-view', 'people?status=invited', async (page) => {
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.getByLabel('Name of the view').fill('Who waits');
  }),
  section('invite', 'people', async (page) => {
    await page.getByRole('button', { name: 'Invite people' }).click();
    await page.getByLabel('E-mail addresses').fill('noor@\nlena@larkspur.example');
    await page.getByText('1 to correct').waitFor();
  }),
  section('nudge', 'people?status=invited', async (page) => {
    await selectThree(page);
    await page.keyboard.press('n');
    await page
      .getByRole('region', { name: /^The mail as/ })
      .getByText('Larkspur')
      .first()
      .waitFor();
  }),
  section('import', 'people', async (page) => {
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog(page);
  }),
  section('import-preview', 'people', readTable),
  section('import-outcome', 'people', async (page) => {
    await readTable(page);
    await page.getByRole('button', { name: /^Import \d/ }).click();
    await page.getByRole('button', { name: 'Done' }).waitFor();
  }),
  section('groups', 'groups', (page) => page.getByText('Kiln Crew').first().waitFor()),
  section('roles', 'groups?tab=roles', async (page) => {
    for (const name of ['Kil', 'Own']) {
      await page.getByRole('combobox', { name: 'Add a group' }).fill(name);
      await page.getByRole('listbox').getByRole('option').first().click();
    }
    await page.getByText('would become').first().waitFor();
  }),
  section('connections', 'connections', (page) => page.getByText('Entra ID').first().waitFor()),
  section('new-token', 'connections', async (page) => {
    await page.getByRole('button', { name: 'Make a new token' }).first().click();
    await dialog(page);
  }),
  section('delete-connection', 'connections', async (page) => {
    await page.getByRole('button', { name: 'Delete connection' }).first().click();
    await dialog(page);
  }),
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
  {
    ...section('read-only', 'settings', (page) => page.getByText('Your role does not let').waitFor()),
    before: signInAsAdmin,
  },
  {
    name: 'members-rtl',
    path: ({ org }) =>
      `members.html?dir=rtl#/people?member=${org.ids.get('noor.haddad@larkspur.example') ?? ''}`,
    size: full,
    arrange: ({ page }) => page.getByText('What happened').waitFor(),
  },
];
