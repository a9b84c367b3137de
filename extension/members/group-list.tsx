// All groups by name, with how many are in each. Knows the search; one group in full stands beside it.
import { useDebouncedValue } from '@mantine/hooks';
import { IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Outputs, useTRPC, useTRPCClient } from '../lib/api.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { FilterBar } from '../parts/filter-bar.tsx';
import { LoadOlder } from '../parts/load-older.tsx';
import { pageOf, usePages } from '../parts/pages.ts';
import { QueryState } from '../parts/query-state.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { useConnectionNames } from './connection-names.ts';
import { useRoute } from './route.ts';

type Group = Outputs['groups']['list'][number];

const pageSize = 100;

export function GroupList() {
  const { params, replace } = useRoute();
  const client = useTRPCClient();
  const trpc = useTRPC();
  const connectionName = useConnectionNames();
  const [text, setText] = useState(params.search ?? '');
  const [search] = useDebouncedValue(text.trim(), 150);
  const pages = usePages(['groups', 'list'], { search }, async (after: string | undefined, signal) => {
    const query = { search, limit: pageSize + 1, ...(after !== undefined && { after }) };
    return pageOf(await client.groups.list.query(query, { signal }), pageSize, ({ position }) => position);
  });
  const mappings = useQuery(trpc.groups.roleMappings.queryOptions());
  const roles = new Map((mappings.data ?? []).map(({ groupId, role }) => [groupId, role]));
  const columns: readonly Column<Group>[] = [
    { title: 'Name', strong: true, cell: ({ name }) => name },
    { title: 'People', width: '96px', end: true, cell: ({ members }) => members.toLocaleString() },
    { title: 'Gives the role', width: '128px', cell: ({ id }) => roles.get(id) ?? '–' },
    { title: 'Managed by', width: '160px', cut: true, cell: (group) => connectionName(group.connectionId) },
    { title: 'Last change', width: '120px', cell: ({ updatedAt }) => <TimeAgo at={updatedAt} /> },
  ];
  return (
    <>
      <FilterBar>
        <SearchField label="Search groups" value={text} onChange={setText} />
      </FilterBar>
      <QueryState query={pages} rows={8}>
        {(groups) =>
          groups.length === 0 ? (
            <NoGroups search={search} />
          ) : (
            <>
              <DataTable
                label="Groups"
                columns={columns}
                rows={groups}
                keyOf={({ id }) => id}
                openKey={params.group ?? null}
                onOpen={({ id }) => replace({ ...params, group: id === params.group ? undefined : id })}
              />
              <LoadOlder pages={pages} label="Load more" />
            </>
          )
        }
      </QueryState>
    </>
  );
}

function NoGroups({ search }: { readonly search: string }) {
  return (
    <StateScreen
      icon={<IconUsersGroup size={28} stroke={1.5} />}
      title={search === '' ? 'No groups yet' : `No group begins with “${search}”`}
    >
      {search === ''
        ? 'Push groups from your identity provider, and they stand here with the people in them.'
        : 'The search looks at how names begin. Try fewer letters.'}
    </StateScreen>
  );
}
