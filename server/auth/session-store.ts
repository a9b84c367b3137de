// Sessions of people, kept by the hash of their token. Knows when a session counts, not how anybody signs in.
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';

export interface Session {
  readonly org_id: string;
  readonly member_id: string;
  readonly name: string;
  readonly expires_at: number;
}

/** Keeps a new session; `hash` is the hash of its token, `name` what its owner calls the device. */
export async function addSession(
  db: Db,
  orgId: string,
  session: {
    readonly memberId: string;
    readonly hash: string;
    readonly name: string;
    readonly now: number;
    readonly expiresAt: number;
  },
): Promise<void> {
  await db
    .insertInto('sessions')
    .values({
      org_id: orgId,
      member_id: session.memberId,
      hash: session.hash,
      name: session.name,
      created_at: session.now,
      expires_at: session.expiresAt,
    })
    .execute();
}

/** The live session of a token's hash, whatever its org: the token is what proves the org. */
export async function findSession(db: Db, hash: string, now: number): Promise<Session | undefined> {
  return db
    .selectFrom('sessions')
    .select(['org_id', 'member_id', 'name', 'expires_at'])
    .where('hash', '=', hash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

const endAll = prepare<{ org: string; member: string }, unknown>((db, p) =>
  db.deleteFrom('sessions').where('org_id', '=', p('org')).where('member_id', '=', p('member')),
);

/** Ends every session of a member in the caller's transaction and says how many there were. */
export function endSessions(trx: Db, orgId: string, memberId: string): Promise<number> {
  return endAll.run(trx, { org: orgId, member: memberId });
}
