// One group with the people in it. Reads only: who is in a group is changed where the group is managed.
import { Anchor } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Outputs, useTRPC, useTRPCClient } from '../lib/api.ts';
import { Facts } from '../parts/facts.tsx';
import { LoadOlder } from '../parts/load-older.tsx';
import { MemberAvatar } from '../parts/member-avatar.tsx';
import { type Page, pageOf, usePages } from '../parts/pages.ts';
import { QueryState } from '../parts/query-state.tsx';
import { SideArea } from '../parts/side-area.tsx';
import { useConnectionNames } from './connection-names.ts';
import classes from './group-side.module.css';
import { hashOf } from './route.ts';

type Group = Outputs['groups']['list'][number];

const pageSize = 50;

export function GroupSide({ groupId, onClose }: { readonly groupId: string; readonly onClose: () => void }) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const connectionName = useConnectionNames();
  const known = useKnownGroup(groupId);
  const mappings = useQuery(trpc.groups.roleMappings.queryOptions());
  const role = mappings.data?.find((mapping) => mapping.groupId === groupId)?.role;
  const people = usePages(['groups', 'members'], { groupId }, async (after: string | undefined, signal) => {
    const query = { groupId, limit: pageSize + 1, ...(after !== undefined && { after }) };
    return pageOf(await client.groups.members.query(query, { signal }), pageSize, ({ id }) => id);
  });
  const managedBy = known?.connectionId ?? null;
  return (
    <SideArea
      title={known?.name ?? 'Group'}
      sub={managedBy === null ? 'Managed by nobody' : `Managed by ${connectionName(managedBy)}`}
      onClose={onClose}
    >
      <Facts
        of={[
          ['People', known?.members.toLocaleString() ?? '…'],
          ['Role', role === undefined ? 'Gives none' : `Makes people ${role}`],
        ]}
      />
      <h3 className={classes.heading}>Who is in it</h3>
      <QueryState query={people} rows={5}>
        {(members) =>
          members.length === 0 ? (
            <p className={classes.quiet}>Nobody is in this group.</p>
          ) : (
            <ul className={classes.people}>
              {members.map(({ id, kind, display }) => (
                <li key={id} className={classes.person}>
                  {kind === 'User' ? (
                    <>
                      <MemberAvatar id={id} name={display} size={24} />
                      <Anchor c="inherit" href={hashOf('people', { member: id })}>
                        {display}
                      </Anchor>
                    </>
                  ) : (
                    <>
                      <IconUsersGroup size={24} stroke={1.5} aria-label="Group" />
                      {display}
                    </>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
      <LoadOlder pages={people} label="Load more" />
      <p className={classes.more}>
        <Anchor href={hashOf('people', { groupId })}>Show them among the people</Anchor>
      </p>
    </SideArea>
  );
}

/** The list has it on one of its pages, as a rule; an address that was kept may lead to one that is not loaded. */
function useKnownGroup(groupId: string) {
  const queries = useQueryClient();
  const client = useTRPCClient();
  const list = useQuery({
    queryKey: [['groups', 'list'], { one: groupId }],
    queryFn: async ({ signal }) => {
      const loaded = queries
        .getQueriesData<{ readonly pages?: readonly Page<Group, string>[] }>({
          queryKey: [['groups', 'list']],
        })
        .flatMap(([, data]) => data?.pages ?? [])
        .flatMap(({ items }) => items);
      const shown = loaded.find(({ id }) => id === groupId);
      if (shown) return shown;
      for (let after: string | undefined; ; ) {
        const query = { limit: 200, ...(after !== undefined && { after }) };
        const groups = await client.groups.list.query(query, { signal });
        const found = groups.find(({ id }) => id === groupId);
        if (found || groups.length < 200) return found ?? null;
        after = groups.at(-1)?.position;
      }
    },
  });
  return list.data ?? undefined;
}
