// The side panel's step of single sign-on, ticked by a real test sign-in in a tab beside it, without a reload.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealSso } from '../../server/auth/sso-secret.ts';
import { openPanelByClick } from '../extension/panel/panel-opening.ts';
import { expectAccessible } from '../helpers/accessible.ts';
import { allowServer } from '../helpers/allow-server.ts';
import { signInForApi } from '../helpers/api-client.ts';
import { type ExtensionBrowser, openExtensionBrowser } from '../helpers/extension-browser.ts';
import { openSsoStage, type SsoStage } from '../oidc/sso-stage.ts';

const ada = { id: '00u1ada2holm3xyz', name: 'Ada Holm', email: 'ada@larkspur.example' };
const title = 'Let people sign in through Okta';

let stage: SsoStage;
let browser: ExtensionBrowser;
let panel: Page;
beforeAll(async () => {
  [stage, browser] = await Promise.all([
    openSsoStage({ shape: 'okta', people: [ada] }),
    openExtensionBrowser(),
  ]);
  const { server } = stage;
  // The browser's clock is wrong by a month, which is none of the step's business.
  server.clock.now = Date.now() - 30 * 86_400_000;
  await allowServer(browser);
  await browser.signIn({
    server: server.url,
    token: await signInForApi(server.deps, server.orgId, server.ownerId),
    org: { id: server.orgId, name: 'Larkspur Foundry' },
    member: { id: server.ownerId, name: ada.name, role: 'owner' },
  });
  panel = await openPanelByClick(browser, { connectionId: server.connectionId, stepId: 'sso' });
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

const isSaid = (state: string) => panel.getByRole('button', { name: `${title} (${state})` }).waitFor();

/** Presses the step's button; the identity provider asks in the tab that opens, unless it knows them from before. */
async function trySignIn({ asked, heading }: { asked: boolean; heading: string }): Promise<void> {
  const [tab] = await Promise.all([
    browser.context.waitForEvent('page'),
    panel.getByRole('link', { name: 'Try a sign-in' }).click(),
  ]);
  // What it takes to sign in.
  stage.server.clock.now += 60_000;
  if (asked) {
    await tab.locator('input[name="login"]').fill(ada.email);
    await tab.locator('[name="press"][value="in"]').click();
  }
  await tab.getByRole('heading', { name: heading }).waitFor();
  await tab.close();
}

test('a try that fails is told at the step, and one that succeeds ticks it, in the same page', async () => {
  await isSaid('under way');
  await panel.evaluate(() => {
    document.body.dataset.same = 'page';
  });
  const client_secret_sealed = sealSso(stage.server.deps.secret, 'client secret', 'wrong-walrus-4');
  await stage.set({ client_secret_sealed });
  await trySignIn({ asked: true, heading: 'Single sign-on is not set up right' });
  await panel.getByText('Failed', { exact: true }).waitFor();
  await isSaid('has a problem');
  await expectAccessible(panel);
  await stage.set({ client_version: 2 });
  await trySignIn({ asked: false, heading: 'You are signed in' });
  await isSaid('done');
  expect(await panel.evaluate(() => document.body.dataset.same)).toBe('page');
});
