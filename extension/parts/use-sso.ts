// How single sign-on stands, followed closely while somebody tries it in another window: a try that fails is no event. Knows
// the query; no screen.
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTRPC } from '../lib/api.ts';
import { attemptSince, serverTime } from './sso-try.ts';

/** How often it is asked while somebody tries, and for how long that may take; milliseconds. */
const everyMs = 2000;
const tryMs = 15 * 60_000;

interface Try {
  /** In the server's time. */
  readonly since: number;
  /** The same by `performance.now()`. */
  readonly begunAt: number;
}

export function useSso({ enabled = true }: { readonly enabled?: boolean } = {}) {
  const trpc = useTRPC();
  const [trying, setTrying] = useState<Try>();
  const query = useQuery(
    trpc.sso.get.queryOptions(undefined, {
      enabled,
      refetchInterval: () =>
        trying !== undefined && performance.now() - trying.begunAt < tryMs ? everyMs : false,
    }),
  );
  const { data } = query;
  const answer = useMemo(() => data && { asOf: data.asOf, cameAt: performance.now() }, [data]);
  return {
    query,
    /** The latest try since somebody pressed the button; undefined until there is one. */
    tried: data && trying && attemptSince(data, trying.since),
    isTrying: trying !== undefined,
    begin: () => {
      const begunAt = performance.now();
      if (answer) setTrying({ since: serverTime(answer, begunAt), begunAt });
    },
  };
}
