// Keeps a page up to date while it is open: the history as it is written tells which answers are old. Knows which events
// touch which questions; no screen.
import { useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect, useMemo } from 'react';
import { failureOf, useTRPC } from './api.ts';
import { useSession } from './page.tsx';
import { sessionEnded } from './standing.ts';

/** The beginning of an event's type, and the routers whose answers it makes old. */
const touched: readonly (readonly [event: string, routers: readonly string[]])[] = [
  ['member.', ['members', 'invitations', 'sync', 'setup']],
  ['group.', ['groups', 'members', 'sync', 'setup']],
  ['connection.', ['connections', 'sync', 'setup']],
  ['org.', ['org', 'auth', 'groups', 'members']],
  ['hold.', ['holds', 'sync', 'members']],
  ['mail.', ['mail', 'invitations']],
];

/** Answers are asked for again at most this often, however many events come in. */
const pauseMs = 250;

/** Follows the history and the identity provider's requests until the page closes. */
export function useLive(): 'connecting' | 'live' | 'lost' {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const stale = useMemo(
    () =>
      gather((routers) => {
        for (const router of routers)
          void queries.invalidateQueries({
            predicate: ({ queryKey }) => (queryKey[0] as string[])?.[0] === router,
          });
      }),
    [queries],
  );
  useEffect(() => stale.stop, [stale]);
  const { standing } = useSession();
  // A stream ends with its session, and says so itself.
  const onError = (error: unknown) => {
    if (failureOf(error).reason === 'session.missing') standing.set(sessionEnded);
  };
  const events = useSubscription(
    trpc.live.events.subscriptionOptions(undefined, {
      onData: ({ data }) => stale.add(touched.find(([start]) => data.type.startsWith(start))?.[1] ?? []),
      onError,
    }),
  );
  useSubscription(
    trpc.live.records.subscriptionOptions(undefined, {
      onData: () => stale.add(['sync', 'setup', 'records', 'connections']),
      onError,
    }),
  );
  if (events.status === 'pending') return 'live';
  return events.status === 'error' ? 'lost' : 'connecting';
}

function gather(tell: (routers: ReadonlySet<string>) => void) {
  let waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    add(routers: readonly string[]) {
      for (const router of routers) waiting.add(router);
      timer ??= setTimeout(() => {
        timer = undefined;
        const all = waiting;
        waiting = new Set();
        tell(all);
      }, pauseMs);
    },
    stop: () => clearTimeout(timer),
  };
}
