// Which group gives its members which role, as the form, the API and the preview spell it. Knows no storage.
import { z } from 'zod';
import { type MemberRole, memberRoles } from './member.ts';

/** The mappings in the order of their priority: of several groups that somebody is in, the first one here decides. */
export const roleMappingsSchema = z
  .array(z.strictObject({ groupId: z.string().max(100), role: z.enum(memberRoles) }))
  .max(200)
  .refine(
    (mappings) => new Set(mappings.map(({ groupId }) => groupId)).size === mappings.length,
    'names a group twice',
  );
export type RoleMappings = readonly z.output<typeof roleMappingsSchema>[number][];

/** The people who would go from one role to another, and the first few of them by name. */
export interface RoleMove {
  readonly from: MemberRole;
  readonly to: MemberRole;
  readonly people: number;
  readonly first: readonly { readonly id: string; readonly name: string }[];
}

/** What a change of the mappings would do. */
export interface RoleMappingPreview {
  readonly moves: readonly RoleMove[];
  /** Whether one owner keeps the role all the same, because nobody else who can act would have it. */
  readonly anOwnerStays: boolean;
}
