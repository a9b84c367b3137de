// What can be asked about groups. Knows limits, not where groups come from.
import { z } from 'zod';

/** A page of groups by name: `after` the last one of the page before, those whose name begins with `search`, or one by `id`. */
export const groupQuerySchema = z.strictObject({
  id: z.string().optional(),
  search: z.string().trim().max(100).optional(),
  after: z.string().optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type GroupQuery = z.output<typeof groupQuerySchema>;

/** A page of a group's members by id; `after` is the last id of the page before. */
export const groupMembersQuerySchema = z.strictObject({
  groupId: z.string(),
  after: z.string().default(''),
  limit: z.int().min(1).max(200).default(50),
});
