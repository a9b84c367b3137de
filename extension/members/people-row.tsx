// One person in the list, cell by cell. Knows how a person is shown in a line, and nothing of the lines beside it.
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import type { MemberListRow } from '../../shared/member-list.ts';
import { MemberAvatar } from '../parts/member-avatar.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { valueWords } from './attribute-words.ts';
import { MemberStatusMark, roleWords } from './member-status-mark.tsx';
import { attributeOfColumn, type ColumnId, type CustomColumnId, type ShownColumn } from './people-columns.ts';
import classes from './people-table.module.css';

type Cell = (row: MemberListRow, connectionName: (id: string) => string) => ReactNode;

const none = <span className={classes.none}>–</span>;

const cells: Readonly<Record<Exclude<ColumnId, CustomColumnId>, Cell>> = {
  status: ({ status, waitingSince }) => <MemberStatusMark status={status} waiting={waitingSince !== null} />,
  role: ({ role }) => roleWords[role],
  department: ({ department }) => department ?? none,
  groups: ({ groups: { names, total } }) =>
    total === 0 ? none : names.join(', ') + (total > names.length ? ` and ${total - names.length} more` : ''),
  connection: ({ connectionId }, connectionName) =>
    connectionId === null ? none : connectionName(connectionId),
  userName: ({ userName }) => userName,
  invited: ({ invitedAt }) => (invitedAt === null ? none : <TimeAgo at={invitedAt} />),
  changed: ({ lastChange }) => <TimeAgo at={lastChange} />,
};

/** What stands in a column: a cell of its own, or a value of an attribute that the org defined. */
function cellOf(id: ColumnId): Cell {
  const attribute = attributeOfColumn(id);
  if (attribute === undefined) return cells[id as Exclude<ColumnId, CustomColumnId>];
  return ({ values }) => {
    const value = values?.[attribute];
    return value === undefined ? none : <span dir="auto">{valueWords(value)}</span>;
  };
}

/** Those that are read second. */
const quiet: ReadonlySet<ColumnId> = new Set(['groups', 'connection', 'userName', 'invited', 'changed']);

interface PeopleRowProps {
  readonly index: number;
  /** Undefined while it is on its way. */
  readonly row: MemberListRow | undefined;
  readonly shown: readonly ShownColumn[];
  readonly offset: number;
  readonly tracks: string;
  readonly isActive: boolean;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  readonly connectionName: (id: string) => string;
}

export const PeopleRow = memo(function PeopleRow(props: PeopleRowProps) {
  const { index, row, shown, offset, tracks, isActive, isOpen, isSelected, connectionName } = props;
  const style = { gridTemplateColumns: tracks, transform: `translateY(${offset}px)` };
  if (row === undefined)
    return (
      <tr aria-rowindex={index + 2} className={classes.row} style={style}>
        <td className={classes.coming}>
          <span className={classes.bar} style={{ width: `${20 + ((index * 37) % 24)}%` }} />
        </td>
      </tr>
    );
  const { id, name, email, mailFailure } = row;
  return (
    <tr
      id={`person-${index}`}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={classes.row}
      style={style}
      data-active={isActive || undefined}
      data-open={isOpen || undefined}
      data-index={index}
    >
      <td className={classes.box} data-box>
        <span className={classes.check} data-checked={isSelected || undefined}>
          {isSelected && <IconCheck size={12} stroke={3} aria-hidden="true" />}
        </span>
      </td>
      <td className={classes.person}>
        <MemberAvatar id={id} name={name} />
        <span className={classes.words}>
          <span className={classes.name} dir="auto">
            {name}
          </span>
          <span className={classes.email} dir="auto">
            {email ?? 'No e-mail address'}
            {mailFailure !== null && (
              <span className={classes.failing} title={mailFailure}>
                <IconAlertTriangle size={12} role="img" aria-label={`Mail fails: ${mailFailure}`} />
              </span>
            )}
          </span>
        </span>
      </td>
      {shown.map(({ id: column }) => (
        <td key={column} className={classes.cell} data-quiet={quiet.has(column) || undefined}>
          {cellOf(column)(row, connectionName)}
        </td>
      ))}
    </tr>
  );
});
