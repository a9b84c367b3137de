// What other systems are given: single sign-on, webhooks, reader clients, machine clients, attributes of the org's own.
import { apiClient } from '../helpers/api-client.ts';
import { full, type Screen, type Stage } from './stage.ts';
import { removePerson, sendTrialPerson } from './trial-person.ts';

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

/** Two of them, one with a choice of values. */
const defineAttributes = async (stage: Stage) => {
  const { attributes } = api(stage);
  const { version } = await attributes.get.query();
  if (version > 0) return;
  const wanted = [
    { name: 'badge', type: 'integer', description: 'On the card at the gate' },
    {
      name: 'shift',
      type: 'string',
      description: 'When they are in the workshop',
      canonicalValues: ['early', 'late', 'night'] as string[],
    },
  ] as const;
  for (const [n, attribute] of wanted.entries())
    await attributes.save.mutate({ version: n, step: { kind: 'add', attribute } });
};

/** Somebody comes whom the receiver is told of; nothing answers there. */
const sendToNobody = async (stage: Stage) => {
  await makeWebhook(stage);
  const id = await sendTrialPerson(stage);
  await stage.org.deps.webhooks.run();
  await removePerson(stage, id);
};

export const integrationScreens: readonly Screen[] = [
  {
    name: 'members-settings-sso',
    path: 'members.html#/settings?at=sso',
    size: full,
    arrange: ({ page }) => page.getByText('Not set up').waitFor(),
  },
  {
    name: 'members-settings-sso-tested',
    path: 'members.html#/settings?at=sso',
    size: full,
    arrange: async ({ page }) => {
      await page.getByLabel('Issuer').fill('https://larkspur-admin.okta.com');
      await page.getByLabel('Client ID').fill('0oalarkspur');
      await page.getByLabel('Client secret').fill('quiet-otter-9');
      await page.getByRole('button', { name: 'Test', exact: true }).click();
      await page.getByRole('list', { name: 'What the test found' }).waitFor();
    },
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
    name: 'members-webhook-deliveries',
    path: 'members.html#/webhooks',
    size: full,
    before: sendToNobody,
    arrange: async ({ page }) => {
      await page.getByRole('link', { name: 'Deliveries of Payroll' }).click();
      await page.getByRole('button', { name: 'member.added' }).first().click();
      await page.getByRole('complementary', { name: 'member.added' }).waitFor();
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
  {
    name: 'members-attributes-defined',
    path: 'members.html#/attributes',
    size: full,
    before: defineAttributes,
    arrange: ({ page }) => page.getByRole('row', { name: /shift/ }).waitFor(),
  },
  {
    name: 'members-new-attribute',
    path: 'members.html#/attributes',
    size: full,
    before: defineAttributes,
    arrange: async ({ page }) => {
      await page.getByRole('button', { name: 'New attribute' }).click();
      await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('costCentre');
    },
  },
];
