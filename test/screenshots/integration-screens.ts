// What other systems are given: single sign-on, webhooks, reader clients, machine clients, attributes of the org's own.
import { apiClient } from '../helpers/api-client.ts';
import { full, type Screen, type Stage } from './stage.ts';

const api = ({ org }: Stage) => apiClient(org.url, org.account.token);

const makeWebhook = async (stage: Stage) => {
  const { webhooks } = api(stage);
  if ((await webhooks.list.query()).length > 0) return;
  await webhooks.create.mutate({
    name: 'Payroll',
    url: 'https://hooks.larkspur.example/rollcall',
    eventTypes: ['member.added', 'member.deactivated'],
  });
};

const makeReader = async (stage: Stage) => {
  const { readers } = api(stage);
  if ((await readers.list.query()).length > 0) return;
  await readers.create.mutate({
    name: 'Room booking',
    userAttributes: ['userName', 'displayName', 'active'],
    groupAttributes: ['displayName'],
    groupIds: null,
    tokenDays: 365,
  });
};

export const integrationScreens: readonly Screen[] = [
  {
    name: 'members-settings-sso',
    path: 'members.html#/settings?at=sso',
    size: full,
    arrange: ({ page }) => page.getByText('Not set up').waitFor(),
  },
  {
    name: 'members-webhooks',
    path: 'members.html#/webhooks',
    size: full,
    before: makeWebhook,
    arrange: ({ page }) => page.getByRole('article', { name: 'Payroll' }).waitFor(),
  },
  {
    name: 'members-new-webhook',
    path: 'members.html#/webhooks',
    size: full,
    before: makeWebhook,
    arrange: async ({ page }) => {
      await page.getByRole('button', { name: 'New webhook' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'members-readers',
    path: 'members.html#/readers',
    size: full,
    before: makeReader,
    arrange: ({ page }) => page.getByRole('article', { name: 'Room booking' }).waitFor(),
  },
  {
    name: 'members-new-reader',
    path: 'members.html#/readers',
    size: full,
    before: makeReader,
    arrange: async ({ page }) => {
      await page.getByRole('button', { name: 'New reader' }).click();
      await page.getByRole('dialog').getByText('People', { exact: true }).waitFor();
    },
  },
  {
    name: 'members-machine-clients',
    path: 'members.html#/connections',
    size: full,
    arrange: async ({ page }) => {
      await page.getByText('Machine clients (OAuth)').first().click();
      await page.getByText('No machine client yet.').waitFor();
    },
  },
  {
    name: 'members-attributes',
    path: 'members.html#/attributes',
    size: full,
    arrange: ({ page }) => page.getByText('No attribute of your own').waitFor(),
  },
];
