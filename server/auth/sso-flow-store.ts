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
