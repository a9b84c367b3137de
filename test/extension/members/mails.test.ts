// The mail section in the browser: why one failed, and sending it again.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../../helpers/accessible.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage({ people: 12 });
  const { database } = stage.larkspur.deps;
  await database.db
    .updateTable('outbox')
    .set({ state: 'dead', last_error: '550 5.1.1 No such mailbox', ended_at: Date.now(), attempts: 8 })
    .where('recipient', '=', 'imogen.adeyemi@larkspur.example')
    .execute();
});
afterAll(() => stage.close());

test('a failed mail says why, and goes out again', async () => {
  const page = await stage.open('mail?state=dead');
  await page.getByRole('button', { name: 'imogen.adeyemi@larkspur.example', exact: true }).click();
  const side = page.getByRole('complementary', { name: 'Invitation' });
  await side.getByText('550 5.1.1 No such mailbox').waitFor();
  await expectAccessible(page);
  await side.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('The mail is on its way again.').waitFor();
  await page.getByText('No mail has failed').waitFor();
  const mail = await stage.larkspur.deps.database.db
    .selectFrom('outbox')
    .select('state')
    .where('recipient', '=', 'imogen.adeyemi@larkspur.example')
    .executeTakeFirst();
  expect(mail?.state).toBe('waiting');
  await page.close();
});
