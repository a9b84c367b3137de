// The terms of invitations and nudges: their limits, and what may become of each in words. Knows no schema, so that a page
// takes the words without the library that checks inputs.

/** So many people at once; more are better imported or provisioned. */
export const mostInvited = 5000;

/** The most that an admin writes in a nudge, in UTF-16 code units as a form field counts them. */
export const longestNudge = 1000;

/** What may become of one invitation, each as the end of the sentence "Noor Haddad …". */
export const inviteOutcomes = {
  invited: 'is invited',
  already_active: 'is active already',
  already_invited: 'is invited already; nudge them instead',
  blocked: 'is blocked; unblock them first',
  deactivated: 'is deactivated; reactivate them first',
  waits_for_seat: 'waits for a free seat and is invited as soon as there is one',
  outside_domains: 'has an address outside your verified domains',
  no_address: 'has no e-mail address that an invitation could go to',
  not_allowed: 'cannot get this role from you; ask an owner',
  not_found: 'is not in this directory any more',
  malformed: 'is no e-mail address',
} as const;
export type InviteOutcome = keyof typeof inviteOutcomes;

/** What may become of one nudge, each as the end of the sentence "Noor Haddad …". */
export const nudgeOutcomes = {
  nudged: 'is nudged',
  cools_down: 'had a mail a short while ago',
  limit_reached: 'was nudged as often as your organisation allows; resend the invitation if it expires',
  day_limit_reached: 'has to wait, because your organisation has sent all its nudges for a day',
  not_pending: 'has no pending invitation',
  reminders_off: 'asked for no more reminders',
  mail_failing: 'cannot be reached by mail; correct the address, then resend the invitation',
} as const;
export type NudgeOutcome = keyof typeof nudgeOutcomes;
