// Calls soon after commits, once for all those of one moment. Knows a pause, not what is done then.
import type { Timers } from '../core/scheduler.ts';
import { onCommit } from './commit-news.ts';
import type { Db } from './database.ts';

/** Commits within this time are one, in milliseconds. */
const pauseMs = 50;

/** Calls `work` soon after every commit of this process; gives what takes the call back. */
export function soonAfterCommits(db: Db, timers: Timers, work: () => void): () => void {
  let cancel: (() => void) | undefined;
  const forget = onCommit(db, () => {
    cancel ??= timers.after(pauseMs, () => {
      cancel = undefined;
      work();
    });
  });
  return () => {
    forget();
    cancel?.();
  };
}
