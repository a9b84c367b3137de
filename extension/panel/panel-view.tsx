// The side panel: which connection is being set up, or the choice of a new one. Knows the order of the states, no step.
import { Button } from '@mantine/core';
import { IconUnlink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../lib/api.ts';
import { useLive } from '../lib/live.ts';
import { QueryState } from '../parts/query-state.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import { type FreshTokens, useFreshTokens } from './issued-tokens.ts';
import { NewConnectionView } from './new-connection-view.tsx';
import type { Connection } from './panel-connection.ts';
import { PanelHeader } from './panel-header.tsx';
import { type PanelPlace, usePanelPlace } from './panel-place.ts';
import classes from './panel-view.module.css';
import { SetupView } from './setup-view.tsx';

export function PanelView() {
  useLive();
  const query = useQuery(useTRPC().connections.list.queryOptions());
  const { place, stand } = usePanelPlace();
  const tokens = useFreshTokens();
  if (place === undefined) return <main className={classes.panel} />;
  return (
    <main className={classes.panel}>
      <QueryState query={query} rows={8} height={44}>
        {(connections) => <Stand {...{ connections, place, stand, tokens }} />}
      </QueryState>
    </main>
  );
}

function Stand({
  connections,
  place,
  stand,
  tokens,
}: {
  readonly connections: readonly Connection[];
  readonly place: PanelPlace;
  readonly stand: (connection: string, stepId?: string) => void;
  readonly tokens: FreshTokens;
}) {
  const latest = connections.at(-1);
  const chosen =
    place.connection === 'latest' ? latest : connections.find(({ id }) => id === place.connection);
  if (chosen !== undefined)
    return <SetupView key={chosen.id} connection={chosen} {...{ connections, place, stand, tokens }} />;
  if (latest === undefined || place.connection === 'new')
    return <NewConnectionView {...{ connections, stand, tokens }} />;
  return (
    <>
      <PanelHeader title="Set-up" connections={connections} current={undefined} stand={stand} />
      <StateScreen
        icon={<IconUnlink size={28} stroke={1.5} />}
        title="This connection is gone"
        action={<Button onClick={() => stand(latest.id)}>Show {latest.name}</Button>}
      >
        Somebody deleted it. The people it brought are still members; another connection can take them over.
      </StateScreen>
    </>
  );
}
