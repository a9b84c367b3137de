// Going on from a row instead of counting rows: the ORDER BY and the condition of a keyset page. Knows no table.
import { sql } from 'kysely';
import type { Fragment } from './json-sql.ts';

/** What a list is ordered by: an optional sort value, where "no value" comes last ascending, then creation order. */
export interface KeysetOrder {
  readonly sort?: Fragment;
  readonly seq: Fragment;
  /** Whether rows are walked from the last to the first. */
  readonly backward: boolean;
}

/** The row to go on after; `value` null when it has no sort value. */
export interface KeysetPosition {
  readonly value: Fragment | null;
  readonly seq: Fragment;
}

export function orderBy({ sort, seq, backward }: KeysetOrder): Fragment {
  const direction = backward ? sql`desc` : sql`asc`;
  if (sort === undefined) return sql`${seq} ${direction}`;
  return sql`(${sort} is null) ${direction}, ${sort} ${direction}, ${seq} ${direction}`;
}

/** Whether a row comes after the position, in the direction of the walk. */
export function comesAfter({ sort, seq, backward }: KeysetOrder, position: KeysetPosition): Fragment {
  const later = backward ? sql`${seq} < ${position.seq}` : sql`${seq} > ${position.seq}`;
  if (sort === undefined) return later;
  if (position.value === null) {
    return backward ? sql`(${sort} is not null or ${later})` : sql`(${sort} is null and ${later})`;
  }
  const tie = sql`(${sort} = ${position.value} and ${later})`;
  return backward
    ? sql`(${sort} < ${position.value} or ${tie})`
    : sql`(${sort} > ${position.value} or ${sort} is null or ${tie})`;
}
