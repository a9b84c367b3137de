// What a change of the settings would do to the people who are there, in sentences. Pure.
import type { MemberCounts } from '../../shared/member-list.ts';
import type { OrgSettings } from '../../shared/org-settings.ts';
import { days } from './setting-words.ts';

/** What changed invitations come to; `notInvited` are the people who have none so far. */
export function invitationEffect(
  before: OrgSettings,
  values: OrgSettings,
  notInvited: number | undefined,
): string {
  const sentences = [
    values.automaticInvites && !before.automaticInvites
      ? `Who arrives from now on is invited at once${notInvited ? `; the ${notInvited.toLocaleString()} not invited so far wait until you invite them` : ''}.`
      : '',
    !values.automaticInvites && before.automaticInvites
      ? 'Who arrives from now on waits among those not invited until you invite them.'
      : '',
    values.membersMayInvite && !before.membersMayInvite ? 'Every member can invite others.' : '',
    values.verifiedDomainsOnly && !before.verifiedDomainsOnly
      ? 'Addresses at other domains are refused; invitations that are out stay good.'
      : '',
    values.invitationDays !== before.invitationDays
      ? `Invitations from now on last ${days(values.invitationDays)}; those that are out keep their day.`
      : '',
    values.reminderDays.join() !== before.reminderDays.join()
      ? values.reminderDays.length === 0
        ? 'Nobody is reminded by itself any more.'
        : `Whoever has not joined is reminded ${values.reminderDays.join(', ')} days after their invitation.`
      : '',
  ].filter((sentence) => sentence !== '');
  return sentences.length === 0 ? 'The new limits hold from the next nudge on.' : sentences.join(' ');
}

/** How many seats are taken. */
export function seatsTaken({ byStatus }: MemberCounts): number {
  return byStatus.active + byStatus.invited;
}

/** What a number of seats comes to for those who are there. */
export function seatEffect(counts: MemberCounts, limit: number | null): string {
  const taken = seatsTaken(counts);
  const { waiting } = counts;
  const waiters =
    waiting === 1 ? 'The 1 person who waits' : `The ${waiting.toLocaleString()} people who wait`;
  if (limit === null) return waiting > 0 ? `${waiters} can come in at once.` : 'Everybody finds a seat.';
  if (limit < taken)
    return `${(taken - limit).toLocaleString()} more seats are taken than that. Nobody loses theirs; nobody new comes in until enough are free.`;
  const free = limit - taken;
  if (waiting === 0) return `${free.toLocaleString()} seats are free.`;
  return free >= waiting
    ? `${waiters} can come in at once; ${(free - waiting).toLocaleString()} seats stay free.`
    : `${free.toLocaleString()} of the ${waiting.toLocaleString()} people who wait can come in at once.`;
}

/** From how many people on one connection's removals within an hour are held; `people` are all but the deactivated. */
export function holdEffect(threshold: OrgSettings['removalThreshold'], people: number): string {
  if (threshold === null)
    return 'No removal is held any more: a mistake in an identity provider is final once the retention is over.';
  const all = `${people.toLocaleString()} people who are not deactivated`;
  const least = Math.max(threshold.people, Math.floor((threshold.percent / 100) * people)) + 1;
  if (least > people) return `With ${all}, no removal is large enough to be held.`;
  return `With ${all}, a removal is held from ${least.toLocaleString()} people within an hour on.`;
}

type Retention = OrgSettings['retention'];

/** What is deleted under the new days, and what can no longer be brought back. */
export function retentionEffect(before: Retention, after: Retention): string {
  const shorter = (was: number | null, is: number | null) => is !== null && (was === null || is < was);
  const sentences = [
    after.provisioningRecordDays < before.provisioningRecordDays &&
      `Requests older than ${days(after.provisioningRecordDays)} are deleted.`,
    after.removedPeopleDays < before.removedPeopleDays &&
      `People who were removed more than ${days(after.removedPeopleDays)} ago are erased and cannot be put back.`,
    shorter(before.auditDays, after.auditDays) &&
      `Audit entries older than ${days(after.auditDays ?? 0)} are deleted.`,
    shorter(before.eventDays, after.eventDays) &&
      `History older than ${days(after.eventDays ?? 0)} is deleted.`,
  ].filter((sentence): sentence is string => sentence !== false);
  if (sentences.length === 0) return 'More is kept from now on; what is deleted already does not come back.';
  return `${sentences.join(' ')} This cannot be undone.`;
}
