// A list of people to select from, quick with thousands: only what is in sight is drawn. Knows rows and keys, not what
// stands at the end of a row.

import { IconCheck } from '@tabler/icons-react';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useState } from 'react';
import { MemberAvatar } from '../parts/member-avatar.tsx';
import { rowAfterKey } from './list-selection.ts';
import classes from './people-list.module.css';
import type { ListedPerson, PeopleListState } from './use-list.ts';

const rowHeight = 48;
/** Before the list has been measured. */
const likely = { width: 400, height: 440 };

export function PeopleList<Person extends ListedPerson>({
  label,
  list,
  shown,
  total,
  box,
  aside,
}: {
  readonly label: string;
  readonly list: PeopleListState<Person>;
  readonly shown: readonly Person[];
  /** How many there are with those who are not loaded yet. */
  readonly total: number;
  readonly box: RefObject<HTMLDivElement | null>;
  /** What stands at the end of a row; `isPointedAt` when the mouse or the keyboard is there. */
  readonly aside: (person: Person, isPointedAt: boolean) => ReactNode;
}) {
  const { selection, act, pages } = list;
  const [hasKeyboard, setHasKeyboard] = useState(false);
  const [hovered, setHovered] = useState<string>();
  const activeRow = Math.max(
    0,
    shown.findIndex(({ memberId }) => memberId === selection.active),
  );
  const active = shown[activeRow];
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    initialRect: likely,
    overscan: 6,
    rangeExtractor: (range) => {
      const rows = defaultRangeExtractor(range);
      return rows.includes(activeRow) ? rows : [...rows, activeRow].sort((a, b) => a - b);
    },
  });
  const rows = virtual.getVirtualItems();
  const lastDrawn = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastDrawn > shown.length - 30) pages.loadMore();
  }, [lastDrawn, shown.length, pages.loadMore]);

  const ids = () => shown.map(({ memberId }) => memberId);
  const onKeyDown = (event: KeyboardEvent) => {
    if (active === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.floor((box.current?.clientHeight ?? likely.height) / rowHeight) - 1;
    const row = rowAfterKey(event.key, activeRow, shown.length, page);
    const to = row === undefined ? undefined : shown[row];
    if (row !== undefined && to !== undefined) {
      act({ kind: 'move', to: to.memberId, extend: event.shiftKey, ids: ids() });
      virtual.scrollToIndex(row);
    } else if (event.key === ' ' || event.key === 'Enter') {
      act({ kind: 'toggle', id: active.memberId, extend: event.shiftKey, ids: ids() });
    } else return;
    event.preventDefault();
  };
  return (
    <div
      ref={box}
      className={classes.list}
      role="listbox"
      aria-label={label}
      aria-multiselectable="true"
      aria-activedescendant={active && optionId(active)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={({ currentTarget }) => setHasKeyboard(currentTarget.matches(':focus-visible'))}
      onBlur={() => setHasKeyboard(false)}
      onMouseDown={(event) => {
        // The list keeps the focus; a row that scrolls away could not.
        event.preventDefault();
        event.currentTarget.focus();
      }}
      onMouseOver={(event) => setHovered(rowAt(event.target))}
      onMouseLeave={() => setHovered(undefined)}
      onClick={(event) => {
        const id = rowAt(event.target);
        if (id !== undefined) act({ kind: 'toggle', id, extend: event.shiftKey, ids: ids() });
      }}
    >
      <div role="presentation" className={classes.all} style={{ height: virtual.getTotalSize() }}>
        {rows.map(({ index, start }) => {
          const person = shown[index];
          if (person === undefined) return null;
          const isActive = index === activeRow;
          const isSelected = selection.selected.has(person.memberId);
          return (
            <div
              key={person.memberId}
              id={optionId(person)}
              role="option"
              aria-selected={isSelected}
              aria-posinset={index + 1}
              aria-setsize={total}
              className={classes.row}
              data-active={isActive || undefined}
              style={{ transform: `translateY(${start}px)` }}
              data-id={person.memberId}
              tabIndex={-1}
            >
              <span className={classes.box} aria-hidden="true">
                {isSelected && <IconCheck size={12} stroke={2.5} />}
              </span>
              <MemberAvatar id={person.memberId} name={person.name} />
              <span className={classes.who}>
                <span className={classes.name} dir="auto" title={person.name}>
                  {person.name}
                </span>
                <span className={classes.email} dir="auto">
                  {person.email}
                </span>
              </span>
              <span className={classes.aside}>
                {aside(person, hovered === person.memberId || (hasKeyboard && isActive))}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

const rowAt = (target: EventTarget): string | undefined =>
  (target as HTMLElement).closest<HTMLElement>('[data-id]')?.dataset.id;

const optionId = ({ memberId }: ListedPerson) => `person-${memberId}`;
