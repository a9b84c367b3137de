// The findings section: the order of what is wrong, and the way to the step that mends it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findingsOf } from '../../../extension/members/finding-order.ts';
import type { Finding } from '../../../shared/finding.ts';
import type { OrgSync } from '../../../shared/sync-status.ts';
import { expectAccessible } from '../../helpers/accessible.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage({ people: 12 });
  await stage.larkspur.scim('POST', '/Users', { schemas: [], userName: 'no address at all' });
  await stage.larkspur.deps.provisioningLog.flush();
});
afterAll(() => stage.close());

test('a finding names what is wrong and opens the side panel at its connection', async () => {
  const page = await stage.open('findings');
  await page.getByRole('heading', { name: /no address at all/ }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Show me' }).click();
  const panel = await stage.browser.panel();
  await panel.getByText('Okta').first().waitFor();
  await page.close();
});

test('what blocks comes before what spoils data, and the latest of each first', () => {
  const finding = (id: string, severity: Finding['severity'], lastSeenAt: number) =>
    ({ id, severity, lastSeenAt }) as Finding;
  const connection = (name: string, findings: readonly Finding[]) => ({ name, findings });
  const sync = {
    state: 'attention',
    connections: [
      connection('One', [finding('warns', 'warning', 9), finding('spoils', 'wrong_data', 1)]),
      connection('Two', [finding('spoils later', 'wrong_data', 2), finding('blocks', 'blocks', 0)]),
    ],
  } as unknown as OrgSync;
  expect(findingsOf(sync).map(({ id }) => id)).toEqual(['blocks', 'spoils later', 'spoils', 'warns']);
});
