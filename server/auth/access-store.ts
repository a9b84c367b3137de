// Every way in that a member holds, ended at once: sessions, codes on their way to becoming one, pending invitations.
import type { Db } from '../db/database.ts';
import type { InvitationTable } from '../db/people-tables.ts';
import { prepare } from '../db/prepared.ts';
import type { AccessEnded } from '../events/event-log.ts';

type Ended = NonNullable<InvitationTable['ended']>;

interface OfMember {
  readonly org: string;
  readonly member: string;
}

const endSessions = prepare<OfMember, unknown>((db, p) =>
  db.deleteFrom('sessions').where('org_id', '=', p('org')).where('member_id', '=', p('member')),
);
const endCodes = prepare<OfMember, unknown>((db, p) =>
  db.deleteFrom('extension_codes').where('org_id', '=', p('org')).where('member_id', '=', p('member')),
);
const endInvitations = prepare<OfMember & { now: number; how: Ended }, unknown>((db, p) =>
  db
    .updateTable('invitations')
    .set({ ended_at: p('now'), ended: p('how') })
    .where('org_id', '=', p('org'))
    .where('member_id', '=', p('member'))
    .where('ended_at', 'is', null),
);

/** Ends every way in of a member in the caller's transaction and says how many there were. */
export async function endAccess(trx: Db, orgId: string, memberId: string, now: number): Promise<AccessEnded> {
  const member = { org: orgId, member: memberId };
  await endCodes.run(trx, member);
  return {
    sessionsEnded: await endSessions.run(trx, member),
    invitationsEnded: await endInvitations.run(trx, { ...member, now, how: 'access_ended' }),
  };
}

/** Uses up the pending invitation of somebody who came in another way. */
export async function endInvitation(trx: Db, orgId: string, memberId: string, now: number): Promise<void> {
  await endInvitations.run(trx, { org: orgId, member: memberId, now, how: 'accepted' });
}
