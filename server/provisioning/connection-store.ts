// The rows of connections and their bearer tokens. A token itself is never here, only its hash.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';
import type { ConnectionTable, ConnectionTokenTable } from '../db/tables.ts';
import { deleteClientsOf } from './oauth-client-store.ts';

export type ConnectionRow = Selectable<ConnectionTable>;
export type TokenRow = Selectable<ConnectionTokenTable>;

/** A connection with every token it ever had that is still kept: refused requests are explained by the dead ones. */
export interface ConnectionWithTokens extends ConnectionRow {
  readonly tokens: readonly TokenRow[];
}

/** A connection as a request finds it, with the version of its org's own attributes: 0 for none. */
export interface FoundConnection extends ConnectionWithTokens {
  readonly attributesVersion: number;
}

type Joined = ConnectionRow & { readonly attributes_version: number | null } & {
  [Column in keyof TokenRow as `token_${Column}`]: TokenRow[Column] | null;
};

const withTokens = prepare<{ id: string }, Joined>((db, p) =>
  db
    .selectFrom('connections as c')
    .leftJoin('connection_tokens as t', 't.connection_id', 'c.id')
    .leftJoin('attribute_schemas as s', 's.org_id', 'c.org_id')
    .selectAll('c')
    .select([
      's.version as attributes_version',
      't.org_id as token_org_id',
      't.id as token_id',
      't.connection_id as token_connection_id',
      't.hash as token_hash',
      't.last4 as token_last4',
      't.created_at as token_created_at',
      't.expires_at as token_expires_at',
      't.revoked_at as token_revoked_at',
      't.last_used_at as token_last_used_at',
    ])
    .where('c.id', '=', p('id'))
    .orderBy('t.created_at'),
);

/** One query for everything that a request to a connection's address needs to be let in or turned away. */
export async function findConnection(db: Db, id: string): Promise<FoundConnection | undefined> {
  const rows = await withTokens.all(db, { id });
  const [first] = rows;
  if (!first) return undefined;
  const { org_id, kind, mode, name, created_at } = first;
  const tokens = rows.filter((row) => row.token_id !== null).map(tokenOf);
  const attributesVersion = first.attributes_version ?? 0;
  return { org_id, id: first.id, kind, mode, name, created_at, tokens, attributesVersion };
}

function tokenOf(row: Joined): TokenRow {
  return {
    org_id: row.org_id,
    id: row.token_id ?? '',
    connection_id: row.id,
    hash: row.token_hash ?? '',
    last4: row.token_last4 ?? '',
    created_at: row.token_created_at ?? 0,
    expires_at: row.token_expires_at,
    revoked_at: row.token_revoked_at,
    last_used_at: row.token_last_used_at,
  };
}

/** The connections of an org, oldest first, with their tokens. */
export async function listConnections(db: Db, orgId: string): Promise<readonly ConnectionWithTokens[]> {
  const connections = await db
    .selectFrom('connections')
    .selectAll()
    .where('org_id', '=', orgId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const tokens = await db
    .selectFrom('connection_tokens')
    .selectAll()
    .where('org_id', '=', orgId)
    .orderBy('created_at')
    .execute();
  return connections.map((connection) => ({
    ...connection,
    tokens: tokens.filter((token) => token.connection_id === connection.id),
  }));
}

export async function insertConnection(trx: Db, connection: ConnectionRow): Promise<void> {
  await trx.insertInto('connections').values(connection).execute();
}

export async function insertToken(trx: Db, token: TokenRow): Promise<void> {
  await trx.insertInto('connection_tokens').values(token).execute();
}

/** Gives a token an end: sooner, never later. */
export async function endTokenBy(trx: Db, orgId: string, tokenId: string, expiresAt: number): Promise<void> {
  await trx
    .updateTable('connection_tokens')
    .set({ expires_at: expiresAt })
    .where('org_id', '=', orgId)
    .where('id', '=', tokenId)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', expiresAt)]))
    .execute();
}

export async function revokeTokenRow(trx: Db, orgId: string, tokenId: string, now: number): Promise<void> {
  await trx
    .updateTable('connection_tokens')
    .set({ revoked_at: now })
    .where('org_id', '=', orgId)
    .where('id', '=', tokenId)
    .where('revoked_at', 'is', null)
    .execute();
}

/** Removes the connection, its tokens and its OAuth clients; what it managed must have been let go before. */
export async function deleteConnectionRow(trx: Db, orgId: string, connectionId: string): Promise<void> {
  await trx
    .deleteFrom('connection_tokens')
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .execute();
  await deleteClientsOf(trx, orgId, { ownerKind: 'connection', ownerId: connectionId });
  await trx.deleteFrom('connections').where('org_id', '=', orgId).where('id', '=', connectionId).execute();
}
