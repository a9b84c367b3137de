// Pending invitations with whom they are for and how often those were reminded; and who is not invited. Reads only.
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { MemberRow } from '../members/member-store.ts';
import type { InvitationRow } from './invitation-store.ts';

/** A pending invitation, its member, and its reminders so far. */
export interface PendingRow
  extends Pick<InvitationRow, 'id' | 'member_id' | 'created_at' | 'sent_at' | 'expires_at'>,
    Pick<
      MemberRow,
      'email' | 'attributes' | 'active' | 'user_name' | 'role' | 'mail_failure' | 'reminders_off_at'
    > {
  readonly nudges: number;
  readonly last_nudged_at: number | null;
}

const pending = (db: Db, orgId: string) =>
  db
    .selectFrom('invitations as i')
    .innerJoin('members as m', (join) =>
      join.onRef('m.org_id', '=', 'i.org_id').onRef('m.id', '=', 'i.member_id'),
    )
    .select(['i.id', 'i.member_id', 'i.created_at', 'i.sent_at', 'i.expires_at'])
    .select([
      'm.email',
      'm.attributes',
      'm.active',
      'm.user_name',
      'm.role',
      'm.mail_failure',
      'm.reminders_off_at',
    ])
    .select((select) => [
      select
        .selectFrom('nudges as n')
        .select((of) => of.fn.countAll<number>().as('count'))
        .whereRef('n.org_id', '=', 'i.org_id')
        .whereRef('n.member_id', '=', 'i.member_id')
        .whereRef('n.invitation_id', '=', 'i.id')
        .as('nudges'),
      select
        .selectFrom('nudges as n')
        .select((of) => of.fn.max('n.at').as('last'))
        .whereRef('n.org_id', '=', 'i.org_id')
        .whereRef('n.member_id', '=', 'i.member_id')
        .whereRef('n.invitation_id', '=', 'i.id')
        .as('last_nudged_at'),
    ])
    .where('i.org_id', '=', orgId)
    .where('i.ended_at', 'is', null)
    .where('m.status', '=', 'invited');

/** Pending invitations after this one, the oldest first, at most so many. */
export async function listPendingRows(
  db: Db,
  orgId: string,
  after: { readonly createdAt: number; readonly id: string },
  limit: number,
): Promise<readonly PendingRow[]> {
  const rows = await pending(db, orgId)
    .where(sql<boolean>`(i.created_at, i.id) > (${after.createdAt}, ${after.id})`)
    .orderBy('i.created_at')
    .orderBy('i.id')
    .limit(limit)
    .execute();
  return rows.map(counted);
}

/** The pending invitations of these members (at most a slice of them). */
export async function findPendingOf(
  db: Db,
  orgId: string,
  memberIds: readonly string[],
): Promise<readonly PendingRow[]> {
  return (await pending(db, orgId).where('i.member_id', 'in', memberIds).execute()).map(counted);
}

/**
 * Pending invitations that went out within these times and were not followed by any reminder since `dueMs` after they
 * went out, by id after `after`; only of people whom a reminder can and may reach.
 */
export async function listUnreminded(
  db: Db,
  orgId: string,
  due: { readonly sentAfter: number; readonly sentUntil: number; readonly dueMs: number },
  page: { readonly after: string; readonly limit: number },
): Promise<readonly PendingRow[]> {
  const rows = await pending(db, orgId)
    .where('i.sent_at', '>', due.sentAfter)
    .where('i.sent_at', '<=', due.sentUntil)
    .where('m.reminders_off_at', 'is', null)
    .where('m.mail_failure', 'is', null)
    .where('m.email', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('nudges as r')
            .select('r.id')
            .whereRef('r.org_id', '=', 'i.org_id')
            .whereRef('r.member_id', '=', 'i.member_id')
            .where(sql<boolean>`r.at >= i.sent_at + ${due.dueMs}`),
        ),
      ),
    )
    .where('i.id', '>', page.after)
    .orderBy('i.id')
    .limit(page.limit)
    .execute();
  return rows.map(counted);
}

const counted = (
  row: Omit<PendingRow, 'nudges' | 'last_nudged_at'> & {
    readonly nudges: number | null;
    readonly last_nudged_at: number | null;
  },
): PendingRow => ({
  ...row,
  nudges: Number(row.nudges ?? 0),
  last_nudged_at: row.last_nudged_at === null ? null : Number(row.last_nudged_at),
});

/** Members of the status `not_invited` by creation order after `after`, at most so many. */
export function listNotInvitedRows(
  db: Db,
  orgId: string,
  after: number,
  limit: number,
): Promise<readonly MemberRow[]> {
  return db
    .selectFrom('members')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('status', '=', 'not_invited')
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
}
