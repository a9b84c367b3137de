import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addSession, endSessions, findSession } from '../../../server/auth/session-store.ts';
import { inTransaction } from '../../../server/db/transaction.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { databases } from '../../helpers/scim-server.ts';

describe.each(databases)('sessions, on %s', (database) => {
  let directory: Directory;
  beforeAll(async () => {
    directory = await openDirectory(database);
  });
  afterAll(() => directory.close());

  const add = (memberId: string, hash: string, orgId = directory.orgId) =>
    addSession(directory.db, orgId, { memberId, hash, name: 'Laptop', now: 100, expiresAt: 200 });

  test('found by the hash of the token until it expires', async () => {
    await add('ines', 'h1');
    expect(await findSession(directory.db, 'h1', 199)).toEqual({
      org_id: directory.orgId,
      member_id: 'ines',
      name: 'Laptop',
      expires_at: 200,
    });
    expect(await findSession(directory.db, 'h1', 200)).toBeUndefined();
    expect(await findSession(directory.db, 'H1', 150)).toBeUndefined();
  });

  test('ended: all of that member, of that org, and counted', async () => {
    await add('noor', 'n1');
    await add('noor', 'n2');
    await add('per', 'p1');
    await add('noor', 'elsewhere', 'another org');
    expect(await endSessions(directory.db, directory.orgId, 'noor')).toBe(2);
    expect(await endSessions(directory.db, directory.orgId, 'noor')).toBe(0);
    const left = await Promise.all(
      ['n1', 'n2', 'p1', 'elsewhere'].map((hash) => findSession(directory.db, hash, 150)),
    );
    expect(left.map((session) => session?.member_id)).toEqual([undefined, undefined, 'per', 'noor']);
  });

  test('ended in a transaction that fails, they go on', async () => {
    await add('quinn', 'q1');
    const failing = inTransaction(directory.db, async (trx) => {
      await endSessions(trx, directory.orgId, 'quinn');
      throw new Error('changed our mind');
    });
    await expect(failing).rejects.toThrow('changed our mind');
    expect(await findSession(directory.db, 'q1', 150)).toMatchObject({ member_id: 'quinn' });
  });
});
