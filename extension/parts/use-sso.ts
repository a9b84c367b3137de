// How single sign-on stands, followed closely while somebody tries it in another window: a try that fails is no event. Knows
// the query; no screen.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../lib/api.ts';

/** How often it is asked while somebody tries, and for how long that may take; milliseconds. */
const everyMs = 2000;
const tryMs = 15 * 60_000;

export function useSso({ enabled = true }: { readonly enabled?: boolean } = {}) {
  const trpc = useTRPC();
  const [triedAt, setTriedAt] = useState<number>();
  const query = useQuery(
    trpc.sso.get.queryOptions(undefined, {
      enabled,
      refetchInterval: () => (triedAt !== undefined && Date.now() - triedAt < tryMs ? everyMs : false),
    }),
  );
  return {
    query,
    /** The latest try since somebody pressed the button; undefined until there is one. */
    tried: query.data?.attempts.find(({ at }) => triedAt !== undefined && at >= triedAt),
    isTrying: triedAt !== undefined,
    begin: () => setTriedAt(Date.now()),
  };
}
