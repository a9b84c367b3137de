// The sessions, and codes on their way to one, that rest on an identity provider's word, as rows.
import { type ExpressionBuilder, sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { Tables } from '../db/tables.ts';
import type { SessionRow } from './session-store.ts';

/** Whose: of a session there, of a subject, or of both. */
export interface OfSso {
  readonly issuer: string;
  readonly subject: string | null;
  readonly sid: string | null;
}

/** A session whose `sid` is not known may be the one meant, if it is the subject's. */
function isMeant({ issuer, subject, sid }: OfSso) {
  return <Table extends 'sessions' | 'extension_codes'>(eb: ExpressionBuilder<Tables, Table>) => {
    const is = eb as unknown as ExpressionBuilder<Tables, 'sessions'>;
    const ofSid = sid === null ? sql<boolean>`1 = 1` : is('sso_sid', '=', sid);
    return is.and([
      is('sso_issuer', '=', issuer),
      ...(subject === null
        ? [ofSid]
        : [is('sso_subject', '=', subject), is.or([ofSid, is('sso_sid', 'is', null)])]),
    ]);
  };
}

export function sessionsOfSso(
  db: Db,
  orgId: string,
  whose: OfSso,
): Promise<readonly Pick<SessionRow, 'id' | 'member_id'>[]> {
  return db
    .selectFrom('sessions')
    .select(['id', 'member_id'])
    .where('org_id', '=', orgId)
    .where(isMeant(whose))
    .execute();
}

export async function endCodesOfSso(trx: Db, orgId: string, whose: OfSso): Promise<void> {
  await trx.deleteFrom('extension_codes').where('org_id', '=', orgId).where(isMeant(whose)).execute();
}

/** What does not rest on this issuer's word. */
function isOtherWay(issuer: string) {
  return <Table extends 'sessions' | 'extension_codes'>(eb: ExpressionBuilder<Tables, Table>) => {
    const is = eb as unknown as ExpressionBuilder<Tables, 'sessions'>;
    return is.or([is('sso_issuer', 'is', null), is('sso_issuer', '<>', issuer)]);
  };
}

/** A member's sessions that do not rest on this issuer's word. */
export function sessionsOfOtherWays(
  db: Db,
  orgId: string,
  memberId: string,
  issuer: string,
): Promise<readonly Pick<SessionRow, 'id'>[]> {
  return db
    .selectFrom('sessions')
    .select('id')
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .where(isOtherWay(issuer))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Ends a member's codes on their way to such a session. */
export async function endCodesOfOtherWays(
  trx: Db,
  orgId: string,
  memberId: string,
  issuer: string,
): Promise<void> {
  await trx
    .deleteFrom('extension_codes')
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .where(isOtherWay(issuer))
    .execute();
}

/** Ends every session of an org that does not rest on this issuer's word, but those of owners; says how many. */
export async function endOtherWays(trx: Db, orgId: string, issuer: string): Promise<number> {
  const ofOthers = <Table extends 'sessions' | 'extension_codes'>(eb: ExpressionBuilder<Tables, Table>) => {
    const is = eb as unknown as ExpressionBuilder<Tables, 'sessions'>;
    return is.and([
      is('org_id', '=', orgId),
      isOtherWay(issuer)(is),
      is('member_id', 'not in', (from) =>
        from.selectFrom('members').select('id').where('org_id', '=', orgId).where('role', '=', 'owner'),
      ),
    ]);
  };
  await trx.deleteFrom('extension_codes').where(ofOthers).execute();
  const ended = await trx.deleteFrom('sessions').where(ofOthers).executeTakeFirst();
  return Number(ended.numDeletedRows);
}
