// The rows of access tokens and of assertions that were used. Of a token there is only its hash. Knows SQL, no protocol.
import type { Insertable } from 'kysely';
import type { ClientOwner } from '../../shared/oauth-client.ts';
import type { OauthAssertionTable, OauthTokenTable } from '../db/client-tables.ts';
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';

/** An access token with what decides whether it lets in. */
export interface AccessToken {
  readonly clientName: string;
  readonly expiresAt: number;
  /** When the key or secret it was got by was revoked or ended. */
  readonly revokedAt: number | null;
  readonly credentialExpiresAt: number | null;
}

const byHash = prepare<{ org: string; hash: string; ownerKind: string; ownerId: string }, AccessToken>(
  (db, p) =>
    db
      .selectFrom('oauth_tokens as t')
      .innerJoin('oauth_clients as c', (join) =>
        join.onRef('c.org_id', '=', 't.org_id').onRef('c.id', '=', 't.client_id'),
      )
      .innerJoin('oauth_credentials as k', (join) =>
        join.onRef('k.org_id', '=', 't.org_id').onRef('k.id', '=', 't.credential_id'),
      )
      .select([
        'c.name as clientName',
        't.expires_at as expiresAt',
        'k.revoked_at as revokedAt',
        'k.expires_at as credentialExpiresAt',
      ])
      .where('t.org_id', '=', p('org'))
      .where('t.hash', '=', p('hash'))
      .where('c.owner_kind', '=', p('ownerKind') as ClientOwner['ownerKind'])
      .where('c.owner_id', '=', p('ownerId')),
);

/** An access token of this connection or reader, dead ones included. */
export function findAccessToken(
  db: Db,
  orgId: string,
  { ownerKind, ownerId }: ClientOwner,
  hash: string,
): Promise<AccessToken | undefined> {
  return byHash.first(db, { org: orgId, hash, ownerKind, ownerId });
}

export async function insertAccessToken(trx: Db, token: Insertable<OauthTokenTable>): Promise<void> {
  await trx.insertInto('oauth_tokens').values(token).execute();
}

/** Notes that a credential got a token. */
export async function noteCredentialUse(trx: Db, orgId: string, id: string, now: number): Promise<void> {
  await trx
    .updateTable('oauth_credentials')
    .set({ last_used_at: now })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute();
}

/** Uses an assertion up; false when it was used before, by whichever process. @see RFC 7523 §3 (7) */
export async function spendAssertion(trx: Db, assertion: Insertable<OauthAssertionTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('oauth_assertions')
    .values(assertion)
    .onConflict((conflict) => conflict.columns(['org_id', 'client_id', 'jti_hash']).doNothing())
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows ?? 0) > 0;
}

/** Forgets a client's tokens that ended before `tokensUntil` and its assertions that could not be used again. */
export async function purgeEnded(
  trx: Db,
  orgId: string,
  clientId: string,
  { tokensUntil, assertionsUntil }: { readonly tokensUntil: number; readonly assertionsUntil: number },
): Promise<void> {
  await trx
    .deleteFrom('oauth_tokens')
    .where('org_id', '=', orgId)
    .where('client_id', '=', clientId)
    .where('expires_at', '<', tokensUntil)
    .execute();
  await trx
    .deleteFrom('oauth_assertions')
    .where('org_id', '=', orgId)
    .where('client_id', '=', clientId)
    .where('expires_at', '<', assertionsUntil)
    .execute();
}
