// The side panel: choosing, connecting, and the checklist at each of its moments.
import type { Page } from 'playwright-core';
import { apiClient } from '../helpers/api-client.ts';
import { panel, type Screen, type Stage } from './stage.ts';
import { changePerson, removePerson, sendTrialPerson } from './trial-person.ts';

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

async function connect(page: Page, choice = 'Okta'): Promise<void> {
  await page.getByRole('button', { name: choice }).first().click();
  await page.getByRole('button', { name: 'Create connection' }).waitFor();
}

/** Makes the connection whose form is open, and opens the step that says what to paste. */
async function create(page: Page, step: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Create connection' }).click();
  await page.getByRole('button', { name: step }).click();
}

const byHand = ['assigned-earlier', 'push-immediately', 'sso'];
const tick = async ({ org }: Stage, ticked: boolean) => {
  const api = apiClient(org.url, org.account.token);
  for (const stepId of byHand)
    await api.setup.tick.mutate({ connectionId: org.connectionId, stepId, ticked });
};

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
    name: 'panel-test-person',
    path: 'sidepanel.html',
    size: { ...panel, height: 1300 },
    before: at(({ org }) => org.connectionId, 'test-person'),
    arrange: async (stage) => {
      await stage.page.getByRole('button', { name: 'Start the test' }).click();
      const id = await sendTrialPerson(stage);
      await changePerson(stage, id, { displayName: 'Delia Trial' });
      await stage.page.getByText('2 of 4 arrived').waitFor();
      await changePerson(stage, id, { active: false });
      await changePerson(stage, id, { active: true });
      await stage.page.getByText('All four arrived').waitFor();
      await removePerson(stage, id);
    },
  },
  {
    name: 'panel-done',
    path: 'sidepanel.html',
    size: panel,
    before: async (stage) => {
      const id = await sendTrialPerson(stage);
      for (const active of [false, true]) await changePerson(stage, id, { active });
      await removePerson(stage, id);
      await tick(stage, true);
      await okta(stage);
    },
    arrange: ({ page }) => page.getByText('Everything is in place.').waitFor(),
    after: (stage) => tick(stage, false),
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
      await create(page, /Paste base URL/);
    },
  },
  {
    name: 'panel-entra-token',
    path: 'sidepanel.html',
    size: { ...panel, height: 1300 },
    before: nowhere,
    arrange: async ({ page }) => {
      await connect(page, 'Microsoft Entra ID');
      await create(page, /Paste tenant URL/);
    },
  },
];
