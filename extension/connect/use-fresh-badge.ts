// Keeps the number on the toolbar button in step with what an open page learns. Knows which answers bear on it.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ask } from '../lib/messages.ts';

/** The routers whose answers change what needs attention. */
const bearing: readonly string[] = ['sync', 'invitations', 'holds'];

const pauseMs = 1500;

export function useFreshBadge(): void {
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = queries.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated' || event.action.type !== 'success') return;
      const [path] = event.query.queryKey as readonly [(readonly string[])?];
      if (!bearing.includes(path?.[0] ?? '')) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        // Nobody waits for it, and the alarm comes anyway.
        ask({ type: 'refresh' }).catch(() => {});
      }, pauseMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [queries]);
}
