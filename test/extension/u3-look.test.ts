import { test } from 'vitest';
import { openExtensionBrowser } from '../helpers/extension-browser.ts';
import { startLarkspur } from '../helpers/larkspur.ts';

test('look', async () => {
  const larkspur = await startLarkspur({ people: 300 });
  const browser = await openExtensionBrowser({ folder: '/tmp/u3-ext/chrome-mv3' });
  try {
    await browser.signIn(larkspur.account);
    const page = await browser.openTab('members.html#/people');
    page.on('console', (m) => console.log(m.type(), m.text()));
    page.on('pageerror', (e) => console.log('pageerror', e.message));
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.waitForTimeout(1500);
    const shot = (name: string) => page.screenshot({ path: `/tmp/shots/u3/${name}.png` });
    await shot('list-light');
    const noor = larkspur.ids.get('noor.haddad@larkspur.example');
    await page.goto(page.url().replace(/#.*/, `#/people?member=${noor}`));
    await page.waitForTimeout(800);
    await shot('drawer-light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await shot('drawer-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.waitForTimeout(300);
    await shot('selected');
    await page.getByRole('button', { name: 'Block', exact: true }).click();
    await page.waitForTimeout(300);
    await shot('ask');
    await page.keyboard.press('Escape');
    await page.waitForTimeout(200);
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.waitForTimeout(300);
    await shot('filter');
    await page.keyboard.press('Escape');
    await page.waitForTimeout(200);
    await page.getByRole('button', { name: 'View' }).click();
    await page.waitForTimeout(300);
    await shot('view');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('hol');
    await page.waitForTimeout(700);
    await shot('search');
    await page.getByRole('searchbox').fill('xqxq');
    await page.waitForTimeout(700);
    await shot('none');
    await page.setViewportSize({ width: 640, height: 600 });
    await page.goto(page.url().replace(/#.*/, `#/people?role=member&status=invited`));
    await page.waitForTimeout(700);
    await shot('zoom');
    await page.goto(page.url().replace(/#.*/, `#/people?status=blocked`));
    await page.waitForTimeout(700);
    await page.locator('tbody tr').first().click();
    await page.waitForTimeout(700);
    await shot('zoom-drawer');
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(
      page.url().replace(/members.html.*/, `members.html?dir=rtl#/people?status=invited&member=${noor}`),
    );
    await page.waitForTimeout(1200);
    await shot('rtl');
  } finally {
    await browser.close(); await larkspur.close();
  }
}, 120000);
