import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endAccess } from '../../../server/auth/access-store.ts';
import {
  addSession,
  endSession,
  findSession,
  listSessions,
  touchSession,
} from '../../../server/auth/session-store.ts';
import { inTransaction } from '../../../server/db/transaction.ts';
import { type Directory, openDirectory } from '../../helpers/directory.ts';
import { databases } from '../../helpers/scim-server.ts';
import { newSession } from '../../helpers/sessions.ts';

describe.each(databases)('sessions, on %s', (database) => {
  let directory: Directory;
  beforeAll(async () => {
    directory = await openDirectory(database);
  });
  afterAll(() => directory.close());

  const add = (memberId: string, hash: string, orgId = directory.orgId) =>
    addSession(directory.db, { ...newSession(orgId, memberId, hash), created_at: 100, expires_at: 200 });
  const end = (memberId: string) => endAccess(directory.db, directory.orgId, memberId, 150);

  test('found by the hash of the token until it expires', async () => {
    await add('ines', 'h1');
    expect(await findSession(directory.db, 'h1', 199)).toMatchObject({
      org_id: directory.orgId,
      member_id: 'ines',
      name: 'Laptop',
      last_used_at: null,
      expires_at: 200,
    });
    expect(await findSession(directory.db, 'h1', 200)).toBeUndefined();
    expect(await findSession(directory.db, 'H1', 150)).toBeUndefined();
    await touchSession(directory.db, 'h1', 170);
    expect(await findSession(directory.db, 'h1', 199)).toMatchObject({ last_used_at: 170 });
  });

  test('listed while they last, and one of them ended by its owner only', async () => {
    await add('rufus', 'r1');
    await add('rufus', 'r2');
    const ids = async (now: number) =>
      (await listSessions(directory.db, directory.orgId, 'rufus', now)).map(({ id }) => id).sort();
    expect(await ids(199)).toEqual(['r1', 'r2']);
    expect(await ids(200)).toEqual([]);
    expect(await endSession(directory.db, directory.orgId, 'ines', 'r1')).toBeUndefined();
    expect(await endSession(directory.db, 'another org', 'rufus', 'r1')).toBeUndefined();
    expect(await endSession(directory.db, directory.orgId, 'rufus', 'r1')).toMatchObject({ hash: 'r1' });
    expect(await ids(199)).toEqual(['r2']);
  });

  test('ended: all of that member, of that org, and counted', async () => {
    await add('noor', 'n1');
    await add('noor', 'n2');
    await add('per', 'p1');
    await add('noor', 'elsewhere', 'another org');
    expect(await end('noor')).toEqual({ sessionsEnded: 2, invitationsEnded: 0 });
    expect(await end('noor')).toEqual({ sessionsEnded: 0, invitationsEnded: 0 });
    const left = await Promise.all(
      ['n1', 'n2', 'p1', 'elsewhere'].map((hash) => findSession(directory.db, hash, 150)),
    );
    expect(left.map((session) => session?.member_id)).toEqual([undefined, undefined, 'per', 'noor']);
  });

  test('ended in a transaction that fails, they go on', async () => {
    await add('quinn', 'q1');
    const failing = inTransaction(directory.db, async (trx) => {
      await endAccess(trx, directory.orgId, 'quinn', 150);
      throw new Error('changed our mind');
    });
    await expect(failing).rejects.toThrow('changed our mind');
    expect(await findSession(directory.db, 'q1', 150)).toMatchObject({ member_id: 'quinn' });
  });
});
