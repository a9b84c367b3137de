// What can be done to many members at once, and what comes of it for each. Knows no storage.
import { z } from 'zod';
import { memberRoles } from './member.ts';

/** What an admin says when blocking somebody; people read it. */
const blockReason = z
  .string()
  .trim()
  .max(500)
  .refine((reason) => !/[\0\p{Surrogate}]/u.test(reason), 'holds a character that cannot be stored')
  .transform((text) => (text === '' ? null : text))
  .nullable();

/** One action for everybody who is named. `put-back` undoes `remove`. */
export const memberActionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('block'), reason: blockReason }),
  z.strictObject({ kind: z.enum(['unblock', 'deactivate', 'reactivate', 'remove', 'put-back']) }),
  z.strictObject({ kind: z.literal('change-role'), role: z.enum([...memberRoles, 'by-groups']) }),
]);
export type MemberAction = z.output<typeof memberActionSchema>;

/** An action for up to a thousand people. */
export const memberActionRequestSchema = z.strictObject({
  action: memberActionSchema,
  ids: z.array(z.string().max(100)).min(1).max(1000),
});
export type MemberActionRequest = z.output<typeof memberActionRequestSchema>;

/** What became of one person: done, or why not, with the code of the error catalogue. */
export type MemberActionOutcome =
  | { readonly id: string; readonly outcome: 'done' }
  | { readonly id: string; readonly outcome: 'refused'; readonly code: string; readonly sentence: string };

export interface MemberActionResult {
  /** In the order of the request, each person once. */
  readonly outcomes: readonly MemberActionOutcome[];
  /** What undoes exactly what was done; sessions that ended stay ended. */
  readonly undo: readonly MemberActionRequest[];
}
