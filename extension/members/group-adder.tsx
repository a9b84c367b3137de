// Chooses one more group by typing how its name begins. Knows the search, not what becomes of the choice.
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../lib/api.ts';

export function GroupAdder({
  taken,
  onAdd,
}: {
  /** Ids of the groups that are chosen already. */
  readonly taken: readonly string[];
  readonly onAdd: (group: { readonly groupId: string; readonly groupName: string }) => void;
}) {
  const trpc = useTRPC();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 150);
  const found = useQuery(
    trpc.groups.list.queryOptions({ search, limit: 20 }, { placeholderData: keepPreviousData }),
  );
  const free = (found.data ?? []).filter(({ id }) => !taken.includes(id));
  return (
    <Select
      label="Add a group"
      placeholder="Type how its name begins"
      searchable
      value={null}
      onChange={(id) => {
        const group = free.find((each) => each.id === id);
        if (group) onAdd({ groupId: group.id, groupName: group.name });
        setText('');
      }}
      searchValue={text}
      onSearchChange={setText}
      data={free.map(({ id, name, members }) => ({
        value: id,
        label: `${name} · ${members.toLocaleString()} ${members === 1 ? 'person' : 'people'}`,
      }))}
      filter={({ options }) => options}
      nothingFoundMessage="No other group begins like this"
      maw={360}
      mt={16}
    />
  );
}
