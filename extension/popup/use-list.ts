// One list of the popup as its screen needs it: who is in it after searching, who is selected, what keys do. Knows no row.
import { useEffect, useMemo, useReducer } from 'react';
import { type ListSelection, nothingSelected, type SelectionAct, selectionAfter } from './list-selection.ts';
import type { PeoplePages } from './waiting-people.ts';

export interface ListedPerson {
  readonly memberId: string;
  readonly name: string;
  readonly email: string | null;
}

export interface PeopleListState<Person> {
  readonly pages: PeoplePages<Person>;
  /** After searching; undefined until the first page has come. */
  readonly shown: readonly Person[] | undefined;
  readonly chosen: readonly Person[];
  readonly selection: ListSelection;
  readonly act: (act: SelectionAct) => void;
  /** Selects everybody, after having loaded them; or nobody, when everybody is selected. */
  readonly selectAll: () => Promise<void>;
}

export function useList<Person extends ListedPerson>(
  pages: PeoplePages<Person>,
  search: string,
): PeopleListState<Person> {
  const [selection, act] = useReducer(selectionAfter, nothingSelected);
  const { people, hasMore, loadMore, loadAll } = pages;
  const shown = useMemo(() => people?.filter((person) => matches(person, search)), [people, search]);
  const chosen = useMemo(
    () => (people ?? []).filter(({ memberId }) => selection.selected.has(memberId)),
    [people, selection.selected],
  );
  useEffect(() => {
    if (search !== '' && hasMore) loadMore();
  }, [search, hasMore, loadMore]);
  const selectAll = async () => {
    const everybody = (await loadAll()).filter((person) => matches(person, search));
    const isAll = everybody.every(({ memberId }) => selection.selected.has(memberId));
    act(isAll ? { kind: 'none' } : { kind: 'all', ids: everybody.map(({ memberId }) => memberId) });
  };
  return { pages, shown, chosen, selection, act, selectAll };
}

function matches({ name, email }: ListedPerson, search: string): boolean {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const text = `${name} ${email ?? ''}`.toLocaleLowerCase();
  return words.every((word) => text.includes(word));
}
