import { test } from 'vitest';
import { openSectionStage, removeMany } from './section-stage.ts';

test('look', async () => {
  const stage = await openSectionStage();
  const { larkspur } = stage;
  const only = process.env.ONLY?.split(',');
  try {
    const groups = await larkspur.scim('GET', '/Groups?count=50');
    const owner = await larkspur.deps.database.db.selectFrom('orgs').select('id').executeTakeFirst();
    if (!owner) throw new Error('none');
    await removeMany(larkspur, 24);
    await larkspur.scim('POST', '/Users', { schemas: [], userName: 'not an address' });
    await larkspur.deps.provisioningLog.flush();
    await larkspur.deps.database.db
      .updateTable('outbox')
      .set({
        state: 'dead',
        last_error: '550 5.1.1 No such mailbox here',
        ended_at: larkspur.clock.now,
        attempts: 8,
      })
      .where('recipient', 'like', 'imogen%')
      .execute();
    await larkspur.deps.database.db
      .updateTable('outbox')
      .set({ state: 'sent', ended_at: larkspur.clock.now, attempts: 1 })
      .where('recipient', 'like', '%a%.%berg%')
      .execute();
    const gid = groups.body.Resources[0].id;
    const shots: [string, string, ((page: import('playwright-core').Page) => Promise<void>)?][] = [
      ['groups', `groups?group=${gid}`],
      [
        'roles',
        'groups?tab=roles',
        async (page) => {
          for (const name of ['Kil', 'Own']) {
            await page.getByRole('combobox', { name: 'Add a group' }).fill(name);
            await page.getByRole('listbox').getByRole('option').first().click();
          }
          await page.getByText('would become').first().waitFor();
        },
      ],
      ['connections', 'connections'],
      [
        'rotate',
        'connections',
        async (page) => {
          await page.getByRole('button', { name: 'Make a new token' }).first().click();
          await page.getByRole('button', { name: 'Make token' }).click();
          await page.getByRole('button', { name: 'Copy the new token' }).waitFor();
        },
      ],
      [
        'records',
        'provisioning',
        async (page) => {
          await page.locator('[data-row]').first().click();
          await page.getByRole('complementary').waitFor();
        },
      ],
      ['findings', 'findings'],
      [
        'holds',
        'holds',
        async (page) => {
          await page.getByRole('button', { name: 'Who it is' }).first().click();
          await page.getByRole('complementary').waitFor();
        },
      ],
      [
        'audit',
        'audit',
        async (page) => {
          await page.locator('[data-row]').nth(3).click();
          await page.getByRole('complementary').waitFor();
        },
      ],
      [
        'mail',
        'mail',
        async (page) => {
          await page.getByText('Failed').last().waitFor();
        },
      ],
      [
        'settings',
        'settings',
        async (page) => {
          await page.getByLabel('Name', { exact: true }).fill('Larkspur Foundry and Daughters');
          await page.getByLabel('Add a domain').fill('larkspur.example');
          await page.getByRole('button', { name: 'Add domain' }).click();
          await page.getByText('Not verified yet').waitFor();
          await page.getByLabel('Invitations last (days)').fill('100');
        },
      ],
      [
        'settings2',
        'settings?at=seats',
        async (page) => {
          await page.getByText('Limit the number').click();
          await page.getByLabel('Seats', { exact: true }).fill('20');
          await page.getByLabel('More people than').fill('30');
          await page.getByLabel('People who were').fill('7');
        },
      ],
      ['settings3', 'settings?at=browser'],
    ];
    for (const [name, place, act] of shots) {
      if (only && !only.includes(name)) continue;
      const page = await stage.open(place);
      page.on('console', (m) => {
        if (m.type() === 'error') console.log(name, m.text());
      });
      page.on('pageerror', (e) => console.log(name, String(e)));
      await page.setViewportSize({ width: 1280, height: 860 });
      await page.locator('h1').waitFor();
      await page.waitForTimeout(900);
      try {
        await act?.(page);
      } catch (e) {
        console.log(name, String(e).slice(0, 300));
      }
      await page.waitForTimeout(300);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.waitForTimeout(250);
        await page.screenshot({ path: `/tmp/shots/u4-${name}-${colorScheme}.png` });
      }
      await page.close();
    }
  } finally {
    await stage.close();
  }
}, 240_000);
