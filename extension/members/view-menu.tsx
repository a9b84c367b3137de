// How the list is shown: its order and its columns. Knows what can be chosen.
import { Button, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { type MemberSort, memberSorts } from '../../shared/member-list.ts';
import { useEarlyUse } from '../parts/early-use.ts';
import type { EarlyUse } from '../parts/menu-choice.ts';
import { type ColumnId, columns } from './people-columns.ts';
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
        {columns.map(({ id, name }) => (
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
