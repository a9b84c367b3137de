import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import { type ApiClient, apiClient } from '../../helpers/api-client.ts';
import { addressOf } from '../../helpers/larkspur.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
let api: ApiClient;
let page: Page;
beforeAll(async () => {
  stage = await openSectionStage({ people: 12 });
  api = apiClient(stage.larkspur.url, stage.larkspur.account.token);
});
afterAll(() => stage?.close());
beforeEach(async () => {
  page = await stage.open('people');
  await page.setViewportSize({ width: 1280, height: 900 });
});
afterEach(() => page.close());

const show = async (memberId: string) => {
  await page.goto(page.url().replace(/#.*/, `#/people?member=${memberId}`));
  const story = page.getByRole('region', { name: /^(?:Why|How) .+ access/ });
  await story.getByRole('listitem').first().waitFor();
  return story;
};
const someone = async (status: 'deactivated' | 'blocked') => {
  const [row] = (await api.members.list.query({ status })).rows;
  if (row === undefined) throw new Error(`nobody is ${status}`);
  return row;
};

describe('why somebody has no access, beside the list', () => {
  test('the story leads to the very request, and to where it is mended', async () => {
    const story = await show((await someone('deactivated')).id);
    await story.getByText(/^Deactivated by Okta\./).waitFor();
    await story.getByText(/^To bring .+ back, assign the app to them again in Okta\.$/).waitFor();
    await story.getByText('Assignments').waitFor();
    await story.getByRole('button', { name: 'Show me' }).waitFor();
    expect(await story.getByRole('link', { name: 'Open Okta' }).getAttribute('href')).toMatch(/^https:\/\//);
    await expectAccessible(page);

    const request = story.getByRole('link', { name: 'PATCH /Users/{id}' }).first();
    await request.focus();
    await page.keyboard.press('Enter');
    const side = page.getByRole('complementary', { name: 'PATCH /Users/{id}' });
    await side.getByText('active', { exact: true }).waitFor();
  });

  test('who is not invited is told of the setting that leaves it so', async () => {
    const story = await show(stage.larkspur.ids.get(addressOf('Ada Pell')) ?? '');
    await story.getByText('Automatic invitations are off, so that nobody is invited on arrival.').waitFor();
    await story.getByText('Press Invite to send Ada an invitation.').waitFor();
    await page.getByRole('button', { name: 'Invite', exact: true }).waitFor();
    await story.getByRole('link', { name: 'Open Invitations' }).click();
    await page.getByRole('heading', { name: 'Invitations' }).waitFor();
  });

  test('the story follows what happens', async () => {
    const { id, name } = await someone('blocked');
    const story = await show(id);
    await story.getByText(/^Blocked by .+ “Laptop lost”/).waitFor();
    await page.getByRole('region', { name, exact: true }).getByRole('button', { name: 'Unblock' }).click();
    await page.getByRole('heading', { name: /^How .+ has access$/ }).waitFor();
    await story.getByText(/^Unblocked by/).waitFor();
  });

  test('a fault of the connection stands between, with the way to mend it', async () => {
    const { connections } = { connections: await api.connections.list.query() };
    const okta = connections.find(({ kind }) => kind === 'okta');
    for (const { id: tokenId } of okta?.tokens ?? [])
      await api.connections.revokeToken.mutate({ connectionId: okta?.id ?? '', tokenId });
    const story = await show((await someone('deactivated')).id);
    await story.getByText(/^The token ending in .+ was revoked on .+, and there is no other\.$/).waitFor();
    await story.getByRole('img', { name: 'Wrong now:' }).waitFor();
    await expectAccessible(page);
    await story.getByRole('link', { name: 'See the finding' }).click();
    await page.getByRole('heading', { name: 'Findings', level: 1 }).waitFor();
  });
});
