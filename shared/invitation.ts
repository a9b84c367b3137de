// Invitations as clients ask for them and as they are answered: inputs and the shapes of answers. Knows no storage.
import { z } from 'zod';
import { type InviteOutcome, longestNudge, type NudgeOutcome } from './invitation-terms.ts';
import type { AddressFault } from './mail-address.ts';
import { type MemberRole, memberRoles } from './member.ts';

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
