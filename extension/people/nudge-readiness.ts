// Whom a nudge reaches now, whom later and whom not at all, in words. Pure; the server decides, this says so beforehand.
import type { Nudged, PendingInvitation } from '../../shared/invitation.ts';
import { nudgeOutcomes } from '../../shared/invitation-terms.ts';
import { upcoming } from '../lib/time-words.ts';

/** Somebody to nudge; what is not known of them beforehand, the server's answer says. */
export interface NudgePerson
  extends Pick<PendingInvitation, 'memberId' | 'name'>,
    Partial<Pick<PendingInvitation, 'nextNudgeAt' | 'remindersOff' | 'mailFailure'>> {}

/** `later` is said with the time, `never` with the reason. */
export interface Readiness {
  readonly when: 'now' | 'later' | 'never';
  /** A sentence with the person's name. */
  readonly sentence: string;
}

export function readinessOf(person: NudgePerson, now: number): Readiness {
  const { name, nextNudgeAt, remindersOff, mailFailure } = person;
  const never = (why: string): Readiness => ({ when: 'never', sentence: `${name} ${why}.` });
  if (remindersOff === true) return never(nudgeOutcomes.reminders_off);
  if (mailFailure != null) return never(nudgeOutcomes.mail_failing);
  if (nextNudgeAt === null) return never(nudgeOutcomes.limit_reached);
  if (nextNudgeAt !== undefined && nextNudgeAt > now)
    return { when: 'later', sentence: `${name} can be nudged again ${upcoming(nextNudgeAt, now)}.` };
  return { when: 'now', sentence: `${name} gets this mail.` };
}

/** What became of one nudge, with when the next is possible: what follows the person's name. */
export function nudgedWords({ outcome, nextAt }: Nudged, now: number): string {
  const again = nextAt !== null && nextAt > now ? `, and can be nudged again ${upcoming(nextAt, now)}` : '';
  return `${nudgeOutcomes[outcome]}${again}.`;
}

/** "Noor Haddad", "Noor Haddad and Rufus Okonjo", "Noor Haddad, Rufus Okonjo and 3 more". */
export function namesOf(people: readonly { readonly name: string }[]): string {
  const names = people.map(({ name }) => name);
  const named = names.length > 3 ? names.slice(0, 2) : names;
  const last = names.length > 3 ? `${(names.length - 2).toLocaleString()} more` : named.pop();
  return [named.join(', '), last].filter(Boolean).join(' and ');
}

/** "1 person", "1,204 people". */
export function peopleCount(count: number): string {
  return count === 1 ? '1 person' : `${count.toLocaleString()} people`;
}
