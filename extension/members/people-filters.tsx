// Narrows the people's list down: a button with the fields behind it. Knows fields, not what is found.
import { Button, Checkbox, Popover, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { memberRoles } from '../../shared/member.ts';
import { unmanaged } from '../../shared/member-list.ts';
import { useTRPC } from '../lib/api.ts';
import { useEarlyUse } from '../parts/early-use.ts';
import type { EarlyUse } from '../parts/menu-choice.ts';
import { roleWords } from './member-status-mark.tsx';
import classes from './people-filters.module.css';
import { type PeopleQuery, withFilter } from './people-query.ts';
import { useGroupName } from './use-group-name.ts';

export function PeopleFilters({
  query,
  onChange,
  icon,
  label,
  early,
}: {
  readonly query: PeopleQuery;
  readonly onChange: (query: PeopleQuery) => void;
  readonly icon: ReactNode;
  readonly label: string;
  readonly early: EarlyUse;
}) {
  const { button, opened, setOpened } = useEarlyUse(early);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={300}
      trapFocus
      returnFocus
      shadow="none"
    >
      <Popover.Target>
        <Button ref={button} variant="default" leftSection={icon} onClick={() => setOpened(!opened)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Filters">
        <FilterFields query={query} onChange={onChange} />
      </Popover.Dropdown>
    </Popover>
  );
}

function FilterFields({
  query,
  onChange,
}: {
  readonly query: PeopleQuery;
  readonly onChange: (query: PeopleQuery) => void;
}) {
  const trpc = useTRPC();
  const connections = useQuery(trpc.connections.list.queryOptions());
  const { role, connectionId, department, waiting } = query.filter;
  const [typed, setTyped] = useState(department ?? '');
  return (
    <div className={classes.fields}>
      <Select
        label="Role"
        placeholder="Any role"
        clearable
        clearButtonProps={{ 'aria-label': 'Any role' }}
        data={memberRoles.map((value) => ({ value, label: roleWords[value] }))}
        value={role ?? null}
        onChange={(value) => onChange(withFilter(query, 'role', value))}
        comboboxProps={{ withinPortal: false }}
      />
      <Select
        label="Managed by"
        placeholder="Anything or nothing"
        clearable
        clearButtonProps={{ 'aria-label': 'Managed by anything or nothing' }}
        data={[
          ...(connections.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          { value: unmanaged, label: 'Nothing: added by hand' },
        ]}
        value={connectionId ?? null}
        onChange={(value) => onChange(withFilter(query, 'connectionId', value))}
        comboboxProps={{ withinPortal: false }}
      />
      <GroupSelect query={query} onChange={onChange} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onChange(withFilter(query, 'department', typed.trim()));
        }}
      >
        <TextInput
          label="Department"
          placeholder="The whole name"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => {
            if (typed.trim() !== (department ?? '')) onChange(withFilter(query, 'department', typed.trim()));
          }}
        />
      </form>
      <Checkbox
        label="Waits for a free seat"
        checked={waiting === true}
        onChange={(event) =>
          onChange(withFilter(query, 'waiting', event.currentTarget.checked ? true : null))
        }
      />
    </div>
  );
}

/** Groups are found by the beginning of their names: there may be thousands. */
function GroupSelect({
  query,
  onChange,
}: {
  readonly query: PeopleQuery;
  readonly onChange: (query: PeopleQuery) => void;
}) {
  const trpc = useTRPC();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 150);
  const found = useQuery(
    trpc.groups.list.queryOptions(
      { limit: 20, ...(search !== '' && { search }) },
      { placeholderData: keepPreviousData },
    ),
  );
  const { groupId } = query.filter;
  const chosen = useGroupName(groupId) ?? 'The chosen group';
  const options = (found.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const isKnown = groupId === undefined || options.some(({ value }) => value === groupId);
  return (
    <Select
      label="Group"
      placeholder="Any group"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Any group' }}
      onSearchChange={setText}
      data={isKnown ? options : [...options, { value: groupId, label: chosen }]}
      filter={({ options: all }) => all}
      nothingFoundMessage="No group begins like this"
      value={groupId ?? null}
      onChange={(value) => onChange(withFilter(query, 'groupId', value))}
      comboboxProps={{ withinPortal: false }}
    />
  );
}
