// What people ask of a large directory: a page of each tab, a page deep in it, a search, the counts; beside one prepared
// statement that reads a page by index. Knows the list's own functions, no HTTP.
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { openDatabase } from '../server/db/open-database.ts';
import { countMembers, type ListDeps, listMembers } from '../server/members/list-members.ts';
import { memberStatuses } from '../shared/member.ts';
import { type MemberListQuery, memberListQuerySchema, memberSorts } from '../shared/member-list.ts';
import { type Directory, withDirectory } from './directory.ts';
import { type Figure, median, percentile } from './figure.ts';
import { memberId } from './seed.ts';
import type { Sizes } from './sizes.ts';

/** In milliseconds. */
const targets = { page: 15, jump: 200, counts: 2 };

export async function benchMembers(sizes: Sizes): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const members of [sizes.small, sizes.middle, sizes.large])
    figures.push(...(await withDirectory(members, (directory) => measure(directory, sizes))));
  return figures;
}

async function measure(directory: Directory, { turns }: Sizes): Promise<readonly Figure[]> {
  const file = join(directory.dataDir, 'rollcall.db');
  giveStandings(file, directory);
  const database = openDatabase({ file });
  const deps: ListDeps = { database, now: Date.now, secret: Buffer.alloc(32) };
  const beside = { name: 'a page by index', value: await ceiling(file, directory, turns), unit: 'ms' };
  const of = directory.members.toLocaleString('en');
  const figures: Figure[] = [];
  for (const [name, query] of Object.entries(await queriesOn(deps, directory))) {
    const times = await timesOf(Math.min(turns / 10, 100), () => listMembers(deps, directory.orgId, query));
    const atMost = query.at === undefined ? targets.page : targets.jump;
    const target = { of: 'value', atMost } as const;
    figures.push({ name: `${name} of ${of}, p50`, value: median(times), unit: 'ms', beside, target });
    figures.push({ name: `${name} of ${of}, p99`, value: percentile(times, 99), unit: 'ms' });
  }
  const counts = await timesOf(turns / 4, () => countMembers(deps, directory.orgId));
  const target = { of: 'value', atMost: targets.counts } as const;
  figures.push({ name: `counts of ${of}, p50`, value: median(counts), unit: 'ms', target });
  await database.close();
  return figures;
}

/** Everybody is active but for a tenth invited, a tenth not, a twentieth gone and one in three hundred blocked. */
export function giveStandings(file: string, { orgId }: Directory): void {
  const sqlite = new Sqlite(file);
  sqlite.pragma('synchronous = OFF');
  sqlite.pragma('cache_size = -500000');
  const standing = (where: string, set: string) =>
    sqlite.prepare(`update members set ${set} where org_id = ? and role = 'member' and ${where}`).run(orgId);
  // Multiplied first, so that neither names nor creation order have anything to do with it.
  const lot = '(seq * 7919) % 1000';
  standing(`${lot} < 747`, "joined_at = created_at, status = 'active'");
  standing(`${lot} between 747 and 846`, "invited_at = created_at, status = 'invited'");
  standing(`${lot} between 947 and 996`, "active = 0, status = 'deactivated'");
  standing(`${lot} > 996`, "blocked_at = created_at, status = 'blocked'");
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
}

/** What is asked, by what it is called. */
async function queriesOn(deps: ListDeps, { orgId, crowds, members }: Directory) {
  const query = (given: Partial<MemberListQuery>) => memberListQuerySchema.parse(given);
  const queries: Record<string, MemberListQuery> = {};
  for (const sort of memberSorts) queries[`first page by ${sort}`] = query({ sort });
  for (const status of memberStatuses) queries[`${status}, by name`] = query({ status });
  for (const status of memberStatuses) queries[`${status}, by change`] = query({ status, sort: 'changed' });
  queries['nobody’s members'] = query({ connectionId: 'none' });
  queries.owners = query({ role: 'owner' });
  queries['a department'] = query({ department: 'Research' });
  for (const { id, size } of crowds)
    queries[`group of ${size.toLocaleString('en')}`] = query({ groupId: id });
  for (const search of ['a', 'hol', 'lindqvis', 'ada lind', 'ada.abelard.1', 'nobody'])
    queries[`search "${search}"`] = query({ search });
  queries['search "ada", blocked'] = query({ search: 'ada', status: 'blocked' });
  queries['search "ada", deactivated'] = query({ search: 'ada', status: 'deactivated' });
  for (const sort of memberSorts)
    queries[`jump to nine tenths by ${sort}`] = query({ sort, at: Math.floor(members * 0.9), limit: 100 });
  queries['twentieth page by name'] = await deep(deps, orgId, query({ limit: 200 }), 20);
  return queries;
}

async function deep(deps: ListDeps, orgId: string, first: MemberListQuery, pages: number) {
  let query = first;
  for (let page = 1; page < pages; page++) {
    const { nextCursor } = await listMembers(deps, orgId, query);
    if (nextCursor !== null) query = { ...query, cursor: nextCursor };
  }
  return { ...query, limit: 50 };
}

async function timesOf(turns: number, work: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < turns + 5; turn++) {
    const began = performance.now();
    await work();
    if (turn >= 5) times.push(performance.now() - began);
  }
  return times;
}

/** One prepared statement that reads fifty rows on from a member. */
async function ceiling(file: string, { orgId, members }: Directory, turns: number): Promise<number> {
  const sqlite = new Sqlite(file, { readonly: true });
  const page = sqlite.prepare('select * from members where org_id = ? and id > ? order by id limit 50');
  let turn = 0;
  const times = await timesOf(turns / 4, async () =>
    page.all(orgId, memberId(1 + ((turn++ * 7919) % members))),
  );
  sqlite.close();
  return median(times);
}
