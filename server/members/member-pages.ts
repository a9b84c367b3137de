// Pages of the members' list: which way to them pays, and where the next one begins. Knows neither cursors nor rows.
import type { MemberFilter, MemberSort } from '../../shared/member-list.ts';
import { AppError } from '../core/app-error.ts';
import type { Database } from '../db/database.ts';
import { memberKeys } from './member-list-store.ts';
import { memberKeysAt } from './member-rows-store.ts';
import { bytewise, foundBy, wordsOf } from './member-search.ts';
import { membersByTerm, type TermMatch, wordsOfCandidates } from './member-search-store.ts';
import { type ListWay, wayTo } from './member-way.ts';

/** Where a page ended: what was sorted by and the number in creation order; or, of a search, term and id. */
export type ListPosition = readonly [string | number | null, string | number];

export interface PageRequest {
  readonly filter: MemberFilter;
  readonly sort: MemberSort;
  readonly backward: boolean;
  readonly after?: ListPosition | undefined;
  /** The row to begin at, counted from 0, where no position is given. */
  readonly at?: number | undefined;
  readonly limit: number;
}

/** The ids of a page in order, how many there are on all pages where that is known, and where the next one begins. */
export interface KeyPage {
  readonly ids: readonly string[];
  readonly total: number | null;
  readonly next: ListPosition | null;
}

/**
 * Reads the keys of a page. A search comes in an order of its own: by the term that was found, then by id.
 * @throws AppError `list.uncounted`
 */
export async function readKeyPage(database: Database, orgId: string, request: PageRequest): Promise<KeyPage> {
  const words = wordsOf(request.filter.search ?? '');
  const way = await wayTo(database.db, orgId, request, words.length > 0);
  if (way.total === 0) return { ids: [], total: 0, next: null };
  const { after, at = 0, limit, ...wanted } = request;
  const isJump = at > 0 && after === undefined;
  if (isJump && way.total === null) throw new AppError('list.uncounted', {});
  if (words.length > 0) return searchPage(database, orgId, words, way, request);
  const stretch = { ...wanted, driver: way.driver, limit: limit + 1 };
  const keys =
    isJump && way.total !== null
      ? await memberKeysAt(database.scans, orgId, stretch, { at, total: way.total })
      : await memberKeys(way.isFree ? database.db : database.scans, orgId, {
          ...stretch,
          after: after && { value: after[0], seq: Number(after[1]) },
        });
  const last = keys.length > limit ? keys[limit - 1] : undefined;
  return {
    ids: keys.slice(0, limit).map(({ id }) => id),
    total: way.total,
    next: last ? [last.value, last.seq] : null,
  };
}

/** The longest word leads, because the fewest terms begin with it; the others leave out whom they do not describe. */
async function searchPage(
  database: Database,
  orgId: string,
  words: readonly string[],
  way: ListWay,
  { filter, after, limit }: PageRequest,
): Promise<KeyPage> {
  const leading = words.reduce((longest, word) => (word.length > longest.length ? word : longest));
  const others = words.filter((word) => word !== leading);
  const search: Search = {
    leading,
    others,
    filter,
    after: after && [String(after[0]), String(after[1])],
    limit: limit + 1,
  };
  const reader = way.isFree && others.length === 0 ? database.db : database.scans;
  const found = way.driver
    ? await searchAmong(reader, orgId, way.driver, search)
    : await searchEverybody(reader, orgId, search);
  const last = found.length > limit ? found[limit - 1] : undefined;
  return {
    ids: found.slice(0, limit).map(({ id }) => id),
    total: null,
    next: last ? [last.term, last.id] : null,
  };
}

interface Search {
  readonly leading: string;
  readonly others: readonly string[];
  readonly filter: MemberFilter;
  readonly after?: readonly [term: string, id: string] | undefined;
  readonly limit: number;
}

type Found = Pick<TermMatch, 'term' | 'id'>;

/** Walks the terms in order. Somebody whom several of them lead to counts at the first one only. */
async function searchEverybody(
  reader: Database['db'],
  orgId: string,
  { leading, others, filter, after, limit }: Search,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (let from = after; ; ) {
    const run = { prefix: leading, parts: others, filter, after: from, limit };
    const matches = await membersByTerm(reader, orgId, run);
    for (const { id, term, text } of matches)
      if (foundBy(text, leading, others) === term) found.push({ id, term });
    const last = matches.at(-1);
    if (found.length >= limit || matches.length < limit || last === undefined) return found.slice(0, limit);
    from = [last.term, last.id];
  }
}

/** Looks through the few whom a filter leaves. */
async function searchAmong(
  reader: Database['db'],
  orgId: string,
  driver: NonNullable<ListWay['driver']>,
  { leading, others, filter, after, limit }: Search,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const { id, text } of await wordsOfCandidates(reader, orgId, filter, driver)) {
    const term = foundBy(text, leading, others);
    if (term !== undefined) found.push({ id, term });
  }
  const order = (a: Found, b: Found) => bytewise(a.term, b.term) || bytewise(a.id, b.id);
  found.sort(order);
  const start = after && { term: after[0], id: after[1] };
  return found.filter((one) => start === undefined || order(one, start) > 0).slice(0, limit);
}
