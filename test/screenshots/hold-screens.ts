// A mass removal that waits for somebody's word: over the popup, and on the members page.
import { removeMany } from '../helpers/mass-removal.ts';
import { full, popup, type Screen, type Stage } from './stage.ts';

/** Has the connection take away many at once; one held removal serves all screens. */
async function holdSome({ org }: Stage): Promise<void> {
  const open = await org.deps.database.db
    .selectFrom('holds')
    .select('id')
    .where('ended', 'is', null)
    .execute();
  // One in five of everybody's is held.
  if (open.length === 0) await removeMany(org, Math.max(24, Math.ceil(org.ids.size * 0.25)));
}

export const holdScreens: readonly Screen[] = [
  {
    name: 'popup-hold',
    path: 'popup.html',
    size: popup,
    before: holdSome,
    arrange: ({ page }) => page.getByRole('button', { name: 'Look at them' }).waitFor(),
  },
  {
    name: 'members-hold',
    path: 'members.html#/holds',
    size: full,
    before: holdSome,
    arrange: async ({ page }) => {
      await page.getByRole('button', { name: 'Who it is' }).click();
      await page.getByRole('complementary').getByText('Removed').first().waitFor();
    },
  },
  {
    name: 'members-hold-question',
    path: 'members.html#/holds',
    size: full,
    before: holdSome,
    arrange: async ({ page }) => {
      await page.getByRole('button', { name: 'Let the removal stand' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
];
