import { test } from 'vitest';
import { changeMembers } from '../../../server/provisioning/change-members.ts';
import { changeOrg as change } from '../../../server/invitations/change-org.ts';
import { signInForApi } from '../../helpers/api-client.ts';
const changeOrg = (st: any) => change({ db: st.larkspur.deps.database.db, now: st.larkspur.deps.now, secret: st.larkspur.deps.secret }, st.larkspur.asked, { sessionDays: 7 });
import { openSectionStage, removeMany } from './section-stage.ts';

test('look', async () => {
  const stage = await openSectionStage();
  const { larkspur } = stage;
  const only = process.env.ONLY?.split(',');
  try {
    await changeMembers({ db: larkspur.deps.database.db, now: larkspur.deps.now, secret: larkspur.deps.secret }, { ...larkspur.asked, actingRole: 'owner' }, { action: { kind: 'change-role', role: 'admin' }, ids: [larkspur.ids.get('noor.haddad@larkspur.example') ?? ''] });
    const noor = larkspur.ids.get('noor.haddad@larkspur.example') ?? '';
    const admin = { ...larkspur.account, token: await signInForApi(larkspur.deps, larkspur.orgId, noor), member: { id: noor, name: 'Noor Haddad', role: 'admin' } };
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
      ['narrow', 'settings?at=seats', async (page) => { await page.setViewportSize({ width: 640, height: 800 }); }],
      ['narrowrecords', 'provisioning', async (page) => { await page.setViewportSize({ width: 640, height: 800 }); await page.locator('[data-row]').first().click(); await page.getByRole('complementary').waitFor(); }],
      ['rtl', 'audit', async (page) => { await page.evaluate(() => { document.documentElement.dir = 'rtl'; }); await page.locator('[data-row]').first().click(); await page.getByRole('complementary').waitFor(); }],
      ['rtl2', 'connections', async (page) => { await page.evaluate(() => { document.documentElement.dir = 'rtl'; }); }],
      ['conflict', 'settings?at=sessions', async (page) => { await page.getByLabel('Sessions last').fill('5'); await changeOrg(stage); await page.getByText('Keep theirs').waitFor(); await page.getByText('Keep theirs').scrollIntoViewIfNeeded(); }],
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
