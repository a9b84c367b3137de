// What mail met with at a member: whether their mailbox refuses it, whether they want reminders. Two columns, no rule.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import { lockForUpdate } from '../db/locks.ts';
import { prepare } from '../db/prepared.ts';
import type { MemberTable } from '../db/tables.ts';

export type MailStanding = Pick<Selectable<MemberTable>, 'mail_failure' | 'reminders_off_at'>;

const standing = prepare<{ org: string; member: string }, MailStanding>((db, p) =>
  db
    .selectFrom('members')
    .select(['mail_failure', 'reminders_off_at'])
    .where('org_id', '=', p('org'))
    .where('id', '=', p('member'))
    .$call(lockForUpdate(db)),
);

/** A member's standing, kept from being changed by anybody else until the transaction ends. */
export function lockMailStanding(
  trx: Db,
  orgId: string,
  memberId: string,
): Promise<MailStanding | undefined> {
  return standing.first(trx, { org: orgId, member: memberId });
}

const write = prepare<MailStanding & { org: string; member: string }, unknown>((db, p) =>
  db
    .updateTable('members')
    .set({ mail_failure: p('mail_failure'), reminders_off_at: p('reminders_off_at') })
    .where('org_id', '=', p('org'))
    .where('id', '=', p('member')),
);

export async function writeMailStanding(
  trx: Db,
  orgId: string,
  memberId: string,
  after: MailStanding,
): Promise<void> {
  await write.run(trx, { ...after, org: orgId, member: memberId });
}

const forgive = prepare<{ org: string; member: string }, unknown>((db, p) =>
  db
    .updateTable('members')
    .set({ mail_failure: null })
    .where('org_id', '=', p('org'))
    .where('id', '=', p('member'))
    .where('mail_failure', 'is not', null),
);

/** A mail got through: whatever was wrong with the mailbox no longer is. */
export async function clearMailFailure(trx: Db, orgId: string, memberId: string): Promise<void> {
  await forgive.run(trx, { org: orgId, member: memberId });
}
