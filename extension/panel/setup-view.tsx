// Setting up one connection: how far it has come, its steps, and following the console. Knows what is shown around the
// steps; which step is open, the checklist below it knows.
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../lib/api.ts';
import { QueryState } from '../parts/query-state.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { ChecklistView } from './checklist-view.tsx';
import { vendors } from './checklist-words.ts';
import type { FreshTokens } from './issued-tokens.ts';
import type { Connection } from './panel-connection.ts';
import { PanelHeader } from './panel-header.tsx';
import type { PanelPlace } from './panel-place.ts';
import classes from './setup-view.module.css';

export function SetupView({
  connection,
  connections,
  place,
  stand,
  tokens,
}: {
  readonly connection: Connection;
  readonly connections: readonly Connection[];
  readonly place: PanelPlace;
  readonly stand: (connection: string) => void;
  readonly tokens: FreshTokens;
}) {
  const query = useQuery(useTRPC().setup.checklist.queryOptions({ connectionId: connection.id }));
  const { data } = query;
  return (
    <>
      <PanelHeader
        title={`Set up ${vendors[connection.kind].title}`}
        current={connection}
        {...{ connections, stand }}
        {...(data && { progress: { done: data.done, of: data.steps.length } })}
      >
        <p className={classes.contact}>
          <span className={classes.name}>{connection.name}</span>
          <span aria-hidden="true">·</span>
          {connection.lastContactAt === null ? (
            <StatusMark tone="waiting">Waiting for the first request</StatusMark>
          ) : (
            <span>
              Last contact <TimeAgo at={connection.lastContactAt} />
            </span>
          )}
        </p>
      </PanelHeader>
      <QueryState query={query} rows={10} height={44}>
        {(checklist) => <ChecklistView {...{ checklist, connection, place, tokens }} />}
      </QueryState>
    </>
  );
}
