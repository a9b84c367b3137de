// One stressful morning in the real side panel: a connection is made, address and token are copied, and Okta's recorded
// requests tick the steps while the panel stays open.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signInForApi } from '../../helpers/api-client.ts';
import { type ExtensionBrowser, openExtensionBrowser } from '../../helpers/extension-browser.ts';
import { readyForSession, recordedSession } from '../../helpers/idp-session.ts';
import { type ReplayTarget, replayStep } from '../../helpers/replay.ts';
import { type ScimServer, scimClient, startScimServer } from '../../helpers/scim-server.ts';
import { openPanelByClick } from './panel-opening.ts';

let server: ScimServer;
let browser: ExtensionBrowser;
let panel: Page;
/** Where the requests of Okta go, once the panel has given the address and the token. */
let okta: ReplayTarget;
const session = recordedSession('okta');
const copied: string[] = [];

/** Plays the recorded requests whose number is in the range. */
async function play(from: number, to: number): Promise<void> {
  for (const step of session.slice(from - 1, to)) await replayStep(okta, step);
}

const header = (title: string | RegExp) => panel.getByRole('button', { name: title });

beforeAll(async () => {
  [server, browser] = await Promise.all([startScimServer({ kind: 'entra' }), openExtensionBrowser()]);
  server.clock.now = Date.now();
  const token = await signInForApi(server.deps, server.orgId, server.ownerId);
  await browser.signIn({
    server: server.url,
    token,
    org: { id: server.orgId, name: 'Larkspur Foundry' },
    member: { id: server.ownerId, name: 'Ada Holm', role: 'owner' },
  });
  okta = await readyForSession(server, 'okta');
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test('a click opens the panel at the choice of what to set up', async () => {
  panel = await openPanelByClick(browser, { connectionId: null, stepId: null });
  await panel.getByText('Where do your people come from?').waitFor();
  expect(await panel.evaluate(() => innerWidth)).toBeLessThan(400);
  await panel.exposeFunction('keepCopied', (text: string) => copied.push(text));
  await panel.evaluate(() => {
    navigator.clipboard.writeText = (text) =>
      (window as unknown as { keepCopied: (text: string) => Promise<void> }).keepCopied(text);
  });
});

test('the connection is made with a name that is filled in already', async () => {
  await panel.getByRole('button', { name: /^Okta/ }).click();
  expect(await panel.getByLabel('Name').inputValue()).toBe('Okta');
  await panel.getByRole('button', { name: 'Create connection' }).click();
  await panel.getByText('0 of 12 proven').waitFor();
  await panel.getByText('Waiting for the first request').waitFor();
  expect(await header(/^Create the app in Okta/).getAttribute('aria-expanded')).toBe('true');
});

test('the token is in reach at once, says that it is not shown again, and is never displayed', async () => {
  const note = panel.getByRole('region', { name: 'New token' });
  expect(await note.innerText()).toContain('can be copied until this panel closes, and not after that');
  await note.getByRole('button', { name: 'Show the step' }).click();
  await header(/^Paste base URL and token/)
    .and(panel.locator('[aria-expanded="true"]'))
    .waitFor();
  expect(await note.count()).toBe(0);
  await panel.getByRole('button', { name: 'Copy SCIM connector base URL' }).click();
  await panel.getByRole('button', { name: 'Copy token' }).click();
  await expect.poll(() => copied.length).toBe(2);
  const [baseUrl = '', token = ''] = copied;
  expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/c\/[^/]+\/scim\/v2$/);
  expect(await panel.content()).not.toContain(token);
  expect(await panel.locator('main').innerText()).toContain(`••••••••${token.slice(-4)}`);
  const kept = await (await browser.worker()).evaluate(async () =>
    JSON.stringify(await chrome.storage.local.get()),
  );
  expect(kept).not.toContain(token);
  okta = { ...okta, baseUrl };
  for (const [name, value] of Object.entries({ base: baseUrl, host: new URL(baseUrl).host, token }))
    okta.known.set(name, value);
});

test('the first request ticks what it proves, aloud, without a reload', async () => {
  await panel.evaluate(() => {
    document.body.dataset.same = 'page';
  });
  await play(1, 4);
  await panel.getByText('3 of 12 proven').waitFor();
  await header('Paste base URL and token (done)').waitFor();
  expect(await panel.getByRole('status').first().innerText()).toContain('Paste base URL and token: done.');
  // The work goes on at the next step that is open.
  expect(await header(/^Application username format/).getAttribute('aria-expanded')).toBe('true');
  expect(await panel.locator('main').innerText()).toContain('Okta called');
});

test('people and groups tick their steps as they arrive', async () => {
  await play(5, session.length);
  await header('Assign people (done)').waitFor();
  await header('Push groups by name (done)').waitFor();
  await header('Turn on create, update, deactivate (done)').waitFor();
  expect(await panel.evaluate(() => document.body.dataset.same)).toBe('page');
});

test('what nothing proves is ticked by hand, with a way back', async () => {
  const tick = panel.getByRole('checkbox', { name: '“Push Immediately is ticked” is done' });
  await tick.check();
  await panel.getByText('“Push Immediately is ticked” is ticked.').waitFor();
  await expect.poll(() => tick.isChecked()).toBe(true);
  // The name is the server's: it has been written.
  await panel.getByText('Ticked by ada@larkspur.example').waitFor();
  await panel.getByRole('button', { name: 'Undo' }).click();
  await header('Push Immediately is ticked (to be ticked by hand)').waitFor();
  expect(await tick.isChecked()).toBe(false);
});

test('another token goes beside the one in use', async () => {
  await header(/^Paste base URL and token/).click();
  await panel.getByRole('button', { name: 'Make another token' }).click();
  await panel.getByRole('button', { name: 'Make token' }).click();
  await panel.getByText('Two tokens are valid').waitFor();
  expect(await panel.getByRole('button', { name: 'Make another token' }).isDisabled()).toBe(true);
  copied.length = 0;
  await panel.getByRole('button', { name: 'Copy token' }).click();
  await expect.poll(() => copied.length).toBe(1);
  const answer = await scimClient(okta.baseUrl, copied[0] ?? '')('GET', '/Users?count=1');
  expect(answer.status).toBe(200);
});

test('another page sends the open panel to a step of another connection', async () => {
  await (await browser.worker()).evaluate(
    (connectionId) =>
      chrome.storage.local.set({ panelTarget: { connectionId, stepId: 'assign', at: Date.now() } }),
    server.connectionId,
  );
  await panel.getByRole('heading', { name: 'Set up Entra ID' }).waitFor();
  await header(/^Assign people and groups/)
    .and(panel.locator('[aria-expanded="true"]'))
    .waitFor();
  expect(await panel.evaluate(() => document.activeElement?.id)).toBe('step-assign');
});
