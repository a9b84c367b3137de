// The account at an identity provider that somebody signs in with, in their drawer: unlinked after a question, by keyboard.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import { addressOf } from '../../helpers/larkspur.ts';
import { linkAccount } from '../../helpers/sso-account.ts';
import { keyboardOn } from '../keyboard.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

const issuer = 'https://heron.okta.example';

let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage({ people: 12 });
});
afterAll(() => stage?.close());

test('an account is unlinked, and the drawer has it no more', async () => {
  const { larkspur } = stage;
  const id = larkspur.ids.get(addressOf('Noor Haddad')) ?? '';
  await linkAccount(larkspur, id, issuer);
  const page = await stage.open(`people?member=${id}`);
  const keys = keyboardOn(page);
  const unlink = page.getByRole('button', { name: 'Unlink the account at heron.okta.example' });
  await unlink.waitFor();
  await page.getByText(/^Linked yesterday · signed in just now$/).waitFor();
  await keys.choose(unlink);
  const dialog = page.getByRole('dialog', { name: 'Unlink Noor Haddad from heron.okta.example?' });
  await dialog.waitFor();
  await expectAccessible(page);
  await keys.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await keys.isOn(unlink);
  await keys.choose(unlink);
  await keys.choose(dialog.getByRole('button', { name: 'Unlink' }));
  await page.getByText('Noor Haddad is unlinked from the account at heron.okta.example.').waitFor();
  await unlink.waitFor({ state: 'detached' });
  await page.getByText(/^Unlinked from the account at https:\/\/heron\.okta\.example by ada/).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('person-name');
  await page.close();
});
