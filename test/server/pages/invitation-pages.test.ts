import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { inviteFromText } from '../../../server/invitations/invite-from-text.ts';
import { changeSignUpLink, signUpAddress } from '../../../server/orgs/sign-up-link.ts';
import { expectAccessible } from '../../helpers/accessible.ts';
import { openBrowser, type TestBrowser } from '../../helpers/browser.ts';
import { lastMailTo } from '../../helpers/mailbox.ts';
import { type ScimServer, startScimServer } from '../../helpers/scim-server.ts';

describe('the pages of getting in, in a browser', () => {
  let server: ScimServer;
  let browser: TestBrowser;
  beforeAll(async () => {
    server = await startScimServer();
    browser = await openBrowser();
    const verified = { verified_at: 1, checked_at: 1, failing_since: null };
    await server.deps.database.db
      .insertInto('org_domains')
      .values({
        org_id: server.orgId,
        domain: 'larkspur.example',
        challenge: 'c',
        created_at: 1,
        ...verified,
      })
      .execute();
  });
  afterAll(async () => {
    await browser?.close();
    await server.close();
  });
  const deps = () => changeDepsOf(server.deps);
  const asked = () =>
    ({ orgId: server.orgId, actor: { kind: 'operator', id: 'test' }, requestId: 'test' }) as const;

  test('an invitation, by keyboard alone', async () => {
    const text = 'Quinn Ash <quinn@larkspur.example>';
    await inviteFromText(deps(), asked(), { text, role: 'member' }, ['member']);
    const { link } = await lastMailTo(server.deps, 'quinn@larkspur.example');
    const page = await browser.visit();
    await page.goto(`${server.url}${link}`);
    await expectAccessible(page);
    const name = page.getByLabel('Your name');
    await name.fill('');
    await name.press('Enter');
    await page.getByRole('alert').waitFor();
    await expectAccessible(page);
    await name.fill('Quinn Ash');
    await name.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Welcome to Larkspur Foundry' }).waitFor();
    await expectAccessible(page);
    await page.goto(`${server.url}${link}`);
    expect(await page.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe('/sign-in');
    await expectAccessible(page);
  });

  test('the sign-up link, from the form to the link in the mail', async () => {
    await changeSignUpLink(deps(), asked(), 'on');
    const address = await signUpAddress({ ...deps(), publicUrl: () => server.url }, server.orgId);
    const page = await browser.visit();
    await page.goto(address ?? '');
    await expectAccessible(page);
    await page.getByLabel('Your e-mail address').fill('sol@elsewhere.example');
    await page.getByRole('button').click();
    await page.getByRole('alert').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Your name').fill('Sol Reyes');
    await page.getByLabel('Your e-mail address').fill('sol@larkspur.example');
    await page.getByRole('button').click();
    await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();
    await expectAccessible(page);
    const { link } = await lastMailTo(server.deps, 'sol@larkspur.example');
    await page.goto(`${server.url}${link}`);
    await expectAccessible(page);
    await page.getByRole('button').click();
    await page.getByRole('heading', { name: 'Welcome to Larkspur Foundry' }).waitFor();
    await page.goto(`${server.url}${link}`);
    await expectAccessible(page);
    await page.goto(`${server.url}/sign-up`);
    await expectAccessible(page);
  });
});
