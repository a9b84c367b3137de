// Who is invited and has not come, and who is not invited: the two lists that an admin works through. Changes nothing.
import type {
  NotInvited,
  NotInvitedQuery,
  PendingInvitation,
  PendingQuery,
} from '../../shared/invitation.ts';
import { AppError } from '../core/app-error.ts';
import type { Db } from '../db/database.ts';
import { memberAttributes } from '../members/change-member.ts';
import { findOrg } from '../orgs/org-store.ts';
import { settingsOf } from '../orgs/settings-of.ts';
import { nudgeFacts } from './nudge-members.ts';
import { nudgeVerdict } from './nudge-rule.ts';
import { listNotInvitedRows, listPendingRows } from './pending-store.ts';
import { personName } from './person-name.ts';

/** A page, and where the next one begins; null at the end. */
interface Page<Row, Position> {
  readonly rows: readonly Row[];
  readonly next: Position | null;
}

const day = 24 * 60 * 60 * 1000;

/**
 * The pending invitations, the oldest first.
 * @throws AppError `org.not_found`
 */
export async function listPending(
  { db, now }: { readonly db: Db; readonly now: () => number },
  orgId: string,
  { after, limit }: PendingQuery,
): Promise<Page<PendingInvitation, NonNullable<PendingQuery['after']>>> {
  const org = await findOrg(db, orgId);
  if (!org) throw new AppError('org.not_found', { org: orgId });
  const { nudge } = settingsOf(org);
  const from = { createdAt: after?.invitedAt ?? 0, id: after?.invitationId ?? '' };
  const at = now();
  const rows = (await listPendingRows(db, orgId, from, limit)).map((row) => ({
    memberId: row.member_id,
    invitationId: row.id,
    name: personName(memberAttributes(row), row.email ?? row.user_name),
    email: row.email,
    role: row.role,
    invitedAt: row.created_at,
    sentAt: row.sent_at,
    expiresAt: row.expires_at,
    daysWaiting: Math.max(0, Math.floor((at - row.created_at) / day)),
    nudges: row.nudges,
    lastNudgedAt: row.last_nudged_at,
    nextNudgeAt: nudgeVerdict(nudgeFacts(row), nudge, at).nextAt,
    remindersOff: row.reminders_off_at !== null,
    mailFailure: row.mail_failure,
  }));
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return { rows, next: last ? { invitedAt: last.invitedAt, invitationId: last.invitationId } : null };
}

/** Everybody who is not invited, the longest in the directory first; those who wait for a seat say so. */
export async function listNotInvited(
  db: Db,
  orgId: string,
  { after, limit }: NotInvitedQuery,
): Promise<Page<NotInvited, number>> {
  const members = await listNotInvitedRows(db, orgId, after, limit);
  const last = members.length === limit ? members.at(-1) : undefined;
  return {
    rows: members.map((member) => ({
      memberId: member.id,
      name: personName(memberAttributes(member), member.email ?? member.user_name),
      email: member.email,
      role: member.role,
      addedAt: member.created_at,
      waitingSince: member.waiting_since,
    })),
    next: last?.seq ?? null,
  };
}
