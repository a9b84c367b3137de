// Which people the list shows, as the address says it and as the server is asked. Pure.
import type { MemberFilter, MemberSort } from '../../shared/member-list.ts';
import { memberFilterSchema, memberSorts } from '../../shared/member-list.ts';
import type { RouteParams } from './route.ts';

/** The filters and the order of the list; a search has an order of its own. */
export interface PeopleQuery {
  readonly filter: MemberFilter;
  readonly sort: MemberSort;
  readonly direction: 'ascending' | 'descending';
  /** The org's own attributes that the rows come with; no part of the address. */
  readonly attributes?: readonly string[];
}

/** The filters that are set one by one, beside the search field and the tabs. */
export const furtherFilters = ['role', 'connectionId', 'groupId', 'department', 'waiting'] as const;
export type FurtherFilter = (typeof furtherFilters)[number];

/** In which direction a list runs when its heading is chosen. */
export const naturalDirection: Readonly<Record<MemberSort, PeopleQuery['direction']>> = {
  name: 'ascending',
  email: 'ascending',
  newest: 'descending',
  changed: 'descending',
};

/** Reads the address; what it does not understand it leaves out, so that an old link still opens the list. */
export function peopleQueryOf(params: RouteParams): PeopleQuery {
  const filter: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(memberFilterSchema.shape)) {
    const value = params[name] === '' ? undefined : params[name];
    const read = schema.safeParse(name === 'waiting' && value !== undefined ? value === 'true' : value);
    if (read.success && read.data !== undefined) filter[name] = read.data;
  }
  const sort = memberSorts.find((one) => one === params.sort) ?? 'name';
  const direction =
    params.direction === 'ascending' || params.direction === 'descending'
      ? params.direction
      : naturalDirection[sort];
  return { filter, sort, direction };
}

/** The same as it stands in the address, the usual left out. */
export function paramsOf({ filter, sort, direction }: PeopleQuery): RouteParams {
  const given = Object.entries(filter).map(([name, value]) => [name, String(value)]);
  return {
    ...Object.fromEntries(given),
    ...(sort !== 'name' && { sort }),
    ...(direction !== naturalDirection[sort] && { direction }),
  };
}

/** Whether nobody is left out but by status. */
export function isEverybody({ search, status: _status, ...further }: MemberFilter): boolean {
  return search === undefined && Object.values(further).every((value) => value === undefined);
}

/** A filter with one part set anew, or taken away. */
export function withFilter<Name extends keyof MemberFilter>(
  query: PeopleQuery,
  name: Name,
  value: MemberFilter[Name] | null,
): PeopleQuery {
  const { [name]: _before, ...others } = query.filter;
  return { ...query, filter: value === null || value === '' ? others : { ...others, [name]: value } };
}

/** The same people, with values of the org's own attributes in their rows. */
export function withAttributes(query: PeopleQuery, attributes: readonly string[]): PeopleQuery {
  return attributes.length === 0 ? query : { ...query, attributes };
}

/** Where the same people are as one file, without pages. */
export function exportPathOf({ filter, sort, direction }: PeopleQuery): string {
  const given = Object.entries({ ...filter, sort, direction }).map(([name, value]) => [name, String(value)]);
  return `/export/members.csv?${new URLSearchParams(given)}`;
}
