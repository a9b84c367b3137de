// Whether somebody who is signed in wants to connect to one more organisation. One switch, which any menu may turn.
import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let isWanted = false;

/** Shows the connect screen in place of the page; `false` goes back to it. */
export function connectAnother(wanted = true): void {
  isWanted = wanted;
  for (const listener of listeners) listener();
}

export function useConnectAnother(): boolean {
  return useSyncExternalStore(subscribe, () => isWanted);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
