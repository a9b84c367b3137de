// Sign-ins that have gone to an identity provider, and logout tokens that came from one, as rows: each good once. Knows
// hashes, no protocol.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import type { SsoFlowTable, SsoLogoutTokenTable } from '../db/sso-tables.ts';

export type SsoFlowRow = Selectable<SsoFlowTable>;

export async function addFlow(trx: Db, flow: Omit<SsoFlowRow, 'used_at'>): Promise<void> {
  await trx
    .insertInto('sso_flows')
    .values({ ...flow, used_at: null })
    .execute();
}

/** Uses a sign-in up and gives it; nothing when it is used, expired, another org's or another browser's. */
export function takeFlow(
  db: Db,
  { org_id, state_hash, browser_hash }: Pick<SsoFlowRow, 'org_id' | 'state_hash' | 'browser_hash'>,
  now: number,
): Promise<SsoFlowRow | undefined> {
  return db
    .updateTable('sso_flows')
    .set({ used_at: now })
    .where('org_id', '=', org_id)
    .where('state_hash', '=', state_hash)
    .where('browser_hash', '=', browser_hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst();
}

/** Remembers a logout token; false when it has been here before. */
export async function rememberLogoutToken(trx: Db, token: Selectable<SsoLogoutTokenTable>): Promise<boolean> {
  const added = await trx
    .insertInto('sso_logout_tokens')
    .values(token)
    .onConflict((conflict) => conflict.columns(['org_id', 'issuer', 'jti_hash']).doNothing())
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows) === 1;
}

/** Forgets the sign-ins of an org that are under way. */
export async function deleteFlows(trx: Db, orgId: string): Promise<void> {
  await trx.deleteFrom('sso_flows').where('org_id', '=', orgId).execute();
}

/** Deletes sign-ins of an org that were over before the time given, at most so many, and says how many. */
export async function purgeFlows(db: Db, orgId: string, before: number, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('sso_flows')
    .where('org_id', '=', orgId)
    .where('state_hash', 'in', (from) =>
      from
        .selectFrom('sso_flows')
        .select('state_hash')
        .where('org_id', '=', orgId)
        .where('expires_at', '<', before)
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** The same for logout tokens that nobody would believe any more. */
export async function purgeLogoutTokens(
  db: Db,
  orgId: string,
  before: number,
  limit: number,
): Promise<number> {
  const result = await db
    .deleteFrom('sso_logout_tokens')
    .where('org_id', '=', orgId)
    .where('jti_hash', 'in', (from) =>
      from
        .selectFrom('sso_logout_tokens')
        .select('jti_hash')
        .where('org_id', '=', orgId)
        .where('expires_at', '<', before)
        .limit(limit),
    )
    .where('expires_at', '<', before)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
