// Invites everybody who is not invited, slice by slice, telling how far it is. Knows the list, not whom it may not invite.
import type { Invited } from '../../shared/invitation.ts';
import type { InviteOutcome } from '../../shared/invitation-terms.ts';
import type { AskedInOrg, ChangeDeps } from '../audit/change-context.ts';
import { inviteKnownMembers } from './invite-members.ts';
import { listNotInvitedRows } from './pending-store.ts';

/** How many of those looked at so far came to which outcome. */
export type InviteProgress = Readonly<Partial<Record<InviteOutcome, number>>>;

const slice = 50;

/**
 * Invites everybody who stood in the list of those not invited, the longest in the directory first, and gives the
 * counts after each slice. What was invited stays so when the caller stops listening.
 * @throws AppError `org.not_found`, `database.busy`
 */
export async function* inviteEverybody(
  deps: ChangeDeps,
  asked: AskedInOrg,
): AsyncGenerator<InviteProgress, void> {
  const counts = new Map<InviteOutcome, number>();
  for (let after = 0; ; ) {
    const members = await listNotInvitedRows(deps.db, asked.orgId, after, slice);
    const last = members.at(-1);
    if (last === undefined) return;
    const outcomes: readonly Invited[] = await inviteKnownMembers(
      deps,
      asked,
      members.map(({ id }) => id),
    );
    for (const { outcome } of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    after = last.seq;
    yield Object.fromEntries(counts);
  }
}
