// The invitations' rows: at most one pending per member. A link's token is never here, only its hash.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import { lockForUpdate } from '../db/locks.ts';
import type { InvitationTable } from '../db/people-tables.ts';
import { prepare } from '../db/prepared.ts';

export type InvitationRow = Selectable<InvitationTable>;

const insert = prepare<InvitationRow, unknown>((db, p) =>
  db.insertInto('invitations').values({
    org_id: p('org_id'),
    id: p('id'),
    member_id: p('member_id'),
    hash: p('hash'),
    by_kind: p('by_kind'),
    by_id: p('by_id'),
    created_at: p('created_at'),
    expires_at: p('expires_at'),
    sent_at: p('sent_at'),
    sent_count: p('sent_count'),
    ended_at: p('ended_at'),
    ended: p('ended'),
  }),
);

export async function addInvitation(trx: Db, invitation: InvitationRow): Promise<void> {
  await insert.run(trx, invitation);
}

const pending = prepare<{ org: string; member: string }, InvitationRow>((db, p) =>
  db
    .selectFrom('invitations')
    .selectAll()
    .where('org_id', '=', p('org'))
    .where('member_id', '=', p('member'))
    .where('ended_at', 'is', null)
    .$call(lockForUpdate(db)),
);

/** A member's pending invitation, locked. */
export function lockPendingInvitation(
  trx: Db,
  orgId: string,
  memberId: string,
): Promise<InvitationRow | undefined> {
  return pending.first(trx, { org: orgId, member: memberId });
}

const end = prepare<Pick<InvitationRow, 'org_id' | 'id' | 'ended_at' | 'ended'>, unknown>((db, p) =>
  db
    .updateTable('invitations')
    .set({ ended_at: p('ended_at'), ended: p('ended') })
    .where('org_id', '=', p('org_id'))
    .where('id', '=', p('id')),
);

/** Ends a pending invitation; its links open nothing from now on. */
export async function endInvitation(
  trx: Db,
  invitation: Pick<InvitationRow, 'org_id' | 'id'>,
  ended: NonNullable<InvitationRow['ended']>,
  now: number,
): Promise<void> {
  await end.run(trx, { org_id: invitation.org_id, id: invitation.id, ended_at: now, ended });
}

/** Gives a pending invitation a new link and a new end; links of its reminders open nothing from now on. */
export async function renewInvitation(
  trx: Db,
  orgId: string,
  id: string,
  renewed: Pick<InvitationRow, 'hash' | 'expires_at' | 'sent_at' | 'sent_count'>,
): Promise<void> {
  await trx
    .updateTable('invitations')
    .set(renewed)
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute();
  await trx
    .updateTable('nudges')
    .set({ hash: null })
    .where('org_id', '=', orgId)
    .where('invitation_id', '=', id)
    .execute();
}

/** The invitation that a link opens, by its token's hash, whatever its org: the token is what proves the org. */
export async function findInvitationByHash(db: Db, hash: string): Promise<InvitationRow | undefined> {
  const first = await db.selectFrom('invitations').selectAll().where('hash', '=', hash).executeTakeFirst();
  return first ?? (await ofNudge(db, hash));
}

function ofNudge(db: Db, hash: string): Promise<InvitationRow | undefined> {
  return db
    .selectFrom('nudges as n')
    .innerJoin('invitations as i', (join) =>
      join.onRef('i.org_id', '=', 'n.org_id').onRef('i.id', '=', 'n.invitation_id'),
    )
    .selectAll('i')
    .where('n.hash', '=', hash)
    .executeTakeFirst();
}

/** Pending invitations of all orgs whose time is over, the longest first, at most so many. */
export function listExpired(db: Db, now: number, limit: number): Promise<readonly InvitationRow[]> {
  return db
    .selectFrom('invitations')
    .selectAll()
    .where('ended_at', 'is', null)
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(limit)
    .execute();
}
