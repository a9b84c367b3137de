// Signing in from the real popup through the company's identity provider, and what ends it: required, past it in an
// emergency, blocked, and deactivated over SCIM. To the browser, Rollcall and the identity provider are different sites.
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../server/audit/change-context.ts';
import { changeMembers } from '../../server/provisioning/change-members.ts';
import type { MemberAction } from '../../shared/member-action.ts';
import { expectAccessible } from '../helpers/accessible.ts';
import { answerAllow } from '../helpers/allow-server.ts';
import { apiClient } from '../helpers/api-client.ts';
import { type ExtensionBrowser, openExtensionBrowser } from '../helpers/extension-browser.ts';
import { lastMailTo, mailsTo } from '../helpers/mailbox.ts';
import { operator } from '../helpers/scim-server.ts';
import { openSsoStage, type SsoStage } from '../oidc/sso-stage.ts';

const noor = { id: '00u1noor2haddad3xyz', name: 'Noor Haddad', email: 'noor@larkspur.example' };
const owner = 'ada@larkspur.example';

let stage: SsoStage;
let browser: ExtensionBrowser;
beforeEach(async () => {
  [stage, browser] = await Promise.all([
    openSsoStage({ shape: 'okta', people: [noor], host: 'localhost' }),
    openExtensionBrowser(),
  ]);
  await answerAllow(browser, 'http://localhost/*');
});
afterEach(async () => {
  await browser?.close();
  await stage?.close();
});

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const sees = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();

/** Types the server's address into the real popup and gives the window that opens for signing in. */
async function signInFromPopup(): Promise<Page> {
  const popup = await browser.openPopup();
  await popup.getByLabel('Server address').fill(stage.url);
  await popup.getByText('Rollcall answers here.').first().waitFor();
  const window = browser.context.waitForEvent('page');
  await popup.keyboard.press('Enter');
  return window;
}

/** E-mail first: its domain leads to the identity provider, where they sign in. */
async function signInThere(window: Page, email: string): Promise<void> {
  await window.getByLabel('E-mail address').fill(email);
  await press(window, 'Continue');
  await proveThere(window);
}

async function proveThere(window: Page): Promise<void> {
  await window.waitForURL(`${stage.idp.origin}/**`);
  await window.locator('input[name="login"]').fill(noor.email);
  await window.locator('[name="press"][value="in"]').click();
  await window.waitForURL(`${stage.url}/**`);
}

async function signInByMail(window: Page, email: string): Promise<void> {
  await window.getByLabel('E-mail address').fill(email);
  await press(window, 'Send a mail instead');
  await window.getByLabel('Code').fill((await lastMailTo(stage.server.deps, email)).code);
  await press(window, 'Sign in');
}

/** Answers the question of the window, and gives the popup as it opens next. */
async function letIn(window: Page): Promise<Page> {
  await sees(window, 'Let the Rollcall extension in?');
  await press(window, 'Let it in');
  await expect.poll(accounts).toHaveLength(1);
  return popupAgain();
}

async function popupAgain(): Promise<Page> {
  await browser.context.pages()[0]?.bringToFront();
  return browser.openPopup();
}

async function change(action: MemberAction, id: string): Promise<void> {
  const { deps, orgId } = stage.server;
  await changeMembers(changeDepsOf(deps), { ...operator, orgId }, { action, ids: [id] });
}

interface Kept {
  readonly token: string;
  readonly member: { readonly id: string; readonly email: string; readonly role: string };
}

const accounts = async () => {
  const background = await browser.worker();
  const { accounts = [] } = await background.evaluate(() => chrome.storage.local.get('accounts'));
  return accounts as readonly Kept[];
};

