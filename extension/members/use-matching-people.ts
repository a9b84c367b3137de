// Everybody whom the filters meet, read page by page when an action is for all of them. Knows the list, no action.
import { useState } from 'react';
import { useTRPCClient } from '../lib/api.ts';
import type { Picked, Selection } from './member-selection.ts';
import type { PeopleQuery } from './people-query.ts';

/** As many in one request as the server gives. */
const pageSize = 200;

/** Reads those who are selected; `read` says how many so far, undefined when nothing is being read. */
export function useMatchingPeople(): {
  readonly read: number | undefined;
  readonly peopleOf: (selection: Selection, query: PeopleQuery) => Promise<readonly Picked[]>;
} {
  const api = useTRPCClient();
  const [read, setRead] = useState<number>();
  const readAll = async ({ filter, sort, direction }: PeopleQuery, but: ReadonlySet<string>) => {
    const people: Picked[] = [];
    let cursor: string | null | undefined;
    setRead(0);
    try {
      do {
        const page = await api.members.list.query({
          ...filter,
          sort,
          direction,
          limit: pageSize,
          ...(cursor && { cursor }),
        });
        people.push(...page.rows.filter(({ id }) => !but.has(id)));
        setRead(people.length);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return people;
    } finally {
      setRead(undefined);
    }
  };
  return {
    read,
    peopleOf: async (selection, query) =>
      selection.kind === 'some' ? [...selection.people.values()] : readAll(query, selection.but),
  };
}
