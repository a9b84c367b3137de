// The settings of custom attributes in the browser, by keyboard alone: one is defined, becomes a column of the people's list,
// is changed, removed after the question, and put back.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import { apiClient } from '../../helpers/api-client.ts';
import { addressOf } from '../../helpers/larkspur.ts';
import { keyboardOn } from '../keyboard.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage({ people: 12 });
});
afterAll(() => stage?.close());

/** What their identity provider says of somebody from now on. */
async function giveBadge(name: string, badge: number): Promise<void> {
  const { larkspur } = stage;
  const { urn } = await apiClient(larkspur.url, larkspur.account.token).attributes.get.query();
  const answers = await Promise.all(
    [larkspur, larkspur.entra].map(({ scim }) =>
      scim('PATCH', `/Users/${larkspur.ids.get(addressOf(name))}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'add', path: `${urn}:badge`, value: badge }],
      }),
    ),
  );
  // One of the two manages them; they do not exist for the other.
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
}

test('an attribute is defined, chosen as a column, changed, removed and put back by keyboard alone', async () => {
  const page = await stage.open('attributes');
  const keys = keyboardOn(page);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const row = page.getByRole('table', { name: 'Custom attributes' }).getByRole('row', { name: /badge/ });
  const isFocusKept = () => page.evaluate(() => document.activeElement !== document.body);
  await page.getByText('No attribute of your own').waitFor();
  await keys.choose(button('New attribute'));
  const define = page.getByRole('dialog', { name: 'New attribute' });
  await keys.isOn(define.getByRole('textbox', { name: 'Name' }));
  await keys.press('Enter');
  await define.getByText('Give it a name.').waitFor();
  await keys.type('badge');
  await keys.tabTo(define.getByRole('combobox', { name: 'Type' }));
  await keys.type('W');
  expect(await define.getByRole('combobox', { name: 'Type' }).inputValue()).toBe('integer');
  await keys.tabTo(define.getByRole('textbox', { name: 'What it is for' }));
  await keys.type('On the card at the gate');
  await keys.tabTo(define.getByRole('checkbox', { name: 'Everybody needs one' }));
  await keys.press('Space');
  await define.getByText(/people lack a value of "badge"\. They stay as they are\./).waitFor();
  await expectAccessible(page);
  await keys.choose(define.getByRole('button', { name: 'Define attribute' }));
  await page.getByText('badge is defined.').waitFor();
  await row.getByText('Whole number, needed', { exact: true }).waitFor();
  await row.getByText('On the card at the gate').waitFor();
  await button('Copy schema').waitFor();
  await expect.poll(isFocusKept).toBe(true);
  await expectAccessible(page);

  await giveBadge('Noor Haddad', 4711);
  const people = await stage.open('people?search=noor');
  await people.setViewportSize({ width: 1440, height: 900 });
  const noor = people.getByRole('row', { name: /Noor Haddad/ });
  const inList = keyboardOn(people);
  await noor.waitFor();
  await inList.choose(people.getByRole('button', { name: 'View', exact: true }));
  const choice = people.getByRole('menuitemcheckbox', { name: 'Badge' });
  await choice.waitFor();
  await choice.focus();
  await inList.press('Enter', 'Escape');
  const column = people.getByRole('columnheader', { name: 'Badge' });
  await column.waitFor();
  await noor.getByText('4711', { exact: true }).waitFor();

  await keys.choose(button('Change badge'));
  const change = page.getByRole('dialog', { name: 'Change badge' });
  await change.waitFor();
  expect(await change.getByRole('textbox', { name: 'Name' }).isDisabled()).toBe(true);
  await keys.tabTo(change.getByRole('combobox', { name: 'Type' }));
  await keys.type('Y');
  await change.getByText('Does not fit', { exact: true }).waitFor();
  await change.getByText('1 person carries a value of "badge" that would not fit.').waitFor();
  await keys.choose(change.getByRole('button', { name: 'Save attribute' }));
  await change.getByRole('alert').waitFor();
  await keys.isOn(change.getByRole('button', { name: 'Save attribute' }));
  await expectAccessible(page);
  await keys.tabTo(change.getByRole('combobox', { name: 'Type' }));
  await keys.type('W');
  await keys.tabTo(change.getByRole('textbox', { name: 'What it is for' }));
  await keys.press('ControlOrMeta+a');
  await keys.type('On the card');
  await keys.tabTo(change.getByRole('checkbox', { name: 'Everybody needs one' }));
  await keys.press('Space');
  await change.getByText('1 person carries a value of "badge", and every one fits.').waitFor();
  await keys.choose(change.getByRole('button', { name: 'Save attribute' }));
  await page.getByText('badge is changed.').waitFor();
  await row.getByText('Whole number', { exact: true }).waitFor();
  await row.getByText('On the card', { exact: true }).waitFor();
  await keys.isOn(button('Change badge'));

  await keys.choose(button('Remove badge'));
  const remove = page.getByRole('dialog', { name: 'Remove badge?' });
  await remove.getByText('1 person carries a value of "badge", which will be hidden.').waitFor();
  await keys.press('Escape');
  await remove.waitFor({ state: 'detached' });
  await keys.isOn(button('Remove badge'));
  await keys.press('Enter');
  await remove.getByText('erased after 30 days').waitFor();
  await expectAccessible(page);
  await keys.choose(remove.getByRole('button', { name: 'Remove attribute' }));
  await page.getByText('badge is removed. Its values can be put back for 30 days.').waitFor();
  await page.getByText('No attribute of your own').waitFor();
  await expect.poll(isFocusKept).toBe(true);
  await people.reload();
  await noor.waitFor();
  // A chosen column stays until it is put away, and says nothing.
  await column.waitFor();
  await noor.getByText('4711', { exact: true }).waitFor({ state: 'detached' });

  await keys.choose(button('Put badge back'));
  await page.getByText('The attribute is back, with its values.').waitFor();
  await row.waitFor();
  await expect.poll(isFocusKept).toBe(true);
  await people.reload();
  await noor.getByText('4711', { exact: true }).waitFor();
  await people.close();
  await page.close();
});
