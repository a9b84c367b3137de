// What stands in the place of a list: bars while it is on its way, a screen when it is empty, fails or finds nobody.

import { IconUserSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { QueryState } from '../parts/query-state.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import classes from './list-frame.module.css';
import type { PeopleListState } from './use-list.ts';

export function ListFrame<Person>({
  list: { pages, shown },
  empty,
  children,
}: {
  readonly list: PeopleListState<Person>;
  readonly empty: ReactNode;
  readonly children: (shown: readonly Person[]) => ReactNode;
}) {
  const isEmpty = pages.people?.length === 0;
  return (
    <div className={classes.frame}>
      <QueryState query={{ data: shown, error: pages.error, refetch: pages.refetch }} height={48}>
        {(people) => {
          if (people.length > 0) return children(people);
          if (isEmpty) return empty;
          return (
            <StateScreen icon={<IconUserSearch size={28} stroke={1.5} />} title="Nobody here has that name">
              {pages.hasMore
                ? 'Looking through the rest of the list.'
                : 'Try a part of the name or of the address.'}
            </StateScreen>
          );
        }}
      </QueryState>
    </div>
  );
}
