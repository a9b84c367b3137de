// How the extension stands with its server at this moment, as one value that screens watch. Knows the kinds of trouble,
// not how they look.

/** `lost` kinds pass by themselves; the others need somebody to act. */
export type Standing =
  | { readonly kind: 'ok' }
  | { readonly kind: 'offline' | 'server_down'; readonly since: number }
  | { readonly kind: 'signed_out'; readonly message: string }
  | { readonly kind: 'no_permission'; readonly origin: string }
  | { readonly kind: 'version_mismatch'; readonly newer: 'server' | 'extension' };

/** When the server says that there is no session any more. */
export const sessionEnded: Standing = {
  kind: 'signed_out',
  message: 'Your session has ended. Sign in again; nothing is lost.',
};

export interface StandingStore {
  get(): Standing;
  set(standing: Standing): void;
  subscribe(listener: () => void): () => void;
}

export function createStandingStore(): StandingStore {
  let standing: Standing = { kind: 'ok' };
  const listeners = new Set<() => void>();
  return {
    get: () => standing,
    set(next) {
      if (next.kind === standing.kind) return;
      standing = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
