// The morning of an admin whose org is empty: the real side panel, and a console beside it into which what the panel
// copies is pasted. Knows the panel's words for making a connection; no identity provider and no step by its name.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { changeDepsOf } from '../../server/audit/change-context.ts';
import { setUpOrg } from '../../server/members/set-up-org.ts';
import { openPanelByClick } from '../extension/panel/panel-opening.ts';
import { signInForApi } from './api-client.ts';
import { type EmptyServer, startEmptyServer } from './empty-server.ts';
import { type ExtensionBrowser, openExtensionBrowser } from './extension-browser.ts';
import { operator } from './scim-server.ts';

export interface SetUpMorning {
  readonly server: EmptyServer;
  readonly panel: Page;
  /** Makes a connection in the panel, by what its choice and its name begin with. */
  connect(choice: string): Promise<void>;
  /** Presses one of the panel's buttons that copy, and pastes into a field of the console. */
  paste(button: string): Promise<string>;
  /** Waits until a step is said to be so: `done`, `has a problem`, `under way`, `to do`. */
  sees(title: string, state: string): Promise<void>;
  /** Opens a step, unless it is open. */
  open(title: string): Promise<void>;
  tick(title: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts a server with one org and nothing in it, and opens the panel there. The server's clock is two hours behind. */
export async function startSetUpMorning(): Promise<SetUpMorning> {
  const [server, browser] = await Promise.all([startEmptyServer(), openExtensionBrowser()]);
  server.clock.now = Date.now() - 2 * 3_600_000;
  await signInNewOwner(server, browser);
  const panel = await openPanelByClick(browser, { connectionId: null, stepId: null });
  const console = await openConsole(browser);
  const header = (title: string, state = '') =>
    panel.getByRole('button', { name: state === '' ? title : `${title} (${state})` });
  // A page that was loaded anew would have lost it.
  await panel.evaluate(() => {
    document.body.dataset.same = 'page';
  });
  return {
    server,
    panel,
    async connect(choice) {
      await panel.getByText('Where do your people come from?').waitFor();
      await panel.getByRole('button', { name: choice }).click();
      await panel.getByRole('button', { name: 'Create connection' }).click();
      await panel.getByText('Waiting for the first request').waitFor();
    },
    async paste(button) {
      await panel.getByRole('button', { name: button }).click();
      await panel.getByRole('button', { name: button }).getByText('Copied').waitFor();
      const field = console.getByLabel('Field');
      await field.fill('');
      await field.press('ControlOrMeta+V');
      return field.inputValue();
    },
    async sees(title, state) {
      await header(title, state).waitFor();
      expect(await panel.evaluate(() => document.body.dataset.same)).toBe('page');
    },
    async open(title) {
      if ((await header(title).getAttribute('aria-expanded')) === 'false') await header(title).click();
      await header(title).and(panel.locator('[aria-expanded="true"]')).waitFor();
    },
    async tick(title) {
      // A ticked step closes at once, so nobody could look whether the box is checked.
      await panel.getByRole('checkbox', { name: `“${title}” is done` }).click();
      await header(title, 'done').waitFor();
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

async function signInNewOwner(server: EmptyServer, browser: ExtensionBrowser): Promise<void> {
  const org = await setUpOrg(changeDepsOf(server.deps), {
    ...operator,
    name: 'Harbour Lane Pottery',
    ownerEmail: 'ada@harbourlane.example',
  });
  await browser.signIn({
    server: server.url,
    token: await signInForApi(server.deps, org.id, org.ownerId),
    org: { id: org.id, name: org.name },
    member: { id: org.ownerId, name: 'Ada Holm', role: 'owner' },
  });
}

/** The page of a console, as far as it matters here: one field to paste into. */
async function openConsole(browser: ExtensionBrowser): Promise<Page> {
  const page = await browser.context.newPage();
  await page.setContent('<label>Field <input /></label>');
  return page;
}
