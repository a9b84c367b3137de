// `npm run demo` as somebody starts it: a process of its own, its browser without a window, and what is done on the one page
// seen on the other.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../helpers/accessible.ts';
import { patience } from '../helpers/patience.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const small = ['--people', '40', '--days', '3', '--headless'];

let demo: ChildProcess;
let output = '';
let browser: Browser;
let console: Page;
let members: Page;
beforeAll(async () => {
  demo = spawn(process.execPath, ['scripts/demo.mjs', ...small], { cwd: root, stdio: 'pipe' });
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      if (output.includes('Ctrl-C ends everything')) resolve();
    };
    for (const stream of [demo.stdout, demo.stderr]) stream?.on('data', read);
    demo.once('exit', (code) => reject(new Error(`The demo ended with exit code ${code}: ${output}`)));
  });
  browser = await chromium.connectOverCDP(said(/Chromium listens on (\S+)/));
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const context of browser.contexts()) context.setDefaultTimeout(patience);
  [console, members] = [pageAt(pages, 'http:'), pageAt(pages, 'chrome-extension:')];
});
afterAll(async () => {
  await browser?.close();
  if (demo.exitCode === null) demo.kill('SIGKILL');
});

const said = (words: RegExp): string => {
  const found = words.exec(output)?.[1];
  if (found === undefined) throw new Error(`The demo did not say ${words}: ${output}`);
  return found;
};
const pageAt = (pages: readonly Page[], protocol: string): Page => {
  const found = pages.find((page) => page.url().startsWith(protocol));
  if (found === undefined) throw new Error(`No tab is at ${protocol}`);
  return found;
};
const openConsole = (path: string) => console.goto(`${said(/Identity providers\s+(\S+)/)}${path}`);
const openMembers = (place: string) => members.goto(members.url().replace(/#.*/, `#/${place}`));
const openFinding = (words: string) =>
  members.getByRole('region', { name: 'Open findings' }).getByRole('heading', { name: words });
const press = (name: string) => console.getByRole('button', { name, exact: true }).click();

test('the browser is signed in, and the members are those of the identity providers', async () => {
  expect(output).toContain('is ready, with 3 days of history');
  await members.getByText('ada@larkspur.example').waitFor();
  await openMembers('connections');
  for (const name of ['Okta (workshops)', 'Okta (offices)', 'Entra ID', 'Entra ID (export)'])
    await members.getByRole('heading', { name, exact: true }).first().waitFor();
});

test('the first page of the admin is accessible, in light and in dark', async () => {
  await openConsole('/');
  await expectAccessible(console);
});

test.each(['okta-wizard', 'entra'])('every page of %s is accessible, in light and in dark', async (key) => {
  await openConsole(`/${key}`);
  await expectAccessible(console);
  await console.locator('#people a').first().click();
  await expectAccessible(console);
  await openConsole(`/${key}`);
  await console.locator('#groups a').first().click();
  await expectAccessible(console);
});

test('a wrong token is found, and is over once it is mended', async () => {
  await openMembers('findings');
  await openConsole('/okta-wizard');
  await press('Do it: Paste a wrong token');
  await press('Test API Credentials');
  expect(await console.getByRole('status').innerText()).toContain('401');
  const finding = openFinding('signs in with a token that is not known here');
  await finding.waitFor();
  await press('Mend it: Paste a wrong token');
  await press('Test API Credentials');
  expect(await console.getByRole('status').innerText()).toContain('Connector configured successfully');
  await finding.waitFor({ state: 'detached' });
});

test('a mapping to the wrong attribute is found with the cycle that follows at once', async () => {
  await openMembers('findings');
  await openConsole('/entra');
  await press('Do it: Map externalId from mailNickname');
  const finding = openFinding('as externalId, not the object id');
  await finding.waitFor();
  await press('Mend it: Map externalId from mailNickname');
  await press('Restart provisioning');
  await finding.waitFor({ state: 'detached' });
});

test('Entra that is unplugged is missed after three hours, and no more once it is back', async () => {
  await openMembers('findings');
  await openConsole('/entra');
  // What somebody tries first breaks no rhythm.
  await press('Test Connection');
  await press('Do it: Unplug');
  for (let hour = 0; hour < 3; hour++) await press('Skip an hour');
  const finding = openFinding('has been quiet for two hours');
  await finding.waitFor();
  await press('Mend it: Unplug');
  await press('Restart provisioning');
  await finding.waitFor({ state: 'detached' });
});

test('a person who is renamed has the new name among the members', async () => {
  await openMembers('people');
  await openConsole('/okta-catalogue');
  await console.locator('#people a').first().click();
  await console.getByLabel('Given name').fill('Ottoline');
  await console.getByLabel('Family name').fill('Quill');
  await press('Save');
  expect(await console.getByRole('status').innerText()).toContain('has a new profile');
  await members.getByPlaceholder(/Search/).fill('Ottoline');
  await members.getByText('Ottoline Quill').first().waitFor();
});

test('an hour that is skipped has gone by for the extension too', async () => {
  const time = () => members.evaluate(() => Date.now());
  const before = await time();
  await openConsole('/entra');
  await press('Skip an hour');
  await expect.poll(time).toBeGreaterThan(before + 3_600_000);
});

test('Ctrl-C ends everything and removes what it made', async () => {
  const folder = said(/removes (\S+)\./);
  expect(existsSync(folder)).toBe(true);
  const gone = new Promise((resolve) => demo.once('exit', resolve));
  demo.kill('SIGINT');
  expect(await gone).toBe(0);
  expect(existsSync(folder)).toBe(false);
  await expect(fetch(said(/Server\s+(\S+)/))).rejects.toThrow();
});
