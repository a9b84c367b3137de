// Invitations as clients ask for them and as they are answered: inputs with their limits, an outcome for each person
// with its words. Knows no storage.
import { z } from 'zod';
import type { AddressFault } from './mail-address.ts';
import { type MemberRole, memberRoles } from './member.ts';

/** So many people at once; more are better imported or provisioned. */
export const mostInvited = 5000;

const memberIdsSchema = z.array(z.string().max(100)).min(1).max(1000);

/** People to invite, as pasted text of any shape; the role is for those whose line says none. */
export const inviteSchema = z.strictObject({
  text: z.string().min(1).max(1_000_000),
  role: z.enum(memberRoles).default('member'),
});
export type InviteRequest = z.output<typeof inviteSchema>;

/** Members to invite who are in the directory already. */
export const inviteMembersSchema = z.strictObject({ memberIds: memberIdsSchema });

/** A page of those whose invitation is pending, the oldest first; `after` is the `next` of the page before. */
export const pendingQuerySchema = z.strictObject({
  after: z.strictObject({ invitedAt: z.int(), invitationId: z.string().max(100) }).optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type PendingQuery = z.output<typeof pendingQuerySchema>;

/** A page of those who are not invited, the longest in the directory first; `after` is the `next` of the page before. */
export const notInvitedQuerySchema = z.strictObject({
  after: z.int().min(0).default(0),
  limit: z.int().min(1).max(200).default(50),
});
export type NotInvitedQuery = z.output<typeof notInvitedQuerySchema>;

/** The most that an admin writes in a nudge, in UTF-16 code units as a form field counts them. */
export const longestNudge = 1000;

/** An admin's own words: plain text with line breaks; other control characters are left out, as are empty messages. */
export const nudgeMessageSchema = z
  .string()
  .transform(plainMessage)
  .refine((text) => text.length <= longestNudge, `is longer than ${longestNudge} characters`)
  .transform((text) => (text === '' ? null : text))
  .nullable()
  .default(null);

/** Reminds people of their pending invitations. */
export const nudgeSchema = z.strictObject({ memberIds: memberIdsSchema, message: nudgeMessageSchema });
export type NudgeRequest = z.output<typeof nudgeSchema>;

/** A nudge as it would be sent to one of them. */
export const nudgePreviewSchema = z.strictObject({
  memberId: z.string().max(100),
  message: nudgeMessageSchema,
});

// Neither what mail programs do not show nor what turns the direction of the text after it.
function plainMessage(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
}

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

/** What became of one invitation; `memberId` is there when it is about somebody in the directory. */
export interface Invited {
  readonly outcome: Exclude<InviteOutcome, 'malformed'>;
  readonly memberId?: string;
}

/** What became of one piece of the pasted text; lines and columns count from 1. */
export type InvitedAddress = { readonly line: number; readonly column: number } & (
  | ({ readonly address: string } & Invited)
  | {
      readonly outcome: 'malformed';
      readonly text: string;
      readonly fault: AddressFault | 'unknown_role' | 'no_address';
    }
);

/** Everybody of a pasted text, in its order. */
export interface InviteAnswer {
  readonly people: readonly InvitedAddress[];
  /** How many addresses were left out because they stand in the text twice. */
  readonly repeated: number;
}

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

/** What became of one nudge. `nextAt` (Unix milliseconds) says from when on it is possible; null: not for this invitation. */
export interface Nudged {
  readonly memberId: string;
  readonly outcome: NudgeOutcome;
  readonly nextAt: number | null;
}

/** Somebody whose invitation is pending. Times are Unix milliseconds. */
export interface PendingInvitation {
  readonly memberId: string;
  readonly invitationId: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: MemberRole;
  readonly invitedAt: number;
  /** When the invitation itself last went out. */
  readonly sentAt: number;
  readonly expiresAt: number;
  /** Whole days since the invitation. */
  readonly daysWaiting: number;
  readonly nudges: number;
  readonly lastNudgedAt: number | null;
  /** From when on the next nudge is possible; null when none is. */
  readonly nextNudgeAt: number | null;
  readonly remindersOff: boolean;
  /** What the mail server last said when it refused a mail to them. */
  readonly mailFailure: string | null;
}

/** Somebody in the directory who is not invited. */
export interface NotInvited {
  readonly memberId: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: MemberRole;
  readonly addedAt: number;
  /** Since when they wait for a free seat; null when nobody has asked for them yet. */
  readonly waitingSince: number | null;
}
