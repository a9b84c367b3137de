// The popup's screens: who is pending, nudging, inviting, how provisioning goes.
import type { Page } from 'playwright-core';
import { changeOrg } from '../../server/invitations/change-org.ts';
import { inviteKnownMembers } from '../../server/invitations/invite-members.ts';
import { addressOf } from '../helpers/larkspur.ts';
import { doorOf, signInAsMember } from './other-people.ts';
import { popup, type Screen } from './stage.ts';

const pasted = `Lena Fox <lena.fox@larkspur.example>, bo@
sam@larkspur.example; two@@larkspur.example
nobody
sam@larkspur.example, noor.haddad@larkspur.example
x@localhost`;

/** The list itself, not the picture of it that stands there before the program does. */
const shown = (page: Page) => page.getByRole('option', { name: /Noor Haddad/ }).waitFor();

/** By keyboard: the first, the third and the sixth. */
async function selectThree(page: Page): Promise<void> {
  await shown(page);
  for (const key of [
    'ArrowDown',
    ' ',
    'ArrowDown',
    'ArrowDown',
    ' ',
    'ArrowDown',
    'ArrowDown',
    'ArrowDown',
    ' ',
  ])
    await page.keyboard.press(key);
}

async function writeNudge(page: Page): Promise<void> {
  await selectThree(page);
  await page.keyboard.press('n');
  await page.getByRole('button', { name: 'With a date' }).click();
  await page.getByText('Larkspur Foundry').last().waitFor();
}

async function paste(page: Page): Promise<void> {
  await shown(page);
  await page.getByRole('button', { name: 'Invite people' }).click();
  await page.getByLabel('E-mail addresses').fill(pasted);
}

const tab = (name: RegExp | string) => async (page: Page) => {
  await shown(page);
  await page.getByRole('tab', { name }).click();
};

export const popupScreens: readonly Screen[] = [
  { name: 'popup-pending', path: 'popup.html', size: popup, arrange: ({ page }) => shown(page) },
  { name: 'popup-selected', path: 'popup.html', size: popup, arrange: ({ page }) => selectThree(page) },
  { name: 'popup-nudge', path: 'popup.html', size: popup, arrange: ({ page }) => writeNudge(page) },
  {
    name: 'popup-not-invited',
    path: 'popup.html',
    size: popup,
    arrange: ({ page }) => tab(/Not invited/)(page),
  },
  { name: 'popup-sync', path: 'popup.html', size: popup, arrange: ({ page }) => tab('Sync')(page) },
  {
    name: 'popup-menu',
    path: 'popup.html',
    size: popup,
    arrange: async ({ page }) => {
      await shown(page);
      await page.getByRole('button', { name: 'Larkspur Foundry' }).click();
      await page.getByRole('menuitem').first().waitFor();
    },
  },
  {
    name: 'popup-invite-empty',
    path: 'popup.html',
    size: popup,
    arrange: async ({ page }) => {
      await shown(page);
      await page.getByRole('button', { name: 'Invite people' }).click();
      await page.getByLabel('E-mail addresses').waitFor();
    },
  },
  { name: 'popup-invite', path: 'popup.html', size: popup, arrange: ({ page }) => paste(page) },
  {
    name: 'popup-invited',
    path: 'popup.html',
    size: popup,
    arrange: async ({ page }) => {
      await paste(page);
      await page.getByRole('button', { name: /^Invite \d/ }).click();
      await page.getByText('is invited').first().waitFor();
    },
  },
  {
    name: 'popup-nudged',
    path: 'popup.html',
    size: popup,
    arrange: async ({ page }) => {
      await writeNudge(page);
      await page.getByRole('button', { name: 'Nudge 3 people', exact: true }).click();
      await page.getByRole('button', { name: 'Done' }).waitFor();
    },
  },
  {
    name: 'popup-question',
    path: 'popup.html',
    size: popup,
    arrange: async ({ page }) => {
      await shown(page);
      await page.keyboard.press('a');
      await page.getByRole('button', { name: 'Revoke' }).click();
      await page.getByText(/^Revoke \d+ invitations/).waitFor();
    },
  },
  {
    name: 'popup-none-found',
    path: 'popup.html',
    size: popup,
    arrange: async ({ page }) => {
      await shown(page);
      await page.keyboard.press('/');
      await page.keyboard.type('zzz');
      await page.getByText('Nobody here has that name').waitFor();
    },
  },
  {
    name: 'popup-waits-for-seat',
    path: 'popup.html',
    size: popup,
    before: async ({ org }) => {
      await changeOrg(doorOf(org), org.asked, { seatLimit: 1 });
      const memberIds = [org.ids.get(addressOf('Jonas Sarr')), org.ids.get(addressOf('Ada Pell'))];
      await inviteKnownMembers(
        doorOf(org),
        org.asked,
        memberIds.filter((id) => id !== undefined),
      );
    },
    arrange: async ({ page }) => {
      await tab(/Not invited/)(page);
      await page.getByText('waits for a seat').first().waitFor();
    },
    after: ({ org }) => changeOrg(doorOf(org), org.asked, { seatLimit: null }),
  },
  {
    name: 'popup-member',
    path: 'popup.html',
    size: popup,
    before: signInAsMember,
    arrange: ({ page }) => page.getByText('You are a member of Larkspur Foundry').waitFor(),
  },
  {
    name: 'popup-member-invites',
    path: 'popup.html',
    size: popup,
    before: async (stage) => {
      await changeOrg(doorOf(stage.org), stage.org.asked, { membersMayInvite: true });
      await signInAsMember(stage);
    },
    arrange: ({ page }) => page.getByRole('button', { name: 'Invite people' }).waitFor(),
    after: ({ org }) => changeOrg(doorOf(org), org.asked, { membersMayInvite: false }),
  },
  {
    name: 'popup-rtl',
    path: 'popup.html?dir=rtl',
    size: popup,
    arrange: ({ page }) => shown(page),
  },
];
