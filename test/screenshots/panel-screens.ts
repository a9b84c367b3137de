// The side panel: choosing, connecting, and the checklist at each of its moments.
import type { Page } from 'playwright-core';
import { panel, type Screen, type Stage } from './stage.ts';

/** Opens the panel at a connection, or where one is chosen. */
const at =
  (connectionId: (stage: Stage) => string | null, stepId: string | null = null) =>
  async (stage: Stage) => {
    const worker = await stage.browser.worker();
    await worker.evaluate(() => chrome.storage.local.remove('lastKnown'));
    await worker.evaluate(
      (target) => chrome.storage.local.set({ panelTarget: { ...target, at: Date.now() } }),
      {
        connectionId: connectionId(stage),
        stepId,
      },
    );
  };
const nowhere = at(() => null);
const okta = at(({ org }) => org.connectionId);
const checklist = (page: Page) => page.getByText('Last contact').waitFor();

async function connect(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Okta' }).first().click();
  await page.getByRole('button', { name: 'Create connection' }).waitFor();
}

export const panelScreens: readonly Screen[] = [
  {
    name: 'panel-choose',
    path: 'sidepanel.html',
    size: panel,
    before: nowhere,
    arrange: ({ page }) => page.getByText('Where do your people').waitFor(),
  },
  {
    name: 'panel-new',
    path: 'sidepanel.html',
    size: panel,
    before: nowhere,
    arrange: ({ page }) => connect(page),
  },
  {
    name: 'panel-okta',
    path: 'sidepanel.html',
    size: { ...panel, height: 1300 },
    before: okta,
    arrange: ({ page }) => checklist(page),
  },
  {
    name: 'panel-attributes',
    path: 'sidepanel.html',
    size: { ...panel, height: 1300 },
    before: okta,
    arrange: async ({ page }) => {
      await checklist(page);
      await page.getByRole('button', { name: /Compare the attribute/ }).click();
    },
  },
  {
    name: 'panel-entra',
    path: 'sidepanel.html',
    size: { ...panel, height: 1300 },
    before: at(({ org }) => org.entra.connectionId),
    arrange: ({ page }) => checklist(page),
  },
  {
    name: 'panel-finding',
    path: 'sidepanel.html',
    size: { ...panel, height: 1300 },
    before: async (stage) => {
      await stage.org.scim('POST', '/Users', {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: 'wanda.ulm',
        displayName: 'Wanda Ulm',
        active: true,
      });
      await stage.org.deps.provisioningLog.flush();
      await at(({ org }) => org.connectionId, 'username-format')(stage);
    },
    arrange: ({ page }) => page.getByText('wanda.ulm').first().waitFor(),
  },
  {
    name: 'panel-token',
    path: 'sidepanel.html',
    size: { ...panel, height: 1300 },
    before: nowhere,
    arrange: async ({ page }) => {
      await connect(page);
      await page.getByRole('button', { name: 'Create connection' }).click();
      await page.getByText('Turn SCIM on').waitFor();
      await page.getByRole('button', { name: /Paste base URL/ }).click();
    },
  },
];
