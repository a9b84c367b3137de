// Finds out by itself when trouble is over: on a timer that grows calmer, and at once when the browser says that
// something changed. Knows which trouble passes by itself; no words.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { browser } from 'wxt/browser';
import { useTRPCClient } from '../lib/api.ts';
import { useStanding } from '../lib/mount-page.tsx';
import type { Standing } from '../lib/standing.ts';

/** Until the next try by itself, in milliseconds; the last one goes on for ever. */
const pauses = [1000, 2000, 4000, 8000, 15_000, 30_000];

/** What passes without anybody here doing something. */
function passesByItself(standing: Standing): boolean {
  return standing.kind !== 'ok' && standing.kind !== 'signed_out';
}

export interface Recovery {
  readonly isTrying: boolean;
  readonly retry: () => Promise<void>;
}

/** Every answer, and every missing one, moves the standing; what is shown is asked for anew once it is good again. */
export function useRecovery(): Recovery {
  const client = useTRPCClient();
  const queries = useQueryClient();
  const standing = useStanding();
  const [isTrying, setTrying] = useState(false);
  const isLost = passesByItself(standing);

  const probe = useCallback(async () => {
    await client.auth.me.query().catch(() => {});
  }, [client]);
  const retry = useCallback(async () => {
    setTrying(true);
    await probe();
    setTrying(false);
  }, [probe]);

  useEffect(() => {
    const ask = () => void probe();
    addEventListener('offline', ask);
    return () => removeEventListener('offline', ask);
  }, [probe]);

  useEffect(() => {
    if (!isLost) return;
    let tries = 0;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const plan = () => {
      if (isOver) return;
      timer = setTimeout(() => void probe().then(plan), pauses[Math.min(tries++, pauses.length - 1)]);
    };
    const ask = () => void probe();
    plan();
    addEventListener('online', ask);
    addEventListener('focus', ask);
    browser.permissions.onAdded.addListener(ask);
    return () => {
      isOver = true;
      clearTimeout(timer);
      removeEventListener('online', ask);
      removeEventListener('focus', ask);
      browser.permissions.onAdded.removeListener(ask);
    };
  }, [isLost, probe]);

  const before = useRef(standing.kind);
  useEffect(() => {
    if (before.current !== 'ok' && standing.kind === 'ok') void queries.invalidateQueries();
    before.current = standing.kind;
  }, [standing.kind, queries]);

  return { isTrying, retry };
}
