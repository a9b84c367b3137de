// One group with the people in it. Reads only: who is in a group is changed where the group is managed.
import { Anchor } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Outputs, useTRPC, useTRPCClient } from '../lib/api.ts';
import { Facts } from '../parts/facts.tsx';
import { LoadOlder } from '../parts/load-older.tsx';
import { MemberAvatar } from '../parts/member-avatar.tsx';
import { type Page, usePages } from '../parts/pages.ts';
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
  const people = usePages(['members', 'list'], { groupId }, async (cursor: string | undefined, signal) => {
    const query = { groupId, limit: pageSize, ...(cursor !== undefined && { cursor }) };
    const { rows, nextCursor } = await client.members.list.query(query, { signal });
    return { items: rows, next: nextCursor };
  });
  const inner = useInnerGroups(groupId);
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
          members.length === 0 && inner.length === 0 ? (
            <p className={classes.quiet}>Nobody is in this group.</p>
          ) : (
            <ul className={classes.people}>
              {inner.map(({ id, display }) => (
                <li key={id} className={classes.person}>
                  <IconUsersGroup size={24} stroke={1.5} aria-label="Group" />
                  {display}
                </li>
              ))}
              {members.map(({ id, name, email, userName }) => (
                <li key={id} className={classes.person}>
                  <MemberAvatar id={id} name={name} size={24} />
                  <span className={classes.who}>
                    <Anchor c="inherit" href={hashOf('people', { member: id })}>
                      {name === '' ? userName : name}
                    </Anchor>
                    <span className={classes.email}>{email}</span>
                  </span>
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

/** Groups that are in the group themselves; they are listed among its first members, if there are any. */
function useInnerGroups(groupId: string) {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.groups.members.queryOptions({ groupId, limit: 200 }));
  return data.filter(({ kind }) => kind === 'Group');
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
