// The last known data: kept when it changes, painted at once when a page opens, and forgotten with the account. Knows
// which answers are worth keeping.
import { type DehydratedState, dehydrate, hydrate, type Query, QueryClient } from '@tanstack/react-query';
import { accountKey } from './account.ts';
import { failureOf } from './api.ts';
import type { StandingStore } from './standing.ts';
import { type Account, type Kept, knownFor, write } from './storage.ts';

/** What a page shows first; a list of a million people is not among it. */
const worthKeeping: readonly string[] = [
  'auth.me',
  'sync.status',
  'sync.attention',
  'members.counts',
  'invitations.pending',
  'invitations.notInvited',
  'connections.list',
  'holds.list',
  'setup.checklist',
];

/** Queries with what was known before, if it is of this account; however fresh it looks, it is asked for again. */
export function queryClientOf(account: Account, lastKnown: Kept['lastKnown'] | undefined): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        gcTime: knownFor,
        retry: (count, error) => count < 5 && failureOf(error).reason === 'unreachable',
        retryDelay: (count) => Math.min(8000, 500 * 2 ** count),
        refetchOnReconnect: 'always',
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
  if (lastKnown?.account === accountKey(account) && Date.now() - lastKnown.at < knownFor) {
    hydrate(client, lastKnown.state);
    // Nobody followed the news between the page that kept it and this one.
    void client.invalidateQueries({ refetchType: 'none' });
  }
  return client;
}

/** Keeps what the queries know, a moment after each change; gives what stops it. */
export function keepLastKnown({
  account,
  standing,
  queries,
}: {
  readonly account: Account;
  readonly standing: StandingStore;
  readonly queries: QueryClient;
}): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = queries.getQueryCache().subscribe(({ type, query }) => {
    if (type !== 'updated' || !isWorthKeeping(query)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // Whose session has ended does not find it here either.
      if (standing.get().kind === 'signed_out') return;
      const state: DehydratedState = dehydrate(queries, { shouldDehydrateQuery: isWorthKeeping });
      void write({ lastKnown: { account: accountKey(account), at: Date.now(), state } });
    }, 200);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

function isWorthKeeping({ queryKey, state }: Query): boolean {
  const [path] = queryKey as readonly [(readonly string[])?];
  return state.status === 'success' && worthKeeping.includes(path?.join('.') ?? '');
}
