// Somebody wants no more reminders, and says so by the link in one of them. Knows the token and what it stops.
import { type ChangeDeps, inChange, type Origin } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { seal, unseal } from '../core/seal.ts';
import { lockMailStanding, writeMailStanding } from './mail-standing-store.ts';

const purpose = 'unsubscribe';

/** Whose reminders a link stops. */
export interface Reminded {
  readonly orgId: string;
  readonly memberId: string;
}

/** The token for the link that stops a member's reminders. It does not expire: it stands in old mails, and only stops. */
export function unsubscribeToken(secret: Buffer, orgId: string, memberId: string): string {
  return seal(secret, purpose, JSON.stringify([orgId, memberId]));
}

/** Whose reminders this token stops, or undefined when it is not one of ours. */
export function readUnsubscribeToken(secret: Buffer, token: string): Reminded | undefined {
  const text = unseal(secret, purpose, token);
  if (text === undefined) return undefined;
  const [orgId, memberId] = JSON.parse(text) as [string, string];
  return { orgId, memberId };
}

/** Stops a member's reminders, as the member; to do it again, or for somebody who is gone, changes nothing. */
export function stopReminders(
  deps: ChangeDeps,
  { orgId, memberId }: Reminded,
  origin: Origin,
): Promise<void> {
  const actor = { kind: 'member', id: memberId } as const;
  return inChange(deps, { ...origin, orgId, actor }, async (context) => {
    const { trx, now } = context;
    const standing = await lockMailStanding(trx, orgId, memberId);
    if (standing === undefined || standing.reminders_off_at !== null) return;
    await writeMailStanding(trx, orgId, memberId, { ...standing, reminders_off_at: now });
    const event = { type: 'member.reminders_stopped', data: {} } as const;
    await recordChange(context, { kind: 'member', id: memberId }, { remindersOff: [false, true] }, event);
  });
}
