// Every connection with how it stands; or the ways to make the first one.
import { Button } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { type ConnectionSync, type OrgSync, syncStates } from '../../shared/sync-status.ts';
import { openPanel } from '../lib/open-page.ts';
import { QueryState } from '../parts/query-state.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import { SyncCard } from './sync-card.tsx';
import classes from './sync-tab.module.css';

export function SyncTab({
  query,
}: {
  readonly query: {
    readonly data: OrgSync | undefined;
    readonly error: unknown;
    readonly refetch: () => unknown;
  };
}) {
  return (
    <div className={classes.tab}>
      <QueryState query={query} rows={4} height={64}>
        {({ connections }) =>
          connections.length === 0 ? (
            <StateScreen
              icon={<IconPlugConnected size={28} stroke={1.5} />}
              title="Nothing is connected yet"
              action={
                <Button onClick={() => openPanel({ connectionId: null, stepId: null })}>
                  Set up Okta or Entra ID
                </Button>
              }
            >
              Connect your identity provider, and people arrive here as they are assigned there. The side
              panel leads you through its console, step by step.
            </StateScreen>
          ) : (
            mostUrgentFirst(connections).map((connection) => (
              <SyncCard key={connection.connectionId} connection={connection} />
            ))
          )
        }
      </QueryState>
    </div>
  );
}

const mostUrgentFirst = (connections: readonly ConnectionSync[]): readonly ConnectionSync[] =>
  connections.toSorted((a, b) => syncStates.indexOf(b.state) - syncStates.indexOf(a.state));
