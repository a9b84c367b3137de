// Reminds people of their pending invitations, each as kindly as the org's limits ask. Knows who may be nudged when,
// not when a reminder leaves by itself.
import type { Nudged, NudgeRequest } from '../../shared/invitation.ts';
import type { OrgSettings } from '../../shared/org-settings.ts';
import { type AskedInOrg, type ChangeContext, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { hashToken, newId, newToken } from '../core/secrets.ts';
import { enqueueMail } from '../delivery/outbox.ts';
import { unsubscribeToken } from '../delivery/stop-reminders.ts';
import { orgInForce } from '../orgs/org-in-force.ts';
import { lockOrg } from '../orgs/org-store.ts';
import { inviterNameOf } from './issue-invitation.ts';
import { nudgeLetter } from './nudge-letter.ts';
import { type NudgeFacts, nudgeVerdict } from './nudge-rule.ts';
import { addNudge, countNudges } from './nudge-store.ts';
import { findPendingOf, type PendingRow } from './pending-store.ts';

/** What is nudged with, and whether a person does it. */
export interface Nudge {
  readonly message: string | null;
  readonly automatic: boolean;
}

const slice = 50;
const day = 24 * 60 * 60 * 1000;

/**
 * Nudges everybody who may be nudged, with an outcome for each in the same order; whoever stands there twice is nudged
 * once.
 * @throws AppError `org.not_found`, `database.busy`
 */
export async function nudgeMembers(
  deps: ChangeDeps,
  asked: AskedInOrg,
  { memberIds, message }: NudgeRequest,
): Promise<readonly Nudged[]> {
  const ids = [...new Set(memberIds)];
  const outcomes: Nudged[] = [];
  for (let at = 0; at < ids.length; at += slice)
    outcomes.push(
      ...(await nudgeSlice(deps, asked, ids.slice(at, at + slice), { message, automatic: false })),
    );
  return outcomes;
}

/**
 * Nudges up to 50 people in one transaction. The org stays locked, so that nobody is nudged twice at the same moment.
 * @throws AppError `org.not_found`, `database.busy`
 */
export function nudgeSlice(
  deps: ChangeDeps,
  asked: AskedInOrg,
  memberIds: readonly string[],
  nudge: Nudge,
): Promise<readonly Nudged[]> {
  return inChange(deps, asked, async (context) => {
    const { trx, orgId, now } = context;
    await lockOrg(trx, orgId);
    const { settings } = await orgInForce(context);
    const today = await countNudges(trx, orgId, now - day);
    const pending = new Map((await findPendingOf(trx, orgId, memberIds)).map((row) => [row.member_id, row]));
    const outcomes: Nudged[] = [];
    let left = settings.nudge.mostPerDay - today.count;
    for (const memberId of memberIds) {
      const row = pending.get(memberId);
      const told = await nudgeOne(context, { memberId, row, settings, left, nudge });
      if (told.outcome === 'nudged') left -= 1;
      const isLate = told.outcome === 'day_limit_reached';
      outcomes.push(isLate ? { ...told, nextAt: (today.first ?? now) + day } : told);
    }
    return outcomes;
  });
}

async function nudgeOne(
  context: ChangeContext,
  {
    memberId,
    row,
    settings,
    left,
    nudge,
  }: {
    readonly memberId: string;
    readonly row: PendingRow | undefined;
    readonly settings: OrgSettings;
    readonly left: number;
    readonly nudge: Nudge;
  },
): Promise<Nudged> {
  if (row?.email == null || row.expires_at <= context.now)
    return { memberId, outcome: 'not_pending', nextAt: null };
  const verdict = nudgeVerdict(nudgeFacts(row), settings.nudge, context.now);
  if (verdict.outcome !== 'nudged') return { memberId, ...verdict };
  if (left < 1) return { memberId, outcome: 'day_limit_reached', nextAt: null };
  await send(context, row, row.email, nudge);
  const facts = { ...nudgeFacts(row), nudges: row.nudges + 1, lastNudgedAt: context.now };
  return { memberId, outcome: 'nudged', nextAt: nudgeVerdict(facts, settings.nudge, context.now).nextAt };
}

/** What the rule asks about a pending invitation. */
export function nudgeFacts(row: PendingRow): NudgeFacts {
  return {
    sentAt: row.sent_at,
    nudges: row.nudges,
    lastNudgedAt: row.last_nudged_at,
    remindersOff: row.reminders_off_at !== null,
    mailFailing: row.mail_failure !== null,
  };
}

async function send(context: ChangeContext, row: PendingRow, address: string, nudge: Nudge): Promise<void> {
  const { trx, orgId, now, secret } = context;
  const { name: orgName } = await orgInForce(context);
  const token = newToken();
  await addNudge(trx, {
    org_id: orgId,
    id: newId(),
    member_id: row.member_id,
    invitation_id: row.id,
    hash: hashToken(token),
    automatic: nudge.automatic ? 1 : 0,
    at: now,
  });
  const mail = nudgeLetter(row, address, {
    orgName,
    inviterName: await inviterNameOf(context),
    message: nudge.message,
    token,
    unsubscribeToken: unsubscribeToken(secret, orgId, row.member_id),
  });
  await enqueueMail(context, { orgId, memberId: row.member_id, address }, mail);
  const { automatic } = nudge;
  await recordChange(
    context,
    { kind: 'member', id: row.member_id },
    { nudges: [row.nudges, row.nudges + 1] },
    { type: 'member.nudged', data: { invitationId: row.id, automatic, message: nudge.message !== null } },
  );
}
