// From a server that nobody has set up to an extension that is let in, in a real browser.
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../server/audit/change-context.ts';
import { personOfBearer } from '../../server/auth/signed-in.ts';
import { setUpOrg } from '../../server/members/set-up-org.ts';
import { expectAccessible } from '../helpers/accessible.ts';
import { openBrowser, type TestBrowser } from '../helpers/browser.ts';
import { type EmptyServer, startEmptyServer } from '../helpers/empty-server.ts';
import { authorizeQuery, redirectUri, trade } from '../helpers/extension-client.ts';
import { lastMailTo } from '../helpers/mailbox.ts';
import { operator } from '../helpers/scim-server.ts';

const ada = 'ada@larkspur.example';
let server: EmptyServer;
let browser: TestBrowser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startEmptyServer(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const heading = (page: Page) => page.locator('h1').innerText();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
/** Each journey asks for mails of its own quarter of an hour. */
const later = () => {
  server.clock.now += 20 * 60_000;
};
const askForMail = async (options?: BrowserContextOptions): Promise<Page> => {
  later();
  const page = await browser.visit(options);
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel('E-mail address').fill(ada);
  await press(page, 'Send the mail');
  return page;
};

test('a newcomer sets the server up, and is signed in', async () => {
  const page = await browser.visit();
  await page.goto(server.url);
  expect(await heading(page)).toBe('Set up Rollcall');
  await expectAccessible(page);
  await page.getByLabel('Your e-mail address').fill('ada');
  await press(page, 'Set up');
  const summary = page.getByRole('alert');
  expect(await summary.innerText()).toContain('3 things to correct');
  expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Type the name of your organisation.' }).click();
  await page.keyboard.type('Larkspur Foundry');
  await page.getByLabel('Your e-mail address').fill(ada);
  await page.getByLabel('Code from the terminal').fill(server.deps.setUpCode);
  await press(page, 'Set up');
  expect(await heading(page)).toBe('Larkspur Foundry is set up');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Go to the start page' }).click();
  expect(await heading(page)).toContain('You are signed in');
  await expectAccessible(page);
});

describe.each([
  ['with scripts', true],
  ['without scripts', false],
])('%s', (_name, javaScriptEnabled) => {
  test('signing in by the code, seeing the sessions, signing out', async () => {
    const page = await askForMail({ javaScriptEnabled });
    expect(await heading(page)).toBe('Look into your mailbox');
    await page.getByLabel('Code').fill('00000000');
    await press(page, 'Sign in');
    expect(await page.getByRole('alert').innerText()).toContain('4 tries are left');
    const { code } = await lastMailTo(server.deps, ada);
    await page.getByLabel('Code').fill(code);
    await press(page, 'Sign in');
    expect(await heading(page)).toContain('You are signed in');
    await page.getByRole('link', { name: 'Your sessions' }).click();
    expect(await page.getByText('this browser', { exact: true }).count()).toBe(1);
    await press(page, 'Sign out');
    expect(await heading(page)).toBe('Sign in');
  });

  test('signing in by the link, in another browser', async () => {
    await askForMail({ javaScriptEnabled });
    const { link } = await lastMailTo(server.deps, ada);
    const page = await browser.visit({ javaScriptEnabled });
    await page.goto(`${server.url}${link}`);
    await press(page, 'Sign in');
    expect(await heading(page)).toContain('You are signed in');
    await page.goto(`${server.url}${link}`);
    expect(await heading(page)).toBe('This link is over');
  });
});

test('every page on the way is accessible', async () => {
  const page = await askForMail();
  await expectAccessible(page);
  await page.getByLabel('Code').fill('1');
  await press(page, 'Sign in');
  await expectAccessible(page);
  const { link, code } = await lastMailTo(server.deps, ada);
  await page.goto(`${server.url}${link}`);
  await expectAccessible(page);
  await page.goto(`${server.url}/sign-in/code`);
  await page.getByLabel('Code').fill(code);
  await press(page, 'Sign in');
  for (const path of ['/', '/sessions', link, '/nothing', '/extension/authorize', authorizeQuery()]) {
    await page.goto(`${server.url}${path}`);
    await expectAccessible(page);
  }
});

test('an address of two orgs chooses one', async () => {
  await setUpOrg(changeDepsOf(server.deps), { ...operator, name: 'Aldergate Press', ownerEmail: ada });
  const page = await askForMail();
  await page.getByLabel('Code').fill((await lastMailTo(server.deps, ada)).code);
  await press(page, 'Sign in');
  expect(await heading(page)).toBe('Choose your organisation');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Sign in to Larkspur Foundry' }).click();
  expect(await page.locator('header').innerText()).toContain('Larkspur Foundry');
});

test('with the keyboard alone', async () => {
  later();
  const page = await browser.visit();
  await page.goto(`${server.url}/sign-in`);
  await page.keyboard.press('Tab');
  await page.keyboard.type(ada);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/sign-in/code');
  const { code } = await lastMailTo(server.deps, ada);
  await page.keyboard.press('Tab');
  await page.keyboard.type(code);
  await page.keyboard.press('Tab');
  expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
  await page.keyboard.press('Space');
  await page.waitForSelector('text=Choose your organisation');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector('text=You are signed in');
});

test('the extension asks, the person signs in and consents, the code becomes a session', async () => {
  later();
  const page = await browser.visit();
  // The browser gives this address to the extension; here it is caught on its way to the network.
  let caught = '';
  await page.context().route(`${new URL(redirectUri).origin}/**`, (route) => {
    caught = route.request().url();
    return route.fulfill({ body: 'caught' });
  });
  await page.goto(`${server.url}${authorizeQuery()}`);
  expect(await heading(page)).toBe('Sign in');
  await page.getByLabel('E-mail address').fill(ada);
  await press(page, 'Send the mail');
  await page.getByLabel('Code').fill((await lastMailTo(server.deps, ada)).code);
  await press(page, 'Sign in');
  await page.getByRole('button', { name: 'Sign in to Larkspur Foundry' }).click();
  expect(await heading(page)).toBe('Let the Rollcall extension in?');
  await press(page, 'Let it in');
  await page.waitForSelector('text=caught');
  const { body } = await trade(server.url, new URL(caught).searchParams.get('code') ?? '');
  const session = await personOfBearer(changeDepsOf(server.deps), `Bearer ${body.access_token}`);
  expect(session).toMatchObject({ orgName: 'Larkspur Foundry', role: 'owner' });
  expect(page.url()).not.toContain(body.access_token);
});
