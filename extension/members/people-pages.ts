// Loads the people's list page by page as it comes into sight, from anywhere in it. Knows which pages are loaded; no screen.
import { type QueryClient, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { MemberListRow, MemberPage } from '../../shared/member-list.ts';
import { type Api, useTRPCClient } from '../lib/api.ts';
import type { PeopleQuery } from './people-query.ts';

export const pageSize = 100;

/** Pages out of sight are kept for so long, in milliseconds. */
const keptFor = 5 * 60_000;

/** The list as far as it is known; `last` of the rows in sight is not among them. */
export interface People {
  /** Which list the rows are of: the one before, until the one asked for has come. */
  readonly query: PeopleQuery;
  readonly isComing: boolean;
  /** Whether any of it can be shown. */
  readonly hasRows: boolean;
  /** How many there are; null while only going through them all would tell. */
  readonly total: number | null;
  /** How many rows the list has room for: all, or one more than are loaded. */
  readonly rows: number;
  readonly error: unknown;
  readonly refetch: () => unknown;
  readonly pagesIn: (inSight: { readonly first: number; readonly last: number }) => readonly number[];
}

/** What is in the rows of a list. */
export interface PeopleRows {
  readonly rowAt: (row: number) => MemberListRow | undefined;
  /** The people from one row to another, both among them, loaded where they are not yet. */
  readonly between: (first: number, last: number) => Promise<readonly MemberListRow[]>;
}

type PageKey = readonly [readonly ['members', 'list'], { readonly people: PeopleQuery }, number];

/** The list that is asked for; until it has come, the one before. */
export function usePeople(wanted: PeopleQuery): People {
  const client = useQueryClient();
  const page = pageOptions(useTRPCClient(), client);
  const first = useQuery(page(wanted, 0));
  const [query, setQuery] = useState(wanted);
  const hasCome = first.data !== undefined;
  useEffect(() => {
    if (hasCome) setQuery(wanted);
  }, [hasCome, wanted]);
  const shown = hasCome ? wanted : query;
  const size = sizeOf(client, shown);
  return {
    query: shown,
    isComing: !hasCome,
    hasRows: loadedPage(client, shown, 0) !== undefined,
    ...size,
    error: first.error,
    refetch: first.refetch,
    pagesIn: ({ first: from, last }) => pagesOf(from, Math.min(last, size.rows)),
  };
}

/** The rows in sight, and whatever of the list is loaded. */
export function usePeopleRows(query: PeopleQuery, pages: readonly number[]): PeopleRows {
  const client = useQueryClient();
  const page = pageOptions(useTRPCClient(), client);
  useQueries({ queries: pages.map((number) => page(query, number)) });
  const latest = useRef(query);
  latest.current = query;
  return {
    rowAt: (row: number) => loadedPage(client, query, Math.floor(row / pageSize))?.rows[row % pageSize],
    between: async (first: number, last: number) => {
      const loaded = await Promise.all(
        pagesOf(first, last + 1).map(async (number) => client.ensureQueryData(page(latest.current, number))),
      );
      const start = Math.floor(first / pageSize) * pageSize;
      return loaded.flatMap(({ rows }) => rows).slice(first - start, last + 1 - start);
    },
  };
}

/** Asks for the beginning of a list before anything is drawn; who shows it finds the answer on its way. */
export function askForPeople(api: Api, client: QueryClient, wanted: PeopleQuery): Promise<void> {
  return client.prefetchQuery(pageOptions(api, client)(wanted, 0));
}

function pageOptions(api: Api, client: QueryClient) {
  return (query: PeopleQuery, number: number) => ({
    queryKey: keyOf(query, number),
    queryFn: () => loadPage(api, client, query, number),
    gcTime: keptFor,
  });
}

/** Goes on from the page before where that is up to date; otherwise by the number of the row. */
async function loadPage(
  api: Api,
  client: QueryClient,
  query: PeopleQuery,
  number: number,
): Promise<MemberPage> {
  const { filter, sort, direction, attributes = [] } = query;
  const asked = {
    ...filter,
    sort,
    direction,
    limit: pageSize,
    ...(attributes.length > 0 && { attributes: [...attributes] }),
  };
  if (number === 0) return api.members.list.query(asked);
  const before = client.getQueryCache().find<MemberPage>({ queryKey: keyOf(query, number - 1) });
  const isCounted = sizeOf(client, query).total !== null;
  const isFresh = before?.state.isInvalidated === false && before.state.fetchStatus === 'idle';
  const cursor = isFresh || !isCounted ? before?.state.data?.nextCursor : undefined;
  if (cursor === null) return { rows: [], total: before?.state.data?.total ?? null, nextCursor: null };
  return api.members.list.query(
    cursor === undefined ? { ...asked, at: number * pageSize } : { ...asked, cursor },
  );
}

/** How many there are by what is loaded. */
function sizeOf(client: QueryClient, query: PeopleQuery): Pick<People, 'total' | 'rows'> {
  let total: number | null = null;
  let newest = 0;
  let reached = 0;
  let isEnd = false;
  const loaded = client.getQueryCache().findAll({ queryKey: keyOf(query, 0).slice(0, 2) });
  for (const { queryKey, state } of loaded) {
    const data = state.data as MemberPage | undefined;
    if (data === undefined) continue;
    const end = (queryKey as PageKey)[2] * pageSize + data.rows.length;
    if (end >= reached) [reached, isEnd] = [end, data.nextCursor === null];
    if (state.dataUpdatedAt >= newest) [total, newest] = [data.total, state.dataUpdatedAt];
  }
  if (total !== null) return { total, rows: total };
  return { total: isEnd ? reached : null, rows: isEnd ? reached : reached + pageSize };
}

function loadedPage(client: QueryClient, query: PeopleQuery, number: number): MemberPage | undefined {
  return client.getQueryData<MemberPage>(keyOf(query, number));
}

function keyOf(people: PeopleQuery, number: number): PageKey {
  return [['members', 'list'], { people }, number];
}

/** The numbers of the pages that hold some rows. */
function pagesOf(first: number, last: number): readonly number[] {
  const from = Math.floor(first / pageSize);
  const to = Math.floor(Math.max(first, last - 1) / pageSize);
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
}
