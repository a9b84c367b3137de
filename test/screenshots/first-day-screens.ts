// What there is to see before anybody is invited and anything is connected.
import type { Page } from 'playwright-core';
import { endFirstDay, signInOnFirstDay } from './other-people.ts';
import { full, popup, type Screen } from './stage.ts';

const firstDay = (
  name: string,
  path: string,
  size: Screen['size'],
  arrange: (page: Page) => Promise<unknown>,
): Screen => ({
  name: `first-day-${name}`,
  path,
  size,
  before: signInOnFirstDay,
  arrange: ({ page }) => arrange(page),
  after: endFirstDay,
});

export const firstDayScreens: readonly Screen[] = [
  firstDay('popup', 'popup.html', popup, (page) => page.getByText('Nobody is invited yet').waitFor()),
  firstDay('sync', 'popup.html', popup, async (page) => {
    await page.getByRole('tab', { name: 'Sync' }).click();
    await page.getByText('Nothing is connected yet').waitFor();
  }),
  firstDay('people', 'members.html#/people', full, (page) => page.locator('#person-0').waitFor()),
  ...['groups', 'connections', 'provisioning', 'findings', 'mail'].map((place) =>
    firstDay(place, `members.html#/${place}`, full, async (page) => {
      await page.locator('h1').first().waitFor();
      await page.locator('main h2, main p, main td').first().waitFor();
    }),
  ),
];
