import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../../../server/db/database.ts';
import { memberTimeline } from '../../../server/members/member-timeline.ts';
import { eventsAbout, membershipsOf } from '../../../server/members/timeline-store.ts';
import { anyVersion, type Directory, type Entrance, openDirectory } from '../../helpers/directory.ts';
import { databases } from '../../helpers/scim-server.ts';
import { watchStatements } from '../../helpers/statements.ts';

const crowd = 5000;

describe.each(databases)('a group of five thousand, on %s', (database) => {
  let directory: Directory;
  let okta: Entrance;
  let groupId: string;
  let ids: readonly string[];
  beforeAll(async () => {
    directory = await openDirectory(database);
    okta = await directory.connect('Our Okta');
    ids = await addCrowd(directory, okta);
    const attributes = { displayName: 'Everybody' };
    groupId = (await okta.apply({ kind: 'add-group', attributes, memberIds: ids })).group.id;
  });
  afterAll(() => directory.close());

  const remove = () => okta.apply({ kind: 'remove-group', id: groupId, isExpected: anyVersion });
  const stories = async (id: string) =>
    (await memberTimeline(directory, directory.orgId, { memberId: id, limit: 9 })).entries.map(
      ({ sentence }) => sentence,
    );

  test('everybody in it joined it, and left it when it is removed: one statement for all of them', async () => {
    const statements = watchStatements();
    await remove();
    expect(statements().filter((text) => text.includes('insert into "member_events"'))).toHaveLength(1);
    const rows = await directory.db.selectFrom('member_events').selectAll().execute();
    expect(rows).toHaveLength(2 * crowd);
    const moves = (joined: number) =>
      new Set(rows.filter((r) => r.joined === joined).map((r) => r.member_id));
    expect(moves(1)).toEqual(new Set(ids));
    expect(moves(0)).toEqual(new Set(ids));
    for (const id of [ids.at(0), ids.at(-1)])
      expect(await stories(id ?? '')).toEqual([
        'Left the group Everybody, which was removed by Our Okta',
        'Joined the group Everybody by Our Okta',
        'Added to the directory by Our Okta',
      ]);
  });

  test.each<readonly [string, typeof eventsAbout | typeof membershipsOf, RegExp]>([
    ['what is told of them', eventsAbout, /events_by_subject/],
    ['what is told of their groups', membershipsOf, /PRIMARY KEY|member_events_pk/],
  ])('%s is looked up by index, in order', async (_what, read, index) => {
    if (database === 'postgres') await sql`analyze`.execute(directory.db);
    const statements = watchStatements();
    await read(directory.db, directory.orgId, ids[7] ?? '', { limit: 50 });
    const [text = ''] = statements();
    const plan = await planOf(directory.db, text);
    expect(plan).toMatch(index);
    expect(plan).not.toMatch(/SCAN|Seq Scan|TEMP B-TREE|Sort|Hash/);
  });
});

async function planOf(db: Db, text: string): Promise<string> {
  const explain = text.includes('$1')
    ? `explain (generic_plan) ${text}`
    : `explain query plan ${text.replaceAll('?', "'1'")}`;
  const { rows } = await sql<Record<string, unknown>>`${sql.raw(explain)}`.execute(db);
  return rows.map((row) => String(row.detail ?? row['QUERY PLAN'])).join('\n');
}

/** One person through the door; the others as copies of their row, and of the event that tells of them. */
async function addCrowd(directory: Directory, okta: Entrance): Promise<readonly string[]> {
  const { member } = await okta.apply({ kind: 'provision-member', attributes: { userName: 'first' } });
  const { seq: _seq, ...row } = await directory.db
    .selectFrom('members')
    .selectAll()
    .where('id', '=', member.id)
    .executeTakeFirstOrThrow();
  const { seq: _at, ...event } = await directory.db
    .selectFrom('events')
    .selectAll()
    .where('subject_id', '=', member.id)
    .executeTakeFirstOrThrow();
  const others = Array.from({ length: crowd - 1 }, (_, n) => ({
    ...row,
    id: `0199b000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    user_name: `other-${n}`,
    user_name_norm: `other-${n}`,
  }));
  for (let start = 0; start < others.length; start += 500) {
    const slice = others.slice(start, start + 500);
    await directory.db.insertInto('members').values(slice).execute();
    const events = slice.map(({ id }) => ({ ...event, subject_id: id }));
    await directory.db.insertInto('events').values(events).execute();
  }
  return [member.id, ...others.map(({ id }) => id)];
}
