// Which group gives its people which role, in the order in which they decide: changed as a draft, shown what it does,
// then saved as a whole. Knows the draft; what it does is asked of the server.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../lib/api.ts';
import { QueryState } from '../parts/query-state.tsx';
import { ReadOnlyNote } from '../parts/read-only-note.tsx';
import { useRights } from '../parts/rights.ts';
import { tell, tellFailure } from '../parts/tell.tsx';
import { GroupAdder } from './group-adder.tsx';
import { type DraftMapping, isSameOrder } from './group-order.ts';
import { GroupRoleList } from './group-role-list.tsx';
import { GroupRolePreview } from './group-role-preview.tsx';
import classes from './group-roles.module.css';

export function GroupRoles() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mayChange = useRights()('map groups to roles');
  const saved = useQuery(trpc.groups.roleMappings.queryOptions());
  const [draft, setDraft] = useState<readonly DraftMapping[] | undefined>();
  const save = useMutation(
    trpc.groups.changeRoleMappings.mutationOptions({
      onSuccess: async ({ changed, kept }) => {
        await queries.invalidateQueries({ queryKey: trpc.groups.roleMappings.queryKey() });
        setDraft(undefined);
        const people = changed === 1 ? '1 person has' : `${changed.toLocaleString()} people have`;
        const stays = kept.length > 0 ? ' One owner stays, because nobody else would be one.' : '';
        tell(`Saved. ${changed === 0 ? 'Nobody has' : people} another role.${stays}`);
      },
      onError: tellFailure,
    }),
  );
  return (
    <>
      <p className={classes.lead}>
        Whoever is in several of these groups has the role of the first one. People in none of them are
        members. Roles that were given by hand stay.
      </p>
      <ReadOnlyNote right="map groups to roles" />
      <QueryState query={saved} rows={3}>
        {(base) => {
          const shown = draft ?? base;
          const isChanged = draft !== undefined && !isSameOrder(draft, base);
          return (
            <>
              {shown.length === 0 ? (
                <p className={classes.none}>No group gives a role yet.</p>
              ) : (
                <GroupRoleList mappings={shown} readOnly={!mayChange} onChange={setDraft} />
              )}
              {mayChange && (
                <GroupAdder
                  taken={shown.map(({ groupId }) => groupId)}
                  onAdd={(group) => setDraft([...shown, { ...group, role: 'admin' }])}
                />
              )}
              {isChanged && (
                <section className={classes.change} aria-label="What saving does">
                  <GroupRolePreview mappings={shown} />
                  <div className={classes.actions}>
                    <Button
                      loading={save.isPending}
                      onClick={() => save.mutate(shown.map(({ groupId, role }) => ({ groupId, role })))}
                    >
                      Save roles
                    </Button>
                    <Button variant="default" onClick={() => setDraft(undefined)}>
                      Discard
                    </Button>
                  </div>
                </section>
              )}
            </>
          );
        }}
      </QueryState>
    </>
  );
}
