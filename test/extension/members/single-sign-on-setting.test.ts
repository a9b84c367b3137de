// Single sign-on in the settings, with a real identity provider: tested, saved, tried in a tab, required, removed.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import { startTestIdp, type TestIdp } from '../../oidc/test-idp.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

const ada = { id: '00uada', name: 'Ada Holm', email: 'ada@larkspur.example' };

let stage: SectionStage;
let idp: TestIdp;
beforeAll(async () => {
  [stage, idp] = await Promise.all([
    openSectionStage({ people: 12, env: { OUTGOING_NETWORKS: '127.0.0.0/8' } }),
    startTestIdp({ shape: 'okta', people: [ada] }),
  ]);
});
afterAll(async () => {
  await stage?.close();
  await idp?.close();
});

test('it is tested, saved, proven by a sign-in, required and removed', async () => {
  const page = await stage.open('settings?at=sso');
  const section = page.getByRole('region', { name: 'Single sign-on', exact: true });
  const dialog = page.getByRole('dialog');
  await section.getByText('Not set up').waitFor();
  const redirectUri = await page
    .getByRole('region', { name: 'Addresses for it' })
    .locator('code')
    .first()
    .innerText();
  idp.register({ clientId: 'rollcall', clientSecret: 'quiet-otter-9', redirectUris: [redirectUri] });
  await section.getByRole('button', { name: 'Test', exact: true }).click();
  await section.getByText('Give the issuer, as the console shows it.').waitFor();
  await section.getByLabel('Issuer').fill(idp.issuer);
  await section.getByLabel('Client ID').fill('rollcall');
  await section.getByLabel('Client secret').fill('quiet-otter-9');
  await section.getByRole('button', { name: 'Test', exact: true }).click();
  await section.getByRole('list', { name: 'What the test found' }).getByText('In order').first().waitFor();
  await expectAccessible(page);
  await section.getByRole('button', { name: 'Save single sign-on' }).click();
  await section.getByText('Not proven yet').waitFor();
  expect(await section.getByLabel('Client secret').inputValue()).toBe('');
  const required = page.getByRole('region', { name: 'The only way in' });
  expect(await required.getByRole('button', { name: 'Require single sign-on' }).isDisabled()).toBe(true);

  const [tab] = await Promise.all([
    stage.browser.context.waitForEvent('page'),
    section.getByRole('link', { name: 'Try it yourself' }).click(),
  ]);
  await tab.locator('input[name="login"]').fill(ada.email);
  await tab.locator('[name="press"][value="in"]').click();
  await tab.getByRole('heading', { name: /^You are signed in/ }).waitFor();
  await tab.close();
  await section.getByText('Proven', { exact: true }).waitFor();
  const latest = page.getByRole('region', { name: 'Latest sign-ins' });
  await latest.getByText('Signed in').first().waitFor();
  await expectAccessible(page);
  await latest.getByRole('link').first().click();
  await page.getByRole('button', { name: `Unlink the account at ${new URL(idp.issuer).host}` }).waitFor();
  await page.goBack();

  await required.getByRole('button', { name: 'Require single sign-on' }).click();
  await dialog.getByText(/^Owners keep a way in by mail/).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await section.getByRole('button', { name: 'Remove single sign-on' }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await section.getByText('Not set up').waitFor();
  await page.close();
});
