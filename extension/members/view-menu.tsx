// How the list is shown: its order and its columns. Knows what can be chosen.
import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type MemberSort, memberSorts } from '../../shared/member-list.ts';
import { useTRPC } from '../lib/api.ts';
import { useEarlyUse } from '../parts/early-use.ts';
import type { EarlyUse } from '../parts/menu-choice.ts';
import { attributesOf, type ColumnId, columns, customColumn } from './people-columns.ts';
import { naturalDirection, type PeopleQuery } from './people-query.ts';

const orders: Readonly<Record<MemberSort, string>> = {
  name: 'Name',
  email: 'E-mail address',
  newest: 'Newest first',
  changed: 'Latest change first',
};

export function ViewMenu({
  query,
  onSort,
  chosen,
  onChoose,
  icon,
  label,
  early,
}: {
  readonly query: PeopleQuery;
  readonly onSort: (query: PeopleQuery) => void;
  readonly chosen: readonly ColumnId[];
  readonly onChoose: (chosen: readonly ColumnId[]) => void;
  readonly icon: ReactNode;
  readonly label: string;
  readonly early: EarlyUse;
}) {
  const { button, opened, setOpened } = useEarlyUse(early);
  const { data } = useQuery(useTRPC().attributes.get.queryOptions());
  // What was chosen and is no longer defined can still be put away.
  const defined = data?.attributes.map(({ name }) => name) ?? [];
  const custom = [...new Set([...defined, ...attributesOf(chosen)])].map(customColumn);
  return (
    <Menu position="bottom-end" width={240} shadow="none" opened={opened} onChange={setOpened}>
      <Menu.Target>
        <Button ref={button} variant="default" leftSection={icon}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Order</Menu.Label>
        <Menu.RadioGroup
          value={query.sort}
          onChange={(value) => {
            const sort = memberSorts.find((one) => one === value) ?? 'name';
            onSort({ ...query, sort, direction: naturalDirection[sort] });
          }}
        >
          {memberSorts.map((sort) => (
            <Menu.RadioItem key={sort} value={sort} disabled={query.filter.search !== undefined}>
              {orders[sort]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>Columns, as far as there is room</Menu.Label>
        {[...columns, ...custom].map(({ id, name }) => (
          <Menu.CheckboxItem
            key={id}
            checked={chosen.includes(id)}
            onChange={(isOn) => onChoose(isOn ? [...chosen, id] : chosen.filter((one) => one !== id))}
          >
            {name}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
