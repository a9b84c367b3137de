// What the test identity provider remembers, in memory and of one provider alone. Implements oidc-provider's adapter.
import type { Adapter, AdapterPayload } from 'oidc-provider';

export interface IdpStore {
  /** For oidc-provider: what it keeps of one kind. */
  adapter(kind: string): Adapter;
  /** Everything of one kind. */
  all(kind: string): readonly AdapterPayload[];
}

export function createIdpStore(): IdpStore {
  const kept = new Map<string, AdapterPayload>();
  const all = (kind: string) =>
    [...kept].flatMap(([key, payload]) => (key.startsWith(`${kind}:`) ? [payload] : []));
  return {
    all,
    adapter(kind) {
      const key = (id: string) => `${kind}:${id}`;
      return {
        async upsert(id, payload) {
          kept.set(key(id), payload);
        },
        find: async (id) => kept.get(key(id)),
        findByUid: async (uid) => all(kind).find((payload) => payload.uid === uid),
        findByUserCode: async () => undefined,
        async consume(id) {
          const payload = kept.get(key(id));
          if (payload) payload.consumed = Math.floor(Date.now() / 1000);
        },
        async destroy(id) {
          kept.delete(key(id));
        },
        async revokeByGrantId(grantId) {
          for (const [id, payload] of kept) if (payload.grantId === grantId) kept.delete(id);
        },
      };
    },
  };
}
