import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { findSessionPerson } from '../../../server/auth/session-store.ts';
import { findWaysIn } from '../../../server/auth/way-in-store.ts';
import { openDirectory } from '../../helpers/directory.ts';
import { watchStatements } from '../../helpers/statements.ts';

test.each([
  ['signing in looks an address up in each org', findWaysIn],
  [
    'a request looks its session up',
    (db: Parameters<typeof findWaysIn>[0], hash: string) => findSessionPerson(db, hash, 1),
  ],
])('%s by an index, not by reading every member', async (_name, query) => {
  const directory = await openDirectory('sqlite');
  onTestFinished(() => directory.close());
  const statements = watchStatements();
  await query(directory.db, 'anything');
  const [text = ''] = statements();
  expect(text).toContain('members');
  const plan = await sql<{
    detail: string;
  }>`explain query plan ${sql.raw(text.replaceAll('?', "'x'"))}`.execute(directory.db);
  const steps = plan.rows.map(({ detail }) => detail);
  expect(steps).toContainEqual(expect.stringMatching(/^SEARCH m USING INDEX \w+ \(org_id=\? AND /));
  expect(steps).not.toContainEqual(expect.stringMatching(/^SCAN [ms]\b/));
});
