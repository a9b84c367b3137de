// A session as a row, for tests that need somebody to be signed in. Knows no way of signing in.
import type { addSession } from '../../server/auth/session-store.ts';

/** A session that lasts for ages; its token's hash is its id too. */
export function newSession(orgId: string, memberId: string, hash: string): Parameters<typeof addSession>[1] {
  return {
    org_id: orgId,
    member_id: memberId,
    id: hash,
    kind: 'browser',
    hash,
    name: 'Laptop',
    created_at: 1,
    expires_at: 9e12,
  };
}
