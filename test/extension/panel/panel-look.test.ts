import type { Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { type ExtensionBrowser, openExtensionBrowser } from '../../helpers/extension-browser.ts';
import { type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';

let org: Larkspur;
let browser: ExtensionBrowser;
beforeAll(async () => {
  [org, browser] = await Promise.all([
    startLarkspur(),
    openExtensionBrowser(process.env.U2_FOLDER ? { folder: process.env.U2_FOLDER } : {}),
  ]);
  await browser.signIn(org.account);
});
afterAll(async () => {
  await browser?.close();
  await org?.close();
});

const target = async (connectionId: string | null, stepId: string | null = null) => {
  const w = await browser.worker();
  await w.evaluate(() => chrome.storage.local.remove('lastKnown'));
  await w.evaluate((t) => chrome.storage.local.set({ panelTarget: { ...t, at: Date.now() } }), {
    connectionId,
    stepId,
  });
};
const shoot = async (page: Page, name: string) => {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(250);
    await page.screenshot({ path: `/tmp/shots/u2/${name}-${colorScheme}.png`, fullPage: true });
  }
};
const open = async (width = 360, path = 'sidepanel.html') => {
  const page = await browser.openTab(path);
  await page.setViewportSize({ width, height: 900 });
  page.on('console', (m) => m.type() === 'error' && console.log('CONSOLE', m.text()));
  page.on('pageerror', (e) => console.log('ERR', e.message));
  return page;
};

test('look', async () => {
  await target(null);
  let page = await open();
  await page.getByText('Where do your people').waitFor();
  await shoot(page, '01-choose');
  await page.getByRole('button', { name: 'Okta', exact: false }).first().click();
  await shoot(page, '02-form');
  await page.getByRole('button', { name: 'Create connection' }).click();
  await page.getByText('Turn SCIM on').waitFor();
  await shoot(page, '03-fresh');
  await page.getByRole('button', { name: /Paste base URL/ }).click();
  await shoot(page, '04-credentials');
  await page.getByRole('button', { name: 'Make another token' }).click();
  await shoot(page, '05-another');
  await page.getByRole('button', { name: 'Choose another connection' }).click();
  await page.getByRole('menuitem', { name: 'Okta', exact: true }).waitFor();
  await page.waitForTimeout(200);
  await shoot(page, '06-menu');
  await page.getByRole('menuitem', { name: 'Okta', exact: true }).click();
  await page.getByText('Last contact').waitFor();
  await page.waitForTimeout(300);
  await shoot(page, '07-okta');
  await page.getByRole('button', { name: /Compare the attribute/ }).click();
  await page.waitForTimeout(100);
  await shoot(page, '08-attributes');
  await page.getByRole('button', { name: /test person/ }).click();
  await page.getByRole('button', { name: 'Start the test' }).click();
  await shoot(page, '09-test');
  await page.getByRole('checkbox').first().check();
  await page.waitForTimeout(300);
  await shoot(page, '10-ticked');
  await page.close();
  await target(org.entra.connectionId);
  page = await open();
  await page.getByText('Last contact').waitFor();
  await page.waitForTimeout(300);
  await shoot(page, '11-entra');
  await page.close();

  // findings
  await target(org.connectionId, 'username-format');
  const finding = {
    id: 'f',
    rule: 'x',
    severity: 'wrong_data',
    connectionId: org.connectionId,
    sentence: 'Okta sends “noor.haddad” as user name, not an e-mail address.',
    detail: 'They cannot sign in with their e-mail address.',
    remedy: null,
    stepId: 'username-format',
    people: {
      total: 1234,
      first: [...org.ids]
        .slice(0, 5)
        .map(([email, id]) => ({ id, name: email.split('@')[0]!.replaceAll('.', ' ') })),
    },
    count: 3,
    firstSeenAt: Date.now() - 3600000,
    lastSeenAt: Date.now(),
  };
  await browser.context.route(/setup\.checklist/, async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    for (const one of Array.isArray(body) ? body : [body]) {
      const list = one.result?.data;
      if (list?.steps)
        for (const step of list.steps)
          if (step.id === 'username-format') {
            step.state = 'problem';
            step.findings = [finding];
            step.proof = null;
          }
    }
    await route.fulfill({ response, json: body });
  });
  page = await open();
  await page.getByText('Okta sends').waitFor();
  await page.waitForTimeout(300);
  await shoot(page, '12-problem');
  await page.getByRole('button', { name: 'Who is affected?' }).click();
  await shoot(page, '13-affected');
  for (const width of [300, 600]) {
    await page.setViewportSize({ width, height: 900 });
    await shoot(page, `14-w${width}`);
  }
  await page.close();
  page = await open(360, 'sidepanel.html?dir=rtl');
  await page.getByText('Okta sends').waitFor();
  await page.waitForTimeout(300);
  await shoot(page, '15-rtl');
  await page.close();
  await browser.context.unroute(/setup\.checklist/);
  await browser.context.route(/setup\.checklist/, async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    for (const one of Array.isArray(body) ? body : [body]) {
      const list = one.result?.data;
      if (list?.steps) {
        list.done = list.steps.length;
        for (const step of list.steps) {
          step.state = 'done';
          step.proof ??= {
            sentence: 'Okta called GET /Users.',
            at: Date.now() - 86400000 * 3,
            recordSeq: null,
          };
        }
      }
    }
    await route.fulfill({ response, json: body });
  });
  await target(org.connectionId);
  page = await open();
  await page.getByText('Everything is proven').waitFor();
  await page.waitForTimeout(300);
  await shoot(page, '16-done');
  await page.close();
  await browser.context.unroute(/setup\.checklist/);
  await browser.context.route(/auth\.me/, async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    for (const one of Array.isArray(body) ? body : [body])
      if (one.result?.data?.rights)
        one.result.data.rights = one.result.data.rights.filter(
          (r: string) => r !== 'change connections and tokens',
        );
    await route.fulfill({ response, json: body });
  });
  await target(org.connectionId, 'credentials');
  page = await open();
  await page.getByText('You can read this').waitFor();
  await page.waitForTimeout(300);
  await shoot(page, '17-no-right');
  await target(null);
  await page.getByText('Where do your').waitFor();
  await shoot(page, '18-no-right-new');
  await target('gone');
  await page.getByText('is gone').waitFor();
  await shoot(page, '19-gone');
}, 120_000);
