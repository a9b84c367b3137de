// Who runs an org, for mails that ask somebody to act. Knows no right and no mail.
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';

/** The owners and admins who can sign in and get mail. */
export function adminsToTell(
  db: Db,
  orgId: string,
): Promise<readonly { readonly id: string; readonly email: string | null }[]> {
  return (
    db
      .selectFrom('members')
      .select(['id', 'email'])
      .where('org_id', '=', orgId)
      // Spelt out, as the index of those who run the org has it.
      .where('role', '<>', sql.lit('member'))
      .where('status', '=', 'active')
      .where('email', 'is not', null)
      .execute()
  );
}

/** The owners among them. */
export async function ownersToTell(
  db: Db,
  orgId: string,
): Promise<readonly { readonly id: string; readonly email: string | null }[]> {
  return db
    .selectFrom('members')
    .select(['id', 'email'])
    .where('org_id', '=', orgId)
    .where('role', '=', sql.lit('owner'))
    .where('status', '=', 'active')
    .where('email', 'is not', null)
    .execute();
}
