// What an org decides about itself: one schema for the forms, the API and what is stored. Knows limits, not effects.
import { z } from 'zod';

const days = (most: number) => z.int().min(1).max(most);

/** Every setting with its limits. A duration says its unit in its name. */
export const orgSettingsSchema = z.strictObject({
  /** Invite people at once when they arrive by SCIM; else they wait in the list of those not invited. */
  automaticInvites: z.boolean(),
  /** Whether somebody with the role `member` may invite others. */
  membersMayInvite: z.boolean(),
  /** Hold invitations to the verified domains. */
  verifiedDomainsOnly: z.boolean(),
  invitationDays: days(90),
  nudge: z.strictObject({
    cooldownHours: z.int().min(1).max(720),
    /** In all, for one invitation's whole life. */
    mostPerMember: z.int().min(1).max(20),
    mostPerDay: z.int().min(1).max(100_000),
  }),
  /** Remind people by itself, so many days after the invitation; empty for never. */
  reminderDays: z.array(days(60)).max(5),
  /** People who are invited or active at the same time; null for no limit. */
  seatLimit: z.int().min(1).max(10_000_000).nullable(),
  /** A mass removal is held when one connection exceeds both within an hour; null never holds. */
  removalThreshold: z
    .strictObject({ people: z.int().min(0).max(1_000_000), percent: z.number().min(0).max(100) })
    .nullable(),
  /** For how long things are kept; null for ever. */
  retention: z.strictObject({
    provisioningRecordDays: days(3650),
    removedPeopleDays: days(365),
    auditDays: z.int().min(90).max(36_500).nullable(),
    eventDays: z.int().min(90).max(36_500).nullable(),
  }),
  /** The name that mails come from; the org's own when null. */
  mailSenderName: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .refine((name) => !/[\p{Cc}<>"@]/u.test(name), 'holds a character that cannot stand in a sender’s name')
    .nullable(),
  sessionDays: days(90),
});

export type OrgSettings = z.output<typeof orgSettingsSchema>;

/** What an org starts with. */
export const defaultOrgSettings: OrgSettings = {
  automaticInvites: false,
  membersMayInvite: false,
  verifiedDomainsOnly: false,
  invitationDays: 14,
  nudge: { cooldownHours: 24, mostPerMember: 5, mostPerDay: 1000 },
  reminderDays: [],
  seatLimit: null,
  removalThreshold: { people: 10, percent: 20 },
  retention: { provisioningRecordDays: 30, removedPeopleDays: 30, auditDays: null, eventDays: null },
  mailSenderName: null,
  sessionDays: 30,
};

/** A change of some settings; a group of settings (`nudge`) is given whole. */
export const orgSettingsChangeSchema = orgSettingsSchema.partial();
export type OrgSettingsChange = z.output<typeof orgSettingsChangeSchema>;

/** What an org calls itself in mails and on pages. */
export const orgNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((name) => !/[\p{Cc}\p{Cs}]/u.test(name), 'holds a character that cannot stand in a name');

/** A change of an org; with `version`, only of the state that has it. */
export const orgChangeSchema = orgSettingsChangeSchema.extend({
  name: orgNameSchema.optional(),
  version: z.int().optional(),
});
export type OrgChange = z.output<typeof orgChangeSchema>;
