// What somebody may do with their own sessions: see them, end one, end all others. Knows nobody else's.
import type { MemberRole } from '../../shared/member.ts';
import { type AskedInOrg, type ChangeContext, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import type { Db } from '../db/database.ts';
import { mayChange } from './access-policy.ts';
import { endSession, findSessionPersonById, listSessions, type SessionRow } from './session-store.ts';

/** A session as its owner sees it. Times are Unix milliseconds. */
export interface OwnSession {
  readonly id: string;
  readonly kind: SessionRow['kind'];
  readonly name: string;
  readonly createdAt: number;
  /** Known to five minutes; null until it is used. */
  readonly lastUsedAt: number | null;
  readonly expiresAt: number;
  /** Whether it is the one that asks. */
  readonly isCurrent: boolean;
}

/** The live sessions of the person who asks, the latest first. */
export async function ownSessions(
  { db, now }: { readonly db: Db; readonly now: () => number },
  person: { readonly orgId: string; readonly memberId: string; readonly sessionId: string },
): Promise<readonly OwnSession[]> {
  const rows = await listSessions(db, person.orgId, person.memberId, now());
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    isCurrent: row.id === person.sessionId,
  }));
}

/**
 * Ends one session of the member who asks.
 * @throws AppError `session.not_found`
 */
export function endOwnSession(deps: ChangeDeps, asked: AskedInOrg, sessionId: string): Promise<void> {
  return inChange(deps, asked, async (context) => {
    if (await endSessionOf(context, asked.actor.id, sessionId)) return;
    throw new AppError('session.not_found', {});
  });
}

/** Ends all sessions of the member who asks but one; says how many. */
export function endOtherSessions(deps: ChangeDeps, asked: AskedInOrg, keptId: string): Promise<number> {
  return inChange(deps, asked, async (context) => {
    const { trx, orgId, actor, now } = context;
    const others = (await listSessions(trx, orgId, actor.id, now)).filter(({ id }) => id !== keptId);
    for (const { id } of others) await endSessionOf(context, actor.id, id);
    return others.length;
  });
}

/** Ends one session of a member and tells the history; false when there was none (any more). */
export async function endSessionOf(
  context: ChangeContext,
  memberId: string,
  sessionId: string,
): Promise<boolean> {
  const ended = await endSession(context.trx, context.orgId, memberId, sessionId);
  if (ended === undefined) return false;
  await recordChange(
    context,
    { kind: 'member', id: memberId },
    { session: [ended.name, null] },
    { type: 'member.session_ended', data: { sessionId, name: ended.name } },
  );
  return true;
}

/**
 * Ends somebody's session for them, as an admin does; an owner's only as an owner.
 * @throws AppError `session.not_found`, `member.owners_only`
 */
export function endSessionOfMember(
  deps: ChangeDeps,
  asked: AskedInOrg & { readonly actingRole: MemberRole },
  { memberId, sessionId }: { readonly memberId: string; readonly sessionId: string },
): Promise<void> {
  return inChange(deps, asked, async (context) => {
    const { orgId, trx, now } = context;
    const found = await findSessionPersonById(trx, { orgId, memberId, sessionId }, now);
    if (found && !mayChange({ role: asked.actingRole }, found.role))
      throw new AppError('member.owners_only', {});
    if (!(await endSessionOf(context, memberId, sessionId))) throw new AppError('session.not_found', {});
  });
}
