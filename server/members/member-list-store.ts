// Reads the members' list in its order, on from where the last page ended. Knows which index is in which order, not which
// way to a page pays.
import { type RawBuilder, sql } from 'kysely';
import { memberStatuses } from '../../shared/member.ts';
import type { MemberFilter, MemberSort } from '../../shared/member-list.ts';
import type { Db } from '../db/database.ts';
import type { Fragment } from '../db/json-sql.ts';
import { isPostgres } from '../db/locks.ts';
import { runCompiled } from '../db/prepared.ts';
import { rowCount } from '../db/row-count.ts';
import { conditionsOf, type Driver, type FilterName, membersBy } from './member-filter-sql.ts';

/** A member's place in the list. */
export interface MemberKey {
  readonly id: string;
  readonly seq: number;
  /** What the list is sorted by; null where they have no such value, and in creation order. */
  readonly value: string | number | null;
}

/** A stretch of the list. */
export interface Stretch {
  readonly filter: MemberFilter;
  readonly sort: MemberSort;
  readonly backward: boolean;
  /** The way to the members; without one, everybody is walked in the list's order. */
  readonly driver?: Driver | undefined;
  readonly after?: Pick<MemberKey, 'seq' | 'value'> | undefined;
  readonly limit: number;
}

export interface Sorting {
  /** What is sorted by before creation order. */
  readonly column?: 'display_name_norm' | 'email_norm' | 'updated_at';
  /** Whether some have no value; they come last, whatever the direction. */
  readonly nullable?: true;
  /** The index that is in this order. */
  readonly index: string;
  /** The index that is in this order within one status. */
  readonly byStatus?: string;
}

export const sortings: Readonly<Record<MemberSort, Sorting>> = {
  name: { column: 'display_name_norm', nullable: true, index: 'members_by_display_name' },
  email: { column: 'email_norm', nullable: true, index: 'members_by_email' },
  newest: { index: 'members_in_order', byStatus: 'members_by_status' },
  changed: { column: 'updated_at', index: 'members_by_change', byStatus: 'members_by_change' },
};

/** The filters that a walk in this order meets by itself: the others are asked row by row. */
export function metByWalking(sort: MemberSort): readonly FilterName[] {
  return sortings[sort].byStatus === undefined ? [] : ['status'];
}

/** The keys of a stretch, in order. */
export async function memberKeys(reader: Db, orgId: string, stretch: Stretch): Promise<readonly MemberKey[]> {
  const { filter, sort, driver, limit } = stretch;
  if (sort === 'changed' && driver === undefined && filter.status === undefined) {
    const each = memberStatuses.map((status) =>
      memberKeys(reader, orgId, { ...stretch, filter: { ...filter, status } }),
    );
    const merged = (await Promise.all(each)).flat().sort(byTimeOfChange);
    return (stretch.backward ? merged.reverse() : merged).slice(0, limit);
  }
  const keys: MemberKey[] = [];
  for (const part of partsOf(stretch)) {
    if (keys.length >= limit) break;
    const query = keysOfPart(reader, orgId, stretch, part, limit - keys.length).compile(reader);
    keys.push(...(await runCompiled(reader, query, {})));
  }
  return keys;
}

function byTimeOfChange(a: MemberKey, b: MemberKey): number {
  return Number(a.value) - Number(b.value) || a.seq - b.seq;
}

/** Those with a value come first, then those without: each part is one run of an index. */
export interface Part {
  readonly withValue: boolean;
  readonly after?: Stretch['after'];
  /** How many to leave out at its beginning. */
  readonly skip?: number;
}

function partsOf({ sort, after }: Stretch): readonly Part[] {
  if (sortings[sort].nullable === undefined)
    return [{ withValue: sortings[sort].column !== undefined, after }];
  if (after !== undefined && after.value === null) return [{ withValue: false, after }];
  return [{ withValue: true, after }, { withValue: false }];
}

/** The keys of one part of a stretch. */
export function keysOfPart(
  db: Db,
  orgId: string,
  { filter, sort, backward, driver }: Stretch,
  { withValue, after, skip = 0 }: Part,
  limit: number,
): RawBuilder<MemberKey> {
  const { column, nullable, index, byStatus } = sortings[sort];
  const walked = filter.status === undefined ? index : (byStatus ?? index);
  const value = column === undefined ? sql`null` : sql.ref(`r.${column}`);
  const conditions = [
    conditionsOf(db, orgId, filter),
    ...(driver ? [driver.where] : []),
    ...(nullable ? [withValue ? sql`${value} is not null` : sql`${value} is null`] : []),
  ];
  const of = (further: readonly Fragment[]) =>
    sql`select r.seq as seq, ${value} as value from ${driver?.from ?? membersBy(db, walked)}
      where ${sql.join([...conditions, ...further], sql` and `)}`;
  // Beside each other, one run of the index for each status, which a database merges without sorting.
  const isMerged = walked === 'members_by_change' && driver === undefined && filter.status === undefined;
  const met = isMerged
    ? sql.join(
        memberStatuses.map((status) => of([sql`r.status = ${status}`])),
        sql` union all `,
      )
    : of([]);
  const direction = backward ? sql`desc` : sql`asc`;
  const beyond = backward ? sql`<` : sql`>`;
  const order = (by: Fragment, seq: Fragment) =>
    withValue ? sql`order by ${by} ${direction}, ${seq} ${direction}` : sql`order by ${seq} ${direction}`;
  const further = (by: Fragment, seq: Fragment) =>
    withValue
      ? sql`(${by}, ${seq}) ${beyond} (${after?.value}, ${after?.seq})`
      : sql`${seq} ${beyond} ${after?.seq}`;
  const most = sql`limit ${rowCount(limit)} ${skip > 0 ? sql`offset ${rowCount(skip)}` : sql``}`;
  // On PostgreSQL the few whom a filter wants are found first and sorted then: it would rather walk all in order.
  const page =
    driver && isPostgres(db)
      ? sql`wanted as materialized (${met}), page as (select seq, value from wanted
          ${after ? sql`where ${further(sql`value`, sql`seq`)}` : sql``} ${order(sql`value`, sql`seq`)} ${most})`
      : sql`page as (${met} ${after ? sql`and ${further(value, sql`r.seq`)}` : sql``}
          ${isMerged ? order(sql`value`, sql`seq`) : order(value, sql`r.seq`)} ${most})`;
  // The ids come last: only who is on the page is read, the others are index entries where an index has it all.
  return sql<MemberKey>`with ${page}
    select m.id as id, page.seq as seq, page.value as value
    from page cross join members as m where m.org_id = ${orgId} and m.seq = page.seq
    ${order(sql`page.value`, sql`page.seq`)}`;
}
