// Every state of the panel: accessible in light and dark, usable by keyboard alone, mirrored, narrow and wide.
import type { Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Finding } from '../../../shared/finding.ts';
import type { Checklist } from '../../../shared/setup-checklist.ts';
import { expectAccessible } from '../../helpers/accessible.ts';
import type { ExtensionBrowser } from '../../helpers/extension-browser.ts';
import { type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';
import { borrowExtensionBrowser } from '../../helpers/shared-browser.ts';

let org: Larkspur;
let browser: ExtensionBrowser;
let page: Page;

beforeAll(async () => {
  [org, browser] = await Promise.all([startLarkspur({ people: 12 }), borrowExtensionBrowser()]);
  await browser.signIn(org.account);
});
afterEach(async () => {
  await page.close();
  await browser.context.unrouteAll();
});
afterAll(async () => {
  await browser?.close();
  await org?.close();
});

/** Opens the panel in a tab as wide as a side panel, with nothing known from before. */
async function open(connectionId: string | null, stepId: string | null = null, query = ''): Promise<void> {
  await (await browser.worker()).evaluate(
    async (panelTarget) => {
      await chrome.storage.local.remove('lastKnown');
      await chrome.storage.local.set({ panelTarget });
    },
    { connectionId, stepId, at: Date.now() },
  );
  page = await browser.openTab(`sidepanel.html${query}`);
  await page.setViewportSize({ width: 360, height: 900 });
}

/** Has the server's answer to a procedure changed on its way. */
async function change(procedure: string, by: (data: never) => unknown): Promise<void> {
  await browser.context.route(/\/trpc\//, async (route: Route) => {
    const names = new URL(route.request().url()).pathname.replace('/trpc/', '').split(',');
    if (!names.includes(procedure)) return route.fallback();
    const response = await route.fetch();
    const answers = (await response.json()) as { result: { data: never } }[];
    const json = answers.map((answer, n) =>
      names[n] === procedure ? { result: { data: by(answer.result.data) } } : answer,
    );
    return route.fulfill({ response, json });
  });
}

const fitsItsWidth = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
const expanded = () => page.getByRole('button', { expanded: true });

test('the choice of what to set up, and the form', async () => {
  await open(null);
  await page.getByText('Where do your people come from?').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Microsoft Entra ID' }).click();
  await page.getByLabel('Name').waitFor();
  await expectAccessible(page);
});

test('a connection is set up by keyboard alone, and nothing that was typed is lost', async () => {
  await open(null);
  await page.getByText('Where do your people come from?').waitFor();
  await page.getByRole('button', { name: 'Another identity provider' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Name').focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Keycloak');
  // What the server refuses, for whatever reason.
  await browser.context.route(/connections\.create/, (route) =>
    route.continue({ postData: JSON.stringify({ 0: { kind: 'other', name: '' } }) }),
  );
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  expect(await page.getByLabel('Name').inputValue()).toBe('Keycloak');
  await browser.context.unrouteAll();
  await page.keyboard.press('Enter');
  await page.getByText('0 of 4 proven').waitFor();
  expect(await page.getByText('Through the console together').count()).toBe(0);
  await expectAccessible(page);
});

test('waiting for the first contact, with another token on its way', async () => {
  const waiting = await org.connect('okta');
  await open(waiting.connectionId, 'credentials');
  await page.getByText('Waiting for the first request').waitFor();
  await page.getByRole('button', { name: 'Make another token' }).click();
  await expectAccessible(page);
});

test('the steps are gone through with arrow keys, opened with Enter and closed with Esc', async () => {
  await open(org.connectionId);
  const first = page.getByRole('button', { name: /^Create the app in Okta/ });
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await expanded().innerText()).toContain('Application username format');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  expect(await expanded().count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('step-username-format');
  await page.keyboard.press('End');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('step-test-person');
  await page.keyboard.press('ArrowDown');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('step-app');
});

test('the table of attributes fits, narrow and wide', async () => {
  await open(org.connectionId, 'mappings');
  await page.getByRole('table').waitFor();
  await expectAccessible(page);
  for (const width of [300, 360, 600]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await fitsItsWidth(), `at ${width}`).toBe(true);
  }
});

test('the test with one person counts what arrives while it runs', async () => {
  await open(org.entra.connectionId, 'test-person');
  await page.getByRole('button', { name: 'Start the test' }).click();
  await page.getByText('0 of 4 arrived').waitFor();
  const made = await org.entra.scim('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'wren.tester@larkspur.example',
    displayName: 'Wren Tester',
    externalId: 'wren',
    active: true,
  });
  await page.getByText('1 of 4 arrived').waitFor();
  for (const value of [{ displayName: 'Wren Renamed' }, { active: false }, { active: true }])
    await org.entra.scim('PATCH', `/Users/${made.body.id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', value }],
    });
  await page.getByText('All four arrived').waitFor();
  await expectAccessible(page);
});

const finding: Finding = {
  id: 'f1',
  rule: 'people.user_name',
  severity: 'wrong_data',
  connectionId: null,
  sentence:
    'Okta sends “a.name.that.is.longer.than.any.panel.is.wide.and.has.no.blank.in.it.anywhere” as user name.',
  detail: 'They cannot be told apart from others.',
  remedy: null,
  stepId: 'username-format',
  people: {
    total: 4321,
    first: [{ id: 'm1', name: 'Maximiliana Featherstonehaugh-Oyelaran de la Quintana' }],
  },
  count: 4321,
  firstSeenAt: Date.now() - 3_600_000,
  lastSeenAt: Date.now(),
};

test.each(['', '?dir=rtl'])('a problem is open by itself and says who is affected %s', async (query) => {
  await change('setup.checklist', (checklist: Checklist) => ({
    ...checklist,
    steps: checklist.steps.map((step) =>
      step.id === 'username-format' ? { ...step, state: 'problem', proof: null, findings: [finding] } : step,
    ),
  }));
  await open(org.connectionId, null, query);
  await page.getByText('as user name.').first().waitFor();
  expect(await expanded().first().innerText()).toContain('Application username format');
  await page.getByRole('button', { name: 'Who is affected?' }).click();
  await page.getByText('Maximiliana').waitFor();
  await page.getByText('and 4,320 more').waitFor();
  for (const width of [300, 360, 600]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await fitsItsWidth(), `at ${width}`).toBe(true);
  }
  await expectAccessible(page);
});

test('the end is said quietly', async () => {
  await change('setup.checklist', (checklist: Checklist) => ({
    ...checklist,
    done: checklist.steps.length,
    steps: checklist.steps.map((step) => ({ ...step, state: 'done' })),
  }));
  await open(org.connectionId);
  await page.getByText('Everything is in place.').waitFor();
  await page.getByText('12 of 12 proven').waitFor();
  expect(await expanded().count()).toBe(0);
  await expectAccessible(page);
});

test('an admin who is no owner sees everything and can change nothing', async () => {
  await change('auth.me', (me: { rights: readonly string[] }) => ({
    ...me,
    rights: me.rights.filter((right) => right !== 'change connections and tokens'),
  }));
  await open(org.connectionId, 'credentials');
  await page.getByText('You can read this.').waitFor();
  expect(await page.getByRole('button', { name: 'Make another token' }).count()).toBe(0);
  expect(await page.getByRole('checkbox').first().isDisabled()).toBe(true);
  await expectAccessible(page);
});

test('a connection that is gone says so, and shows the way to another', async () => {
  await open('no-such-connection');
  await page.getByRole('heading', { name: 'This connection is gone' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: /^Show / }).click();
  await page.getByRole('progressbar').waitFor();
});
