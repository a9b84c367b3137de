// What came of an org's latest sign-ins with its identity provider, as rows. Knows how many are kept, not what they mean.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import type { SsoAttemptTable } from '../db/sso-tables.ts';

export type SsoAttemptRow = Selectable<SsoAttemptTable>;

/** How many an org keeps. */
const kept = 50;

/** Adds one and lets go of those that are too many. */
export async function addAttempt(trx: Db, attempt: Omit<SsoAttemptRow, 'seq'>): Promise<void> {
  await trx.insertInto('sso_attempts').values(attempt).execute();
  await trx
    .deleteFrom('sso_attempts')
    .where('org_id', '=', attempt.org_id)
    .where('seq', 'in', (from) =>
      from
        .selectFrom('sso_attempts')
        .select('seq')
        .where('org_id', '=', attempt.org_id)
        .orderBy('seq', 'desc')
        // SQLite takes no offset without a limit.
        .limit(1000)
        .offset(kept),
    )
    .execute();
}

/** The latest first. */
export function listAttempts(db: Db, orgId: string): Promise<readonly SsoAttemptRow[]> {
  return db
    .selectFrom('sso_attempts')
    .selectAll()
    .where('org_id', '=', orgId)
    .orderBy('seq', 'desc')
    .limit(kept)
    .execute();
}

/** Deletes an org's attempts from before the time given, of which there are never more than are kept; says how many. */
export async function purgeAttempts(db: Db, orgId: string, before: number): Promise<number> {
  const result = await db
    .deleteFrom('sso_attempts')
    .where('org_id', '=', orgId)
    .where('at', '<', before)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Deletes the attempts that name somebody. */
export async function deleteAttemptsOf(trx: Db, orgId: string, memberId: string): Promise<void> {
  await trx
    .deleteFrom('sso_attempts')
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .execute();
}
