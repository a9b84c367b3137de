// Sessions of people, kept by the hash of their token. Knows when a session counts, not how anybody signs in.
import type { Selectable } from 'kysely';
import type { MemberRole } from '../../shared/member.ts';
import type { Db } from '../db/database.ts';
import type { SessionTable } from '../db/people-tables.ts';
import { prepare } from '../db/prepared.ts';

export type SessionRow = Selectable<SessionTable>;

/** Whose word a session rests on, when it is an identity provider's. */
export type SsoOrigin = Pick<SessionRow, 'sso_issuer' | 'sso_subject' | 'sso_sid'>;

type NewSession = Omit<SessionRow, 'last_used_at' | `sso_${string}`> &
  Partial<SsoOrigin & Pick<SessionRow, 'sso_id_token_sealed'>>;

/** Keeps a new session; `hash` is the hash of its token, `name` what its owner calls the device. */
export async function addSession(trx: Db, session: NewSession): Promise<void> {
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

/** A session with what its owner may do. */
export type SessionPerson = SessionRow & {
  readonly role: MemberRole;
  readonly org_name: string;
  /** The org's, as stored. */
  readonly settings: string;
};

/** Sessions whose owner may act: the token was proof once, the member's status is what counts now. */
const livePeople = (db: Db) =>
  db
    .selectFrom('sessions as s')
    .innerJoin('members as m', (join) =>
      join.onRef('m.org_id', '=', 's.org_id').onRef('m.id', '=', 's.member_id').on('m.status', '=', 'active'),
    )
    .innerJoin('orgs as o', 'o.id', 's.org_id')
    .selectAll('s')
    .select(['m.role', 'o.name as org_name', 'o.settings']);

const personByHash = prepare<{ hash: string; now: number }, SessionPerson>((db, p) =>
  livePeople(db).where('s.hash', '=', p('hash')).where('s.expires_at', '>', p('now')),
);

/** The live session of a token's hash while its owner is active: one statement, because every request asks. */
export function findSessionPerson(db: Db, hash: string, now: number): Promise<SessionPerson | undefined> {
  return personByHash.first(db, { hash, now });
}

interface KnownSession {
  readonly orgId: string;
  readonly memberId: string;
  readonly sessionId: string;
}

const personById = prepare<KnownSession & { now: number }, SessionPerson>((db, p) =>
  livePeople(db)
    .where('s.org_id', '=', p('orgId'))
    .where('s.member_id', '=', p('memberId'))
    .where('s.id', '=', p('sessionId'))
    .where('s.expires_at', '>', p('now')),
);

/** The same for a session that is known already: undefined once it, or its owner's access, has ended. */
export function findSessionPersonById(
  db: Db,
  { orgId, memberId, sessionId }: KnownSession,
  now: number,
): Promise<SessionPerson | undefined> {
  return personById.first(db, { orgId, memberId, sessionId, now });
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
