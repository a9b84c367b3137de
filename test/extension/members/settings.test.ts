// The settings in the browser: what a change does, what somebody else changed meanwhile, domains, and reading only.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeOrg } from '../../../server/invitations/change-org.ts';
import { changeMembers } from '../../../server/provisioning/change-members.ts';
import { expectAccessible } from '../../helpers/accessible.ts';
import { signInForApi } from '../../helpers/api-client.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage({ people: 12 });
});
afterAll(() => stage.close());

const door = () => {
  const { deps } = stage.larkspur;
  return { db: deps.database.db, now: deps.now, secret: deps.secret };
};

test('a section says what its change does, keeps a number that is out of range, and saves by itself', async () => {
  const page = await stage.open('settings');
  const seats = page.getByRole('region', { name: 'Seats' });
  await seats.getByRole('switch', { name: 'Limit the number of seats' }).click();
  await seats.getByRole('textbox', { name: 'Seats' }).fill('0');
  await seats.getByText('Give a whole number from 1 to 10,000,000.').waitFor();
  await seats.getByRole('button', { name: 'Save seats' }).click();
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('0');
  await seats.getByRole('textbox', { name: 'Seats' }).fill('2');
  await seats.getByText(/more seats are taken than that\. Nobody loses theirs/).waitFor();
  await seats.getByRole('button', { name: 'Discard' }).click();
  await seats.getByRole('textbox', { name: 'Seats' }).waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Seats');
  await seats.getByRole('switch', { name: 'Limit the number of seats' }).click();
  await seats.getByRole('textbox', { name: 'Seats' }).fill('2');
  await expectAccessible(page);
  await seats.getByRole('button', { name: 'Save seats' }).click();
  await page.getByText('Saved.').waitFor();
  await seats.getByRole('button', { name: 'Save seats' }).waitFor({ state: 'detached' });
  await page.close();
});

test('what somebody else changed meanwhile is shown beside what was typed, and neither is lost', async () => {
  const page = await stage.open('settings?at=sessions');
  const field = page.getByLabel('Sessions last (days)');
  await field.fill('21');
  await changeOrg(door(), stage.larkspur.asked, { sessionDays: 7 });
  const alert = page.getByRole('alert');
  await alert.getByText('Sessions last: theirs is 7 days, yours is 21 days.').waitFor();
  expect(await field.inputValue()).toBe('21');
  await expectAccessible(page);
  await alert.getByRole('button', { name: 'Save mine' }).click();
  await page.getByText('Saved.').waitFor();
  expect(await field.inputValue()).toBe('21');
  await page.close();
});

test('a change of another setting meanwhile asks nobody anything', async () => {
  const page = await stage.open('settings');
  await page.getByLabel('Name', { exact: true }).fill('Larkspur Works');
  await changeOrg(door(), stage.larkspur.asked, { invitationDays: 9 });
  await page.getByRole('button', { name: 'Save organisation' }).click();
  await page.getByText('Saved.').waitFor();
  expect(await page.getByLabel('Invitations last (days)').inputValue()).toBe('9');
  await page.close();
});

test('a domain is added with its record, refused with a reason, and removed', async () => {
  const page = await stage.open('settings?at=domains');
  const domains = page.getByRole('region', { name: 'Domains' });
  await domains.getByLabel('Add a domain').fill('not a domain');
  await domains.getByRole('button', { name: 'Add domain' }).click();
  await domains.getByText('"not a domain" is not a domain name').waitFor();
  expect(await domains.getByLabel('Add a domain').inputValue()).toBe('not a domain');
  await domains.getByLabel('Add a domain').fill('larkspur.example');
  await domains.getByRole('button', { name: 'Add domain' }).click();
  await domains.getByText('Not verified yet').waitFor();
  await domains.getByRole('button', { name: 'Copy value of the record for larkspur.example' }).waitFor();
  await expectAccessible(page);
  await domains.getByRole('button', { name: 'Remove larkspur.example' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove domain' }).click();
  await domains.getByText('No domain yet.').waitFor();
  await page.close();
});

test('quiet hours and notifications are kept in this browser', async () => {
  const page = await stage.open('settings?at=browser');
  await page.getByRole('switch', { name: /^Notify me/ }).click();
  await page.getByRole('checkbox', { name: 'Quiet hours' }).click();
  await page.getByLabel('Quiet from').selectOption('20');
  const background = await stage.browser.worker();
  await expect
    .poll(() =>
      background.evaluate(async () => (await chrome.storage.local.get('notifications')).notifications),
    )
    .toEqual({ on: true, quiet: { from: 20, to: 8 } });
  await page.close();
});

test('an admin who is no owner reads the settings, and is told why they cannot change them', async () => {
  const { deps, orgId, ownerId, asked, account } = stage.larkspur;
  const member = await deps.database.db
    .selectFrom('members')
    .select('id')
    .where('joined_at', 'is not', null)
    .where('active', '=', 1)
    .where('blocked_at', 'is', null)
    .where('id', '!=', ownerId)
    .executeTakeFirstOrThrow();
  await changeMembers(
    door(),
    { ...asked, actingRole: 'owner' },
    { action: { kind: 'change-role', role: 'admin' }, ids: [member.id] },
  );
  const token = await signInForApi(deps, orgId, member.id);
  await stage.browser.signIn({
    ...account,
    token,
    member: { ...account.member, id: member.id, role: 'admin' },
  });
  // What the owner knew is not the admin's.
  const background = await stage.browser.worker();
  await background.evaluate(() => chrome.storage.local.remove('lastKnown'));
  const page = await stage.open('settings');
  await page.getByText('Your role does not let you change the org’s settings').waitFor();
  expect(await page.getByLabel('Name', { exact: true }).isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: 'Turn the link on' }).count()).toBe(0);
  await page.close();
});
