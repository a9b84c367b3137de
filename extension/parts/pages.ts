// A list that is loaded page by page, the newest first. Knows how pages follow each other, not what is on them.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';

/** One page, and where the next one begins; null when there is none. */
export interface Page<Item, Place> {
  readonly items: readonly Item[];
  readonly next: Place | null;
}

export interface Pages<Item> {
  /** Of all pages so far. */
  readonly data: readonly Item[] | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
}

/** `path` is the procedure's, so that news of its router makes the pages old; `input` is everything that chooses them. */
export function usePages<Item, Place>(
  path: readonly [router: string, procedure: string],
  input: unknown,
  load: (place: Place | undefined, signal: AbortSignal) => Promise<Page<Item, Place>>,
): Pages<Item> {
  const query = useInfiniteQuery({
    queryKey: [path, { pages: input }],
    queryFn: ({ pageParam, signal }) => load(pageParam as Place | undefined, signal),
    initialPageParam: undefined as Place | undefined,
    getNextPageParam: (page: Page<Item, Place>) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  return {
    data: query.data?.pages.flatMap((page) => page.items),
    error: query.error,
    refetch: query.refetch,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}

/** A page out of an answer that was asked for with one more item than shown. */
export function pageOf<Item, Place>(
  items: readonly Item[],
  size: number,
  placeOf: (item: Item) => Place,
): Page<Item, Place> {
  const shown = items.slice(0, size);
  const last = shown.at(-1);
  return { items: shown, next: items.length > size && last !== undefined ? placeOf(last) : null };
}
