// The identity providers that are connected, each with its state and its tokens. Knows the list and where a new one is made.
import { Button } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '../lib/api.ts';
import { openPanel, rememberWindow } from '../lib/open-page.ts';
import { QueryState } from '../parts/query-state.tsx';
import { ReadOnlyNote } from '../parts/read-only-note.tsx';
import { useRights } from '../parts/rights.ts';
import { SectionPage } from '../parts/section-page.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import classes from './connection-card.module.css';
import { ConnectionCard } from './connection-card.tsx';

export function ConnectionsView() {
  const trpc = useTRPC();
  const mayChange = useRights()('change connections and tokens');
  const connections = useQuery(trpc.connections.list.queryOptions());
  const sync = useQuery(trpc.sync.status.queryOptions());
  useEffect(() => void rememberWindow(), []);
  const connect = mayChange && (
    <Button
      leftSection={<IconPlus size={16} stroke={1.5} aria-hidden="true" />}
      onClick={() => openPanel({ connectionId: null, stepId: null })}
    >
      Connect an identity provider
    </Button>
  );
  return (
    <SectionPage
      title="Connections"
      lead="Each identity provider has an address and a token of its own. The set-up guide opens beside this page."
      {...(connections.data !== undefined && connections.data.length > 0 && { actions: connect })}
      narrow
    >
      <ReadOnlyNote right="change connections and tokens" />
      <QueryState query={connections} rows={3} height={96}>
        {(all) =>
          all.length === 0 ? (
            <StateScreen
              icon={<IconPlugConnected size={28} stroke={1.5} />}
              title="No identity provider is connected"
              action={connect}
            >
              Connect Okta, Entra ID or another identity provider, and people come and go as it says.
            </StateScreen>
          ) : (
            <ul className={classes.list}>
              {all.map((connection) => (
                <li key={connection.id}>
                  <ConnectionCard
                    connection={connection}
                    sync={sync.data?.connections.find(({ connectionId }) => connectionId === connection.id)}
                    readOnly={!mayChange}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
    </SectionPage>
  );
}
