// Signing in with the company's identity provider in a real browser, to which the two are different sites.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../helpers/accessible.ts';
import { openBrowser, type TestBrowser } from '../helpers/browser.ts';
import { lastMailTo } from '../helpers/mailbox.ts';
import { openSsoStage, type SsoStage } from '../oidc/sso-stage.ts';

const noor = { id: '00unoor', name: 'Noor Haddad', email: 'noor@larkspur.example' };
const rufus = { id: '00urufus', name: 'Rufus Lind', email: 'rufus@larkspur.example' };

let stage: SsoStage;
let browser: TestBrowser;
beforeAll(async () => {
  [stage, browser] = await Promise.all([
    openSsoStage({ shape: 'okta', people: [noor, rufus], host: 'localhost' }),
    openBrowser(),
  ]);
  await stage.addMember(noor.email, 'active');
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

const heading = (page: Page) => page.locator('h1').innerText();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** Types an address here and signs in there; it ends wherever the identity provider sends the browser. */
async function signIn(page: Page, email: string): Promise<void> {
  await page.goto(`${stage.url}/`);
  await page.getByLabel('E-mail address').fill(email);
  await press(page, 'Continue');
  await page.waitForURL(`${stage.idp.origin}/**`);
  await page.locator('input[name="login"]').fill(email);
  await page.locator('[name="press"][value="in"]').click();
  await page.waitForURL(`${stage.url}/**`);
}

test('a member types an address, signs in there, is in here, and signs out of both', async () => {
  const page = await browser.visit();
  await page.goto(`${stage.url}/sign-in`);
  await expectAccessible(page);
  await signIn(page, noor.email);
  expect(await heading(page)).toBe('You are signed in, noor@larkspur.example');
  await press(page, 'Sign out');
  await page.waitForURL(`${stage.idp.origin}/**`);
  await page.goto(`${stage.url}/`);
  expect(await heading(page)).toBe('Sign in');
});

test('somebody who may not come in reads why, and what is left', async () => {
  const page = await browser.visit();
  await signIn(page, rufus.email);
  expect(await heading(page)).toBe('You are not in the directory');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Sign in by mail' }).click();
  expect(await heading(page)).toBe('Sign in');
});

test('an identity provider may send its form from where it is, and nobody changes orgs by it unasked', async () => {
  const { db } = stage.server.deps.database;
  const page = await browser.visit();
  await signIn(page, noor.email);
  const org = await db.selectFrom('orgs').selectAll().executeTakeFirstOrThrow();
  await db
    .insertInto('orgs')
    .values({ ...org, id: 'o2', slug: 'heron', name: 'Heron' })
    .execute();
  const settings = await db.selectFrom('sso_settings').selectAll().executeTakeFirstOrThrow();
  await db
    .insertInto('sso_settings')
    .values({ ...settings, org_id: 'o2' })
    .execute();
  await page.goto(stage.idp.origin);
  const send = `const form = document.createElement('form');
    form.method = 'post';
    form.action = '${stage.url}/sso/heron/start';
    document.body.append(form);
    form.submit();`;
  await page.evaluate(send);
  await page.waitForURL(`${stage.url}/sso/heron/start*`);
  expect(await heading(page)).toBe('Sign in to Heron?');
  await expectAccessible(page);
  await page.getByRole('link', { name: /^Stay in/ }).click();
  expect(await heading(page)).toContain('You are signed in');
});

test('where it is required, mail leads to it, and owners come in all the same', async () => {
  await stage.set({ required: 1 });
  for (const [email, then] of [
    [noor.email, 'Sign in with your work account'],
    ['ada@larkspur.example', 'You are signed in'],
  ] as const) {
    stage.server.clock.now += 20 * 60_000;
    const page = await browser.visit();
    await page.goto(`${stage.url}/sign-in`);
    await page.getByLabel('E-mail address').fill(email);
    await press(page, 'Send a mail instead');
    await page.getByLabel('Code').fill((await lastMailTo(stage.server.deps, email)).code);
    await press(page, 'Sign in');
    expect(await heading(page)).toContain(then);
    await expectAccessible(page);
  }
});
