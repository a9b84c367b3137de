// Keeps a page up to date while it is open: the history as it is written tells which answers are old. Knows which events
// touch which questions; no screen.
import { useDocumentVisibility } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect, useMemo, useRef } from 'react';
import { failureOf, useTRPC } from './api.ts';
import { useSession } from './mount-page.tsx';
import { sessionEnded } from './standing.ts';

/** The beginning of a kind of news, and the routers whose answers it makes old. */
const touched: readonly (readonly [event: string, routers: readonly string[]])[] = [
  ['member.', ['members', 'invitations', 'sync', 'setup', 'findings', 'sso']],
  ['group.', ['groups', 'members', 'sync', 'setup', 'findings']],
  ['connection.', ['connections', 'sync', 'setup', 'findings']],
  ['org.', ['org', 'auth', 'groups', 'members', 'sso', 'setup', 'findings']],
  ['hold.', ['holds', 'sync', 'members']],
  ['webhook.', ['webhooks']],
  ['client.', ['clients', 'connections', 'readers', 'findings']],
  ['reader.', ['readers']],
  ['attribute.', ['attributes', 'members', 'setup']],
  ['mail.', ['mail', 'invitations']],
  ['finding.', ['sync', 'setup', 'findings']],
  ['record', ['sync', 'setup', 'findings', 'records', 'connections']],
];

/** Answers are asked for again at most this often, however many events come in. */
const pauseMs = 250;

/** Follows what happens in the org as long as the page can be seen; what was missed meanwhile is asked for anew. */
export function useLive(): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { standing } = useSession();
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
  // Browsers open six connections to a server; a page in the background leaves its own to the others.
  const enabled = useDocumentVisibility() === 'visible';
  const wasLive = useRef(false);
  useSubscription(
    trpc.live.news.subscriptionOptions(undefined, {
      enabled,
      onStarted: () => {
        if (wasLive.current) void queries.invalidateQueries();
        wasLive.current = true;
      },
      onData: (kinds) => stale.add(kinds.flatMap((kind) => touchedBy(kind))),
      // A stream ends with its session, and says so itself.
      onError: (error) => {
        if (failureOf(error).reason === 'session.missing') standing.set(sessionEnded);
      },
    }),
  );
}

function touchedBy(kind: string): readonly string[] {
  return touched.find(([start]) => kind.startsWith(start))?.[1] ?? [];
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
