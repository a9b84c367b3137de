// When a reminder is kind: the rule, as one function of what happened so far. Pure; knows no mail.
import type { NudgeOutcome } from '../../shared/invitation-terms.ts';
import type { OrgSettings } from '../../shared/org-settings.ts';

/** What the rule asks about. Times are Unix milliseconds. */
export interface NudgeFacts {
  /** When the invitation itself last went out. */
  readonly sentAt: number;
  /** Reminders of this invitation so far. */
  readonly nudges: number;
  readonly lastNudgedAt: number | null;
  readonly remindersOff: boolean;
  readonly mailFailing: boolean;
}

/** Whether somebody may be nudged now; if not, why, and from when on they may be (null: not for this invitation). */
export interface NudgeVerdict {
  readonly outcome: Exclude<NudgeOutcome, 'not_pending' | 'day_limit_reached'>;
  readonly nextAt: number | null;
}

const hour = 60 * 60 * 1000;

/** Applies the org's limits. The cool-down counts from the last mail about the invitation, the invitation included. */
export function nudgeVerdict(
  facts: NudgeFacts,
  { cooldownHours, mostPerMember }: OrgSettings['nudge'],
  now: number,
): NudgeVerdict {
  if (facts.remindersOff) return { outcome: 'reminders_off', nextAt: null };
  if (facts.mailFailing) return { outcome: 'mail_failing', nextAt: null };
  if (facts.nudges >= mostPerMember) return { outcome: 'limit_reached', nextAt: null };
  const nextAt = Math.max(facts.sentAt, facts.lastNudgedAt ?? 0) + cooldownHours * hour;
  return now < nextAt ? { outcome: 'cools_down', nextAt } : { outcome: 'nudged', nextAt };
}