describe('the company’s identity provider, from the popup', () => {
  test('lets an admin in: the address first, its page, the question, and the popup is signed in', async () => {
    const id = await stage.addMember(noor.email, 'invited', 'admin');
    const window = await signInFromPopup();
    await expectAccessible(window);
    await signInThere(window, noor.email);
    await sees(window, 'Let the Rollcall extension in?');
    await expectAccessible(window);
    const popup = await letIn(window);
    await popup.getByText('Larkspur Foundry').first().waitFor();
    expect(await popup.getByLabel('Server address').count()).toBe(0);
    expect(await accounts()).toMatchObject([{ member: { id, email: noor.email, role: 'admin' } }]);
  });

  test('is where mail leads an admin when it is required, and the extension’s question comes after it', async () => {
    const id = await stage.addMember(noor.email, 'active', 'admin');
    await stage.set({ required: 1 });
    const window = await signInFromPopup();
    await signInByMail(window, noor.email);
    await sees(window, 'Sign in with your work account');
    await expectAccessible(window);
    await window.getByRole('link', { name: 'Go on to it' }).click();
    await proveThere(window);
    await letIn(window);
    expect(await accounts()).toMatchObject([{ member: { id, role: 'admin' } }]);
  });

  test('is passed by an owner with a mail in an emergency, which is audited and told to the other admins', async () => {
    await stage.addMember(noor.email, 'active', 'admin');
    await stage.set({ required: 1 });
    const { deps, ownerId } = stage.server;
    const window = await signInFromPopup();
    await signInByMail(window, owner);
    const popup = await letIn(window);
    await popup.getByText('Larkspur Foundry').first().waitFor();
    expect(await accounts()).toMatchObject([{ member: { id: ownerId, role: 'owner' } }]);
    const audited = await deps.database.db
      .selectFrom('audit')
      .select(['actor_id', 'subject_id'])
      .where('action', '=', 'member.emergency_sign_in')
      .execute();
    expect(audited).toEqual([{ actor_id: ownerId, subject_id: ownerId }]);
    expect((await lastMailTo(deps, noor.email)).subject).toContain('past single sign-on');
    const own = await mailsTo(deps, owner);
    expect(own.filter(({ subject }) => subject.includes('past single sign-on'))).toEqual([]);
  });

  test('lets nobody in who is blocked, and they read why', async () => {
    const id = await stage.addMember(noor.email, 'active');
    await change({ kind: 'block', reason: 'Lost laptop' }, id);
    const window = await signInFromPopup();
    await signInThere(window, noor.email);
    await sees(window, 'You cannot sign in at the moment');
    await window.getByText('An admin has blocked your access. Ask an admin of your organisation').waitFor();
    await expectAccessible(window);
    await window.close();
    const popup = await popupAgain();
    expect(await popup.getByLabel('Server address').inputValue()).toBe(stage.url);
    expect(await accounts()).toEqual([]);
  });

  test('brings nobody back whom SCIM deactivates while they are signed in: they are out everywhere', async () => {
    await stage.set({ joining: 'verified_domains' });
    const { scim } = stage.server;
    const added = await scim('POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      externalId: noor.id,
      userName: noor.email,
      emails: [{ value: noor.email, primary: true }],
      active: true,
    });
    // Plain members' popups follow nothing while they are open.
    await change({ kind: 'change-role', role: 'admin' }, String(added.body.id));
    const window = await signInFromPopup();
    await signInThere(window, noor.email);
    await (await letIn(window)).close();
    const [{ token } = { token: '' }] = await accounts();
    const tab = await browser.context.newPage();
    await tab.goto(`${stage.url}/sessions`);
    await sees(tab, 'Your sessions');
    const popup = await popupAgain();
    await popup.getByText('Larkspur Foundry').first().waitFor();

    const left = await scim('PATCH', `/Users/${added.body.id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', value: { active: false } }],
    });
    expect(left.status).toBe(200);
    await sees(popup, 'You are signed out');
    await expect(apiClient(stage.url, token).auth.me.query()).rejects.toThrow('You are signed out');
    const again = browser.context.waitForEvent('page');
    await press(popup, 'Sign in again');
    const next = await again;
    await next.getByLabel('E-mail address').fill(noor.email);
    await press(next, 'Continue');
    await sees(next, 'Your account is deactivated');
    await expectAccessible(next);
    await tab.reload();
    expect(new URL(tab.url()).pathname).toBe('/sign-in');
  });
});
