// The people's list on the screen: only the rows in sight exist, the keys walk through all of them. Knows rows and keys;
// what is done with people, others do.
import { Checkbox } from '@mantine/core';
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { MemberListRow } from '../../shared/member-list.ts';
import {
  isSelected,
  nobody,
  type Selection,
  selectedCount,
  toggled,
  withPeople,
} from './member-selection.ts';
import { type ColumnId, columnsThatFit, tracksOf } from './people-columns.ts';
import { PeopleHead } from './people-head.tsx';
import { type People, usePeopleRows } from './people-pages.ts';
import type { PeopleQuery } from './people-query.ts';
import { PeopleRow } from './people-row.tsx';
import classes from './people-table.module.css';
import { useElementWidth } from './use-element-width.ts';
import { useRowWindow } from './use-row-window.ts';

const rowHeight = 40;
const headHeight = 36;
/** The checkbox, and the padding at both ends. */
const besideColumns = 36 + 24;

/** The rows are too many to exist: the grid keeps the focus, and says which row it is on. */
function gridOn(row: number | undefined) {
  return {
    role: 'grid',
    tabIndex: 0,
    'aria-multiselectable': true,
    'aria-activedescendant': row === undefined ? undefined : `person-${row}`,
  } as const;
}

interface PeopleTableProps {
  readonly people: People;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly openId: string | undefined;
  readonly onOpen: (id: string | undefined) => void;
  readonly onNudge: (row: MemberListRow) => void;
  readonly onSort: (query: PeopleQuery) => void;
  readonly chosen: readonly ColumnId[];
  readonly connectionName: (id: string) => string;
}

export function PeopleTable(props: PeopleTableProps) {
  const { people, selection, onSelect, openId, onOpen, onNudge, onSort, chosen, connectionName } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const width = useElementWidth(scroller);
  const view = useRowWindow(scroller, { rows: people.rows, rowHeight, headHeight });
  const { rowAt, between } = usePeopleRows(people.query, people.pagesIn(view));
  const [active, setActive] = useState(0);
  const anchor = useRef(0);
  const shown = useMemo(() => columnsThatFit(chosen, width - besideColumns), [chosen, width]);
  const at = Math.min(active, Math.max(0, people.rows - 1));
  const isActiveInSight = at >= view.first && at < view.last && rowAt(at) !== undefined;

  const key = JSON.stringify(people.query);
  const toTop = useRef(view.toTop);
  toTop.current = view.toTop;
  const seen = useRef(key);
  // Another list begins at its top.
  useEffect(() => {
    if (seen.current === key) return;
    seen.current = key;
    setActive(0);
    anchor.current = 0;
    toTop.current();
  }, [key]);

  const moveTo = (row: number) => {
    const next = Math.max(0, Math.min(people.rows - 1, row));
    setActive(next);
    view.show(next);
    return next;
  };
  const selectTo = async (row: number, selected = true) => {
    const [first, last] = [Math.min(anchor.current, row), Math.max(anchor.current, row)];
    onSelect(withPeople(selection, await between(first, last), selected));
  };
  const pressed = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2);
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: people.rows - 1,
    }[event.key];
    const row = rowAt(at);
    if (to !== undefined && !event.altKey) {
      const next = moveTo(to);
      if (event.shiftKey) void selectTo(next);
      else anchor.current = next;
    } else if (event.key === ' ' && row) {
      anchor.current = at;
      onSelect(toggled(selection, row));
    } else if (event.key === 'Enter' && row) onOpen(row.id);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey))
      onSelect({ kind: 'matching', but: new Set() });
    else if (event.key === 'n' && row && !event.ctrlKey && !event.metaKey) onNudge(row);
    else return;
    event.preventDefault();
  };
  const clicked = (event: MouseEvent) => {
    const target = event.target as Element;
    const index = Number(target.closest('[data-index]')?.getAttribute('data-index') ?? Number.NaN);
    const row = rowAt(index);
    if (row === undefined) return;
    setActive(index);
    const onBox = target.closest('[data-box]') !== null;
    if (event.shiftKey) {
      void selectTo(index);
      return;
    }
    anchor.current = index;
    if (onBox || event.ctrlKey || event.metaKey) onSelect(toggled(selection, row));
    else onOpen(row.id === openId ? undefined : row.id);
  };

  const count = selectedCount(selection, people.total);
  const isAll = selection.kind === 'matching' && selection.but.size === 0;
  const tracks = { gridTemplateColumns: `36px ${tracksOf(shown)}` };
  const rows = Array.from({ length: Math.max(0, view.last - view.first) }, (_, n) => view.first + n);
  return (
    <div ref={scroller} className={classes.scroller}>
      <table
        className={classes.table}
        {...gridOn(isActiveInSight ? at : undefined)}
        data-row
        id="people"
        aria-label="People"
        aria-rowcount={people.total === null ? -1 : people.total + 1}
        aria-colcount={shown.length + 2}
        aria-busy={people.isComing}
        onClick={clicked}
        onKeyDown={(event) => {
          if (event.target === event.currentTarget) pressed(event);
        }}
      >
        <PeopleHead
          query={people.query}
          shown={shown}
          style={tracks}
          onSort={onSort}
          selectAll={
            <Checkbox
              aria-label={count === 0 ? 'Select everybody in this list' : 'Select nobody'}
              checked={isAll}
              indeterminate={!isAll && count !== 0}
              disabled={people.rows === 0}
              onChange={() => onSelect(count === 0 ? { kind: 'matching', but: new Set() } : nobody)}
            />
          }
        />
        <tbody className={classes.rows} style={{ height: view.height }}>
          {rows.map((index) => (
            <PeopleRow
              key={index}
              index={index}
              row={rowAt(index)}
              shown={shown}
              offset={view.offsetOf(index)}
              tracks={tracks.gridTemplateColumns}
              isActive={index === at}
              isOpen={rowAt(index)?.id === openId && openId !== undefined}
              isSelected={isSelectedRow(selection, rowAt(index))}
              connectionName={connectionName}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function isSelectedRow(selection: Selection, row: MemberListRow | undefined): boolean {
  return row !== undefined && isSelected(selection, row.id);
}
