// How the list is shown: its order and its columns. Knows what can be chosen.
import { Button, Menu } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconCheck } from '@tabler/icons-react';
import { type MemberSort, memberSorts } from '../../shared/member-list.ts';
import { type ColumnId, columns } from './people-columns.ts';
import { naturalDirection, type PeopleQuery } from './people-query.ts';
import classes from './view-menu.module.css';

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
}: {
  readonly query: PeopleQuery;
  readonly onSort: (query: PeopleQuery) => void;
  readonly chosen: readonly ColumnId[];
  readonly onChoose: (chosen: readonly ColumnId[]) => void;
}) {
  const mark = (isOn: boolean) => (
    <span className={classes.mark}>{isOn && <IconCheck size={14} aria-hidden="true" />}</span>
  );
  return (
    <Menu position="bottom-end" width={240} closeOnItemClick={false} shadow="none">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.5} aria-hidden="true" />}
        >
          View
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Order</Menu.Label>
        {memberSorts.map((sort) => (
          <Menu.Item
            key={sort}
            role="menuitemradio"
            aria-checked={query.sort === sort}
            disabled={query.filter.search !== undefined}
            leftSection={mark(query.sort === sort)}
            onClick={() => onSort({ ...query, sort, direction: naturalDirection[sort] })}
          >
            {orders[sort]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>Columns, as far as there is room</Menu.Label>
        {columns.map(({ id, name }) => {
          const isOn = chosen.includes(id);
          return (
            <Menu.Item
              key={id}
              role="menuitemcheckbox"
              aria-checked={isOn}
              leftSection={mark(isOn)}
              onClick={() => onChoose(isOn ? chosen.filter((one) => one !== id) : [...chosen, id])}
            >
              {name}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
