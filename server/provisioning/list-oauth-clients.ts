// OAuth clients as people look at them: without secrets and keys. Reads, and changes nothing.
import type { ClientOwner, OauthClients } from '../../shared/oauth-client.ts';
import type { Db } from '../db/database.ts';
import { ownerOrThrow } from './change-oauth-client.ts';
import { clientAddresses } from './client-addresses.ts';
import { type ClientWithCredentials, listClientRows } from './oauth-client-store.ts';
import { tokenState } from './token-state.ts';

/**
 * The clients of a connection or reader, the oldest first, and the addresses that they are given.
 * @throws AppError `connection.not_found`, `reader.not_found`
 */
export async function listClients(
  { db, now, publicUrl }: { readonly db: Db; readonly now: () => number; readonly publicUrl: () => string },
  orgId: string,
  owner: ClientOwner,
): Promise<OauthClients> {
  await ownerOrThrow(db, orgId, owner);
  const clients = await listClientRows(db, orgId, owner);
  return {
    addresses: clientAddresses(publicUrl(), owner),
    clients: clients.map((client) => shownClient(client, now())),
  };
}

function shownClient(
  { id, name, method, created_at: createdAt, credentials }: ClientWithCredentials,
  now: number,
): OauthClients['clients'][number] {
  return {
    id,
    name,
    method,
    createdAt,
    lastUsedAt: latest(credentials.map((credential) => credential.last_used_at)),
    credentials: credentials.map((credential) => ({
      id: credential.id,
      kind: credential.kind,
      hint: credential.hint,
      state: tokenState(credential, now),
      createdAt: credential.created_at,
      expiresAt: credential.expires_at,
      lastUsedAt: credential.last_used_at,
    })),
  };
}

/** The latest of times of which some may be missing. */
export function latest(times: readonly (number | null)[]): number | null {
  return times.reduce<number | null>(
    (last, at) => (at !== null && (last === null || at > last) ? at : last),
    null,
  );
}
