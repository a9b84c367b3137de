// Sessions of people, kept by the hash of their token. Knows when a session counts, not how anybody signs in.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import type { SessionTable } from '../db/people-tables.ts';
import { prepare } from '../db/prepared.ts';

export type SessionRow = Selectable<SessionTable>;

/** Keeps a new session; `hash` is the hash of its token, `name` what its owner calls the device. */
export async function addSession(trx: Db, session: Omit<SessionRow, 'last_used_at'>): Promise<void> {
  await trx
    .insertInto('sessions')
    .values({ ...session, last_used_at: null })
    .execute();
}

const live = prepare<{ hash: string; now: number }, SessionRow>((db, p) =>
  db.selectFrom('sessions').selectAll().where('hash', '=', p('hash')).where('expires_at', '>', p('now')),
);

/** The live session of a token's hash, whatever its org: the token is what proves the org. */
export function findSession(db: Db, hash: string, now: number): Promise<SessionRow | undefined> {
  return live.first(db, { hash, now });
}

/** A member's live sessions, the latest first. */
export function listSessions(
  db: Db,
  orgId: string,
  memberId: string,
  now: number,
): Promise<readonly SessionRow[]> {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .execute();
}

/** Ends one session of a member and gives it, if there was one. */
export async function endSession(
  trx: Db,
  orgId: string,
  memberId: string,
  id: string,
): Promise<SessionRow | undefined> {
  return trx
    .deleteFrom('sessions')
    .where('org_id', '=', orgId)
    .where('member_id', '=', memberId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

const touch = prepare<{ hash: string; now: number }, unknown>((db, p) =>
  db
    .updateTable('sessions')
    .set({ last_used_at: p('now') })
    .where('hash', '=', p('hash')),
);

/** Notes that a session was used. */
export async function touchSession(db: Db, hash: string, now: number): Promise<void> {
  await touch.run(db, { hash, now });
}
