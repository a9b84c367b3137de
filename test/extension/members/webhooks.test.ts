// The webhooks section in the browser, with a real receiver: made, tested, told of a change, replayed, given a new secret,
// disabled, removed.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeOrg } from '../../../server/invitations/change-org.ts';
import { expectAccessible } from '../../helpers/accessible.ts';
import { openReceiver, refuse, take, verify } from '../../helpers/webhook-desk.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage({ people: 12, env: { OUTGOING_NETWORKS: '127.0.0.0/8' } });
  await stage.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
});
afterAll(() => stage.close());

test('a webhook is made, tells a real receiver what happens, and is taken away', async () => {
  const receiver = await openReceiver();
  const page = await stage.open('webhooks');
  const dialog = page.getByRole('dialog');
  await page.getByText('No system is told of anything').waitFor();
  await page.getByRole('button', { name: 'New webhook' }).click();
  await dialog.getByRole('button', { name: 'Make webhook' }).click();
  await dialog.getByText('Give an address that begins with https://.').waitFor();
  await dialog.getByLabel('Name').fill('Payroll');
  await dialog.getByLabel('Address').fill(receiver.url);
  await dialog.getByRole('checkbox', { name: /^All events/ }).uncheck();
  await dialog.getByRole('checkbox', { name: 'Settings and domains', exact: true }).check();
  await dialog
    .getByText(/^\d+ of \d+$/)
    .first()
    .click();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Make webhook' }).click();
  await dialog.getByRole('button', { name: 'Copy the signing secret' }).click();
  await dialog.getByText('Copied', { exact: true }).waitFor();
  const secret = await page.evaluate(() => navigator.clipboard.readText());
  expect(secret).toMatch(/^whsec_/);
  expect(await page.content()).not.toContain(secret);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Done' }).click();

  const card = page.getByRole('article', { name: 'Payroll' });
  await card.getByText('Nothing sent yet').waitFor();
  await card.getByRole('button', { name: 'Send a test event' }).click();
  await card.getByText('Taken', { exact: true }).waitFor();
  expect(receiver.received.map(({ body }) => body.type)).toEqual(['webhook.test']);
  verify(secret, receiver.received[0] as (typeof receiver.received)[number]);
  await expectAccessible(page);

  receiver.answer = refuse(410);
  const { deps } = stage.larkspur;
  const door = { db: deps.database.db, now: deps.now, secret: deps.secret };
  await changeOrg(door, stage.larkspur.asked, { sessionDays: 7 });
  await deps.webhooks.look();
  await card.getByText('Its receiver answered 410 Gone').waitFor();
  await expectAccessible(page);
  receiver.answer = take;
  const refused = receiver.received.length;
  await card.getByRole('button', { name: 'Enable' }).click();
  await dialog.getByRole('button', { name: 'Enable webhook' }).click();
  await page.getByText('Payroll is enabled.').waitFor();
  await deps.webhooks.look();
  await receiver.arrived(refused + 1);
  // No answer to anything that was done here: the card sees by itself that the message has got through.
  await card.getByText('Healthy').waitFor();

  await card.getByRole('link', { name: 'Deliveries of Payroll' }).click();
  const row = page.getByRole('button', { name: 'org.updated' }).first();
  await row.click();
  const side = page.getByRole('complementary', { name: 'org.updated' });
  await side.getByText('Taken', { exact: true }).waitFor();
  await expectAccessible(page);
  const before = receiver.received.length;
  await side.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('The message is on its way again.').waitFor();
  await deps.webhooks.look();
  await receiver.arrived(before + 1);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Send again since…' }).click();
  await dialog.getByRole('button', { name: 'Send again' }).click();
  await dialog.getByText('Give a day and a time.').waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('link', { name: 'Back to all webhooks' }).click();

  await card.getByRole('button', { name: 'Make a new secret' }).click();
  await dialog.getByRole('button', { name: 'Make secret' }).click();
  await dialog.getByRole('button', { name: 'Copy the new secret' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await card.getByText(/^Two secrets sign until/).waitFor();
  await card.getByRole('button', { name: 'Remove webhook' }).click();
  await dialog.getByRole('button', { name: 'Remove webhook' }).click();
  await page.getByText('No system is told of anything').waitFor();
  await page.close();
});
