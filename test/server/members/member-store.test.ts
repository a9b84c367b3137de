import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  countManagedMembers,
  countVisibleMembers,
  seekVisibleMember,
  tallyBucket,
} from '../../../server/members/member-store.ts';
import { type Directory, type Entrance, openDirectory } from '../../helpers/directory.ts';
import { databases } from '../../helpers/scim-server.ts';

/** More than two buckets, so that a page can begin in, at and after their edges. */
const people = 2 * tallyBucket + 500;

describe.each(databases)('the tally of a large directory, on %s', (database) => {
  let directory: Directory;
  let okta: Entrance;
  let entra: Entrance;
  beforeAll(async () => {
    directory = await openDirectory(database);
    okta = await directory.connect('Our Okta');
    entra = await directory.connect('Our Entra');
    const { db, orgId, ownerId } = directory;
    const { seq: _seq, ...owner } = await db
      .selectFrom('members')
      .selectAll()
      .where('id', '=', ownerId)
      .executeTakeFirstOrThrow();
    const managers = [okta.connectionId, entra.connectionId, null];
    const rows = Array.from({ length: people }, (_, n) => ({
      ...owner,
      id: `m${n}`,
      user_name_norm: `m${n}`,
      email_norm: null,
      role: 'member' as const,
      connection_id: managers[n % 7 === 0 ? 1 : n % 11 === 0 ? 2 : 0] ?? null,
    }));
    for (let start = 0; start < people; start += 1000) {
      await db
        .insertInto('members')
        .values(rows.slice(start, start + 1000))
        .execute();
    }
    // Holes: one across the edge of a bucket, one that empties most of the first, and single ones.
    for (const [from, to] of [
      [100, 3900],
      [2 * tallyBucket - 20, 2 * tallyBucket + 20],
      [6000, 6001],
    ] as const) {
      await db
        .deleteFrom('members')
        .where('org_id', '=', orgId)
        .where('seq', '>=', from)
        .where('seq', '<', to)
        .execute();
    }
    await db
      .updateTable('members')
      .set({ connection_id: null })
      .where('seq', '>', people - 40)
      .execute();
    await db.updateTable('members').set({ active: 0, status: 'deactivated' }).where('seq', '<', 90).execute();
  });
  afterAll(() => directory.close());

  const visibleTo = ({ connectionId }: Entrance) =>
    directory.db
      .selectFrom('members')
      .select(['seq', 'id'])
      .where('org_id', '=', directory.orgId)
      .where((where) =>
        where.or([where('connection_id', 'is', null), where('connection_id', '=', connectionId)]),
      )
      .orderBy('seq');

  test('counts whom each connection sees and manages', async () => {
    for (const entrance of [okta, entra]) {
      const visible = await visibleTo(entrance).execute();
      const { connectionId } = entrance;
      expect(await countVisibleMembers(directory.db, directory.orgId, connectionId)).toBe(visible.length);
      const managed = await directory.db
        .selectFrom('members')
        .select('id')
        .where('connection_id', '=', connectionId)
        .execute();
      expect(await countManagedMembers(directory.db, directory.orgId, connectionId)).toBe(managed.length);
    }
  });

  test('finds the place of any member without stepping over those before', async () => {
    for (const entrance of [okta, entra]) {
      const visible = await visibleTo(entrance).execute();
      const last = visible.length - 1;
      const offsets = [0, 1, 98, 99, 100, 101, last - 1, last];
      for (let offset = 0; offset < visible.length; offset += 313) offsets.push(offset);
      for (const offset of offsets) {
        const { fromSeq, skip } = await seekVisibleMember(
          directory.db,
          directory.orgId,
          entrance.connectionId,
          offset,
        );
        const found = await visibleTo(entrance)
          .where('seq', '>=', fromSeq)
          .offset(skip)
          .limit(1)
          .executeTakeFirst();
        expect(found, `offset ${offset}`).toEqual(visible[offset]);
        expect(skip).toBeLessThan(tallyBucket);
      }
    }
  });
});
