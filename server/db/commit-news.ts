// Says that something was committed, so that whoever waits for work looks at once. Knows no table; nothing rests on it:
// another process's commits are not among them.
import type { Db } from './database.ts';

const listeners = new WeakMap<object, Set<() => void>>();

/** Calls back soon after every commit of this process; gives what takes the call back. */
export function onCommit(db: Db, listener: () => void): () => void {
  const database = db.getExecutor().adapter;
  const all = listeners.get(database) ?? new Set();
  listeners.set(database, all.add(listener));
  return () => all.delete(listener);
}

/** Tells everybody who listens. */
export function announceCommit(db: Db): void {
  for (const listener of listeners.get(db.getExecutor().adapter) ?? []) listener();
}
