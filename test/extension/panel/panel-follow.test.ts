// The panel follows the tab beside it through Okta's console, in a browser that lets it read that console's addresses.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consoleOrigins } from '../../../extension/panel/follow-console.ts';
import {
  builtExtension,
  type ExtensionBrowser,
  openExtensionBrowser,
} from '../../helpers/extension-browser.ts';
import { type Larkspur, startLarkspur } from '../../helpers/larkspur.ts';
import { openPanelByClick } from './panel-opening.ts';

let org: Larkspur;
let browser: ExtensionBrowser;
let panel: Page;
let console: Page;
const folder = mkdtempSync(join(tmpdir(), 'rollcall-allowed-'));
const asked = consoleOrigins({ kind: 'okta', console: {} });
const app = 'https://larkspur-admin.okta.com/admin/app/larkspur_rollcall_1/instance/0oa1b2c3d4E5F6g7h8i9/';

/** The extension as it is once somebody has said yes: a browser without a screen cannot be asked. */
async function extensionThatMayFollow(): Promise<string> {
  cpSync(await builtExtension('chrome'), folder, { recursive: true });
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, JSON.stringify({ ...manifest, host_permissions: asked }));
  return folder;
}

const isOpen = (title: RegExp) =>
  panel.getByRole('button', { name: title }).and(panel.locator('[aria-expanded="true"]')).waitFor();

beforeAll(async () => {
  [org, browser] = await Promise.all([
    startLarkspur({ people: 6 }),
    extensionThatMayFollow().then((folder) => openExtensionBrowser({ folder })),
  ]);
  await browser.signIn(org.account);
  await browser.context.route('https://*.okta.com/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Okta</title>' }),
  );
  panel = await openPanelByClick(browser, { connectionId: org.connectionId, stepId: null });
  console = await browser.context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await org?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('each page of the console opens its step', async () => {
  await panel.getByText('Following you in Okta').waitFor();
  await console.goto(`${app}#tab-signon`);
  await isOpen(/^Application username format/);
  await console.evaluate(() => {
    location.hash = 'tab-group-push';
  });
  await isOpen(/^Push/);
});

test('the first app that is seen is remembered, and the links lead to it', async () => {
  const link = panel.getByRole('link', { name: 'Open in Okta' });
  await expect.poll(() => link.getAttribute('href')).toBe(`${app}#tab-group-push`);
});

test('another app changes the links only when somebody says so', async () => {
  await console.goto(`${app.replace('0oa1b2c3d4E5F6g7h8i9', '0oaOther')}#tab-group-push`);
  await panel.getByText('The links lead to another app than this one.').waitFor();
  const link = panel.getByRole('link', { name: 'Open in Okta' });
  expect(await link.getAttribute('href')).toContain('0oa1b2c3d4E5F6g7h8i9');
  await panel.getByRole('button', { name: 'Use this app' }).click();
  await expect.poll(() => link.getAttribute('href')).toContain('0oaOther');
});

test('an address can be pasted, and a wrong one says what is missing', async () => {
  const field = panel.getByLabel('Address of your app in Okta');
  await field.fill('https://larkspur.okta.com/app/UserHome');
  await field.press('Enter');
  await panel.getByText('/admin/app/').waitFor();
  expect(await field.inputValue()).toBe('https://larkspur.okta.com/app/UserHome');
  await field.fill(`${app}#tab-general`);
  await field.press('Enter');
  await expect.poll(() => field.inputValue()).toBe('');
  const link = panel.getByRole('link', { name: 'Open in Okta' });
  await expect.poll(() => link.getAttribute('href')).toContain('0oa1b2c3d4E5F6g7h8i9');
});

test('pages elsewhere leave the panel where it is, and the console takes it on again', async () => {
  await panel.getByRole('button', { name: /^Assign people/ }).click();
  await isOpen(/^Assign people/);
  await browser.context.route('https://news.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>News</title>' }),
  );
  await console.goto('https://news.example/#tab-signon');
  await isOpen(/^Assign people/);
  await console.goto(`${app}#tab-general`);
  await isOpen(/^Turn SCIM on/);
  expect(await panel.getByRole('button', { expanded: true }).count()).toBe(1);
});
