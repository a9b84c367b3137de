// The single-use codes that the extension trades for its session, as rows. Knows hashes, no address and no PKCE.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import { lockForUpdate } from '../db/locks.ts';
import type { ExtensionCodeTable } from '../db/people-tables.ts';
import type { SsoOrigin } from './session-store.ts';

export type ExtensionCodeRow = Selectable<ExtensionCodeTable>;

export async function addExtensionCode(
  trx: Db,
  code: Omit<ExtensionCodeRow, 'used_at' | 'session_id' | keyof SsoOrigin> & Partial<SsoOrigin>,
): Promise<void> {
  await trx
    .insertInto('extension_codes')
    .values({ ...code, used_at: null, session_id: null })
    .execute();
}

/** Whose the code of this hash is, used or not. */
export function findExtensionCodeOwner(
  db: Db,
  hash: string,
): Promise<Pick<ExtensionCodeRow, 'org_id' | 'member_id'> | undefined> {
  return db
    .selectFrom('extension_codes')
    .select(['org_id', 'member_id'])
    .where('hash', '=', hash)
    .executeTakeFirst();
}

/** The code of this hash, used or not, kept from being used by anybody else until the transaction ends. */
export function lockExtensionCode(trx: Db, hash: string): Promise<ExtensionCodeRow | undefined> {
  return trx
    .selectFrom('extension_codes')
    .selectAll()
    .where('hash', '=', hash)
    .$call(lockForUpdate(trx))
    .executeTakeFirst();
}

/** Uses a code up; `sessionId` is what it became, if anything. */
export async function spendExtensionCode(
  trx: Db,
  hash: string,
  now: number,
  sessionId: string | null,
): Promise<void> {
  await trx
    .updateTable('extension_codes')
    .set({ used_at: now, session_id: sessionId })
    .where('hash', '=', hash)
    .execute();
}
