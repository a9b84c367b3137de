// A table whose rows can be walked with the arrow keys and opened. Knows columns and keys, not what the rows are.
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import classes from './data-table.module.css';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** A width in CSS; the others share what is left. */
  readonly width?: string;
  /** For numbers. */
  readonly end?: boolean;
  /** The name of the row. */
  readonly strong?: boolean;
  /** May be cut off, with an ellipsis. */
  readonly cut?: boolean;
}

/** The first column opens its row, if rows open at all. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  keyOf,
  openKey = null,
  onOpen,
}: {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly openKey?: string | null;
  readonly onOpen?: (row: Row) => void;
}) {
  const [lastFocus, setLastFocus] = useState<string | null>(null);
  const keys = rows.map(keyOf);
  const tabStop = keys.find((key) => key === lastFocus) ?? keys.find((key) => key === openKey) ?? keys[0];
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={label} onKeyDown={walkRows}>
        <thead>
          <tr>
            {columns.map(({ title, width, end }) => (
              <th key={title} scope="col" data-end={end} style={width === undefined ? undefined : { width }}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => {
            const key = keys[index] ?? '';
            return (
              <tr key={key} data-open={key === openKey || undefined} data-opens={onOpen ? true : undefined}>
                {columns.map(({ title, cell, end, cut, strong }, column) => (
                  <td key={title} data-end={end} data-cut={cut}>
                    {column === 0 && onOpen ? (
                      <button
                        type="button"
                        className={classes.opener}
                        data-row
                        data-strong={strong}
                        aria-pressed={key === openKey}
                        tabIndex={key === tabStop ? 0 : -1}
                        onFocus={() => setLastFocus(key)}
                        onClick={() => onOpen(row)}
                      >
                        {cell(row)}
                      </button>
                    ) : (
                      cell(row)
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Arrow keys, Home and End move between whatever inside is marked as a row. */
export function walkRows(event: KeyboardEvent<HTMLElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (at === -1 || to === undefined) return;
  event.preventDefault();
  rows[to]?.focus();
}
