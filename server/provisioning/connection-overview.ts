// An org's connections as people see them: address, tokens without their secret, how much each manages, last contact.
import type { Db } from '../db/database.ts';
import { countManagedGroups } from '../groups/group-store.ts';
import { countManagedMembers } from '../members/member-store.ts';
import { baseUrlOf } from './connection-address.ts';
import { type ConnectionWithTokens, listConnections } from './connection-store.ts';
import { listRecords } from './provisioning-record-store.ts';
import { tokenState } from './token-state.ts';

/** Every connection of an org, oldest first; times are Unix ms. */
export async function connectionOverview(
  deps: { readonly db: Db; readonly now: () => number; readonly publicUrl: () => string },
  orgId: string,
) {
  const connections = await listConnections(deps.db, orgId);
  return Promise.all(connections.map((connection) => overviewOf(deps, connection)));
}

async function overviewOf(
  { db, now, publicUrl }: { readonly db: Db; readonly now: () => number; readonly publicUrl: () => string },
  { id, org_id: orgId, kind, mode, name, created_at: createdAt, tokens }: ConnectionWithTokens,
) {
  const [latest] = await listRecords(db, orgId, { connectionId: id, limit: 1 });
  return {
    id,
    kind,
    mode,
    name,
    createdAt,
    baseUrl: baseUrlOf(publicUrl(), id),
    people: await countManagedMembers(db, orgId, id),
    groups: await countManagedGroups(db, orgId, id),
    lastContactAt: latest?.at ?? null,
    tokens: tokens.map((token) => ({
      id: token.id,
      last4: token.last4,
      state: tokenState(token, now()),
      createdAt: token.created_at,
      expiresAt: token.expires_at,
      lastUsedAt: token.last_used_at,
    })),
  };
}
