// A mail that was given up goes out once more because an admin says so. Knows the outbox, not who may say so.
import { type AskedInOrg, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import { lockMail, reviveMail } from './outbox-store.ts';

/**
 * Makes a dead mail due again, with all its attempts before it.
 * @throws AppError `mail.not_found`, `mail.not_dead`
 */
export function resendMail(deps: ChangeDeps, asked: AskedInOrg, id: string): Promise<void> {
  return inChange(deps, asked, async (context) => {
    const { trx, orgId, now } = context;
    const mail = await lockMail(trx, orgId, id);
    if (mail === undefined) throw new AppError('mail.not_found', {});
    if (mail.state !== 'dead') throw new AppError('mail.not_dead', { state: mail.state });
    await reviveMail(trx, orgId, id, now);
    const { member_id: memberId, kind } = mail;
    const subject =
      memberId === null ? ({ kind: 'org', id: orgId } as const) : ({ kind: 'member', id: memberId } as const);
    const event = { type: 'mail.resent', data: { mailId: id, kind } } as const;
    await recordChange(context, subject, { mail: [mail.last_error, null] }, event);
  });
}
