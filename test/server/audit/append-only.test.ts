import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moveAuditHorizon } from '../../../server/audit/audit-store.ts';
import { inTransaction } from '../../../server/db/transaction.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { databases } from '../../helpers/scim-server.ts';

describe.each(databases)('the audit log refuses to be rewritten by %s itself', (database) => {
  let directory: Directory;
  beforeAll(async () => {
    directory = await openDirectory(database);
  });
  afterAll(() => directory.close());

  const entries = () => directory.db.selectFrom('audit').selectAll().orderBy('seq').execute();
  const deleteAll = () => directory.db.deleteFrom('audit').where('org_id', '=', directory.orgId).execute();
  const moveHorizon = (to: number) =>
    inTransaction(directory.db, (trx) => moveAuditHorizon(trx, directory.orgId, to));
  const refusal = 'the audit log is append-only';

  test('no change, no deletion, no emptying', async () => {
    const before = await entries();
    expect(before).not.toEqual([]);
    const change = directory.db.updateTable('audit').set({ actor_id: 'somebody else' }).execute();
    await expect(change).rejects.toThrow(refusal);
    await expect(deleteAll()).rejects.toThrow(refusal);
    if (database === 'postgres')
      await expect(sql`truncate audit`.execute(directory.db)).rejects.toThrow(refusal);
    expect(await entries()).toEqual(before);
  });

  test('deletion only of what is older than the horizon of its org', async () => {
    const other = await directory.found('Quarry & Sons');
    await moveHorizon(directory.clock.now);
    await expect(deleteAll()).rejects.toThrow(refusal);
    await moveHorizon(directory.clock.now + 1);
    const theirs = directory.db.deleteFrom('audit').where('org_id', '=', other.orgId).execute();
    await expect(theirs).rejects.toThrow(refusal);
    await deleteAll();
    expect((await entries()).every(({ org_id }) => org_id === other.orgId)).toBe(true);
  });
});
