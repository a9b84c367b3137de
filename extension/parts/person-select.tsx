// Chooses one person of the directory by typing. Knows the members' search, not what the choice is for.
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../lib/api.ts';

export function PersonSelect({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (memberId: string | null) => void;
}) {
  const trpc = useTRPC();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 150);
  const found = useQuery(
    trpc.members.list.queryOptions(
      { limit: 12, ...(search !== '' && { search }) },
      { placeholderData: keepPreviousData },
    ),
  );
  const chosen = useQuery(
    trpc.members.get.queryOptions({ memberId: value ?? '' }, { enabled: value !== null, retry: false }),
  );
  const options = new Map(
    (found.data?.rows ?? []).map(({ id, name, email }) => [id, name === '' ? (email ?? id) : name]),
  );
  if (value !== null && !options.has(value)) options.set(value, chosen.data?.name ?? 'Somebody removed');
  return (
    <Select
      aria-label={label}
      placeholder={label}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${label.toLowerCase()}` }}
      value={value}
      onChange={onChange}
      searchValue={text}
      onSearchChange={setText}
      data={[...options].map(([id, name]) => ({ value: id, label: name }))}
      filter={({ options: all }) => all}
      nothingFoundMessage="Nobody by this name"
      w={184}
    />
  );
}
