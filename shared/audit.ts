// The audit log as clients ask for it. Knows filters and limits, no storage.
import { z } from 'zod';

const id = z.string().min(1).max(100);

/** Which entries; conditions that are given hold together. Times are Unix milliseconds, `to` not included. */
export const auditFilterSchema = z.strictObject({
  actorId: id.optional(),
  subjectId: id.optional(),
  /** How the action begins: "member." for everything about people. */
  action: z
    .string()
    .regex(/^[a-z_.]{1,60}$/, 'is the beginning of an action, such as "member." or "member.removed"')
    .optional(),
  from: z.int().min(0).optional(),
  to: z.int().min(0).optional(),
});
export type AuditFilter = z.output<typeof auditFilterSchema>;

/** A page of the log, the newest first. */
export const auditQuerySchema = auditFilterSchema.extend({
  /** `next` of the page before. */
  before: z.int().optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type AuditQuery = z.output<typeof auditQuerySchema>;
