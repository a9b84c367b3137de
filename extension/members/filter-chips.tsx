// The filters that are set, each with its way out. Knows their names for people.
import { IconX } from '@tabler/icons-react';
import { unmanaged } from '../../shared/member-list.ts';
import { roleWords } from './member-status-mark.tsx';
import classes from './people-filters.module.css';
import { type FurtherFilter, furtherFilters, type PeopleQuery, withFilter } from './people-query.ts';
import { useGroupName } from './use-group-name.ts';

export function FilterChips({
  className,
  query,
  connectionName,
  onChange,
}: {
  readonly className: string;
  readonly query: PeopleQuery;
  readonly connectionName: (id: string) => string;
  readonly onChange: (query: PeopleQuery) => void;
}) {
  const { role, connectionId, groupId, department, waiting } = query.filter;
  const groupName = useGroupName(groupId) ?? 'a group';
  const words: Readonly<Record<FurtherFilter, string>> = {
    role: role === undefined ? '' : `${roleWords[role]}s`,
    connectionId:
      connectionId === unmanaged ? 'Added by hand' : `Managed by ${connectionName(connectionId ?? '')}`,
    groupId: `In ${groupName}`,
    department: `Department ${department}`,
    waiting: waiting === true ? 'Waiting for a free seat' : 'Not waiting for a seat',
  };
  const set = furtherFilters.filter((name) => query.filter[name] !== undefined);
  if (set.length === 0) return null;
  return (
    <ul className={`${className} ${classes.chips}`} aria-label="Filters that are set">
      {set.map((name) => (
        <li key={name}>
          <button
            type="button"
            className={classes.chip}
            aria-label={`Take the filter away: ${words[name]}`}
            onClick={() => onChange(withFilter(query, name, null))}
          >
            <span>{words[name]}</span>
            <IconX size={12} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
