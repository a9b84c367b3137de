// The headings of the people's list: what each column is, and which one the list is sorted by. Knows columns, no person.
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { CSSProperties, ReactNode } from 'react';
import { type Column, nameColumn } from './people-columns.ts';
import { naturalDirection, type PeopleQuery } from './people-query.ts';
import classes from './people-table.module.css';

export function PeopleHead({
  query,
  shown,
  style,
  selectAll,
  onSort,
}: {
  readonly query: PeopleQuery;
  readonly shown: readonly Column[];
  readonly style: CSSProperties;
  readonly selectAll: ReactNode;
  readonly onSort: (query: PeopleQuery) => void;
}) {
  // A search comes with the best match first, and in no other order.
  const isSorted = query.filter.search === undefined;
  return (
    <thead className={classes.head}>
      <tr aria-rowindex={1} className={classes.headings} style={style}>
        <th scope="col" className={classes.box}>
          {selectAll}
        </th>
        {[nameColumn, ...shown].map((column) => (
          <th
            key={column.id}
            scope="col"
            className={classes.cell}
            aria-sort={isSorted && column.sort === query.sort ? query.direction : undefined}
          >
            {column.sort !== undefined && isSorted ? (
              <SortButton column={column} query={query} onSort={onSort} />
            ) : (
              column.name
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function SortButton({
  column,
  query,
  onSort,
}: {
  readonly column: Column;
  readonly query: PeopleQuery;
  readonly onSort: (query: PeopleQuery) => void;
}) {
  const sort = column.sort ?? 'name';
  const isCurrent = query.sort === sort;
  const opposite = query.direction === 'ascending' ? 'descending' : 'ascending';
  const direction = isCurrent ? opposite : naturalDirection[sort];
  const Arrow = query.direction === 'ascending' ? IconArrowUp : IconArrowDown;
  return (
    <button type="button" className={classes.sort} onClick={() => onSort({ ...query, sort, direction })}>
      {column.name}
      {isCurrent && <Arrow size={12} aria-hidden="true" />}
    </button>
  );
}
