// The rows of OAuth clients and of what they prove themselves by. Of a secret there is only the hash. Knows SQL alone.
import type { Selectable } from 'kysely';
import type { ClientOwner } from '../../shared/oauth-client.ts';
import type { OauthClientTable, OauthCredentialTable } from '../db/client-tables.ts';
import type { Db } from '../db/database.ts';

export type ClientRow = Selectable<OauthClientTable>;
export type CredentialRow = Selectable<OauthCredentialTable>;

/** A client with every credential it ever had: refused requests are explained by the dead ones. */
export interface ClientWithCredentials extends ClientRow {
  readonly credentials: readonly CredentialRow[];
}

export async function findClient(
  db: Db,
  orgId: string,
  id: string,
): Promise<ClientWithCredentials | undefined> {
  const client = await db
    .selectFrom('oauth_clients')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (client === undefined) return undefined;
  return { ...client, credentials: await credentialsOf(db, orgId, [client.id]) };
}

/** The clients of a connection or reader, the oldest first. */
export async function listClientRows(
  db: Db,
  orgId: string,
  { ownerKind, ownerId }: ClientOwner,
): Promise<readonly ClientWithCredentials[]> {
  const clients = await db
    .selectFrom('oauth_clients')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('owner_id', '=', ownerId)
    .where('owner_kind', '=', ownerKind)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  if (clients.length === 0) return [];
  const credentials = await credentialsOf(
    db,
    orgId,
    clients.map(({ id }) => id),
  );
  return clients.map((client) => ({
    ...client,
    credentials: credentials.filter(({ client_id: id }) => id === client.id),
  }));
}

function credentialsOf(
  db: Db,
  orgId: string,
  clientIds: readonly string[],
): Promise<readonly CredentialRow[]> {
  return db
    .selectFrom('oauth_credentials')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('client_id', 'in', clientIds)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export async function insertClient(trx: Db, client: ClientRow): Promise<void> {
  await trx.insertInto('oauth_clients').values(client).execute();
}

export async function insertCredential(trx: Db, credential: CredentialRow): Promise<void> {
  await trx.insertInto('oauth_credentials').values(credential).execute();
}

export async function revokeCredentialRow(trx: Db, orgId: string, id: string, now: number): Promise<void> {
  await trx
    .updateTable('oauth_credentials')
    .set({ revoked_at: now })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute();
}

/** Removes a client; credentials, access tokens and used assertions go with it. */
export async function deleteClientRow(trx: Db, orgId: string, id: string): Promise<void> {
  await trx.deleteFrom('oauth_clients').where('org_id', '=', orgId).where('id', '=', id).execute();
}

/** Removes every client of a connection or reader that goes. */
export async function deleteClientsOf(
  trx: Db,
  orgId: string,
  { ownerKind, ownerId }: ClientOwner,
): Promise<void> {
  await trx
    .deleteFrom('oauth_clients')
    .where('org_id', '=', orgId)
    .where('owner_id', '=', ownerId)
    .where('owner_kind', '=', ownerKind)
    .execute();
}
