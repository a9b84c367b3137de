// The two lists of the popup, page by page, and their answers where they can be changed beforehand. Knows the procedures,
// no screen.
import { type InfiniteData, type QueryClient, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { type Outputs, useTRPCClient } from '../lib/api.ts';

export type PendingPerson = Outputs['invitations']['pending']['rows'][number];
export type NotInvitedPerson = Outputs['invitations']['notInvited']['rows'][number];

interface Page<Person, Place> {
  readonly rows: readonly Person[];
  readonly next: Place | null;
}

export interface PeoplePages<Person> {
  /** Of all pages so far; undefined until the first has come. */
  readonly people: readonly Person[] | undefined;
  readonly error: unknown;
  readonly hasMore: boolean;
  readonly refetch: () => unknown;
  readonly loadMore: () => void;
  /** Loads everybody and gives them. */
  readonly loadAll: () => Promise<readonly Person[]>;
}

export const pendingKey = [['invitations', 'pending'], { pages: 'popup' }] as const;
export const notInvitedKey = [['invitations', 'notInvited'], { pages: 'popup' }] as const;

const limit = 100;

/** Those who are invited and have not joined, the oldest invitation first. */
export function usePending(): PeoplePages<PendingPerson> {
  const client = useTRPCClient();
  return usePeoplePages(pendingKey, (after: Outputs['invitations']['pending']['next'] | undefined, signal) =>
    client.invitations.pending.query({ ...(after != null && { after }), limit }, { signal }),
  );
}

/** Those in the directory who are not invited, the longest there first. */
export function useNotInvited(): PeoplePages<NotInvitedPerson> {
  const client = useTRPCClient();
  return usePeoplePages(notInvitedKey, (after: number | null | undefined, signal) =>
    client.invitations.notInvited.query({ ...(after != null && { after }), limit }, { signal }),
  );
}

/** Takes people out of a list before the server has said so; gives what puts them back. */
export function takeOut(queries: QueryClient, key: QueryKey, ids: ReadonlySet<string>): () => void {
  type Known = InfiniteData<Page<{ readonly memberId: string }, unknown>>;
  const before = queries.getQueryData<Known>(key);
  if (before === undefined) return () => {};
  const pages = before.pages.map((page) => ({
    ...page,
    rows: page.rows.filter(({ memberId }) => !ids.has(memberId)),
  }));
  queries.setQueryData<Known>(key, { ...before, pages });
  return () => queries.setQueryData(key, before);
}

function usePeoplePages<Person, Place>(
  queryKey: QueryKey,
  load: (place: Place | undefined, signal: AbortSignal) => Promise<Page<Person, Place>>,
): PeoplePages<Person> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => load(pageParam as Place | undefined, signal),
    initialPageParam: undefined as Place | undefined,
    getNextPageParam: (page: Page<Person, Place>) => page.next ?? undefined,
  });
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query;
  const people = useMemo(() => data?.pages.flatMap(({ rows }) => rows), [data]);
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const loadAll = useCallback(async () => {
    let known = data?.pages ?? [];
    for (let more = hasNextPage; more; ) {
      const next = await fetchNextPage();
      known = next.data?.pages ?? known;
      more = next.hasNextPage && !next.isError;
    }
    return known.flatMap(({ rows }) => rows);
  }, [data, hasNextPage, fetchNextPage]);
  return { people, error, hasMore: hasNextPage, refetch, loadMore, loadAll };
}
