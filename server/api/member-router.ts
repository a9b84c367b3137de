// Members: the list, one of them, and what an admin does to them. Each procedure is a command or a query by its name.
import { z } from 'zod';
import { memberActionRequestSchema } from '../../shared/member-action.ts';
import { memberImportSchema } from '../../shared/member-import.ts';
import { memberListQuerySchema, timelineQuerySchema } from '../../shared/member-list.ts';
import { rolesToGive } from '../auth/access-policy.ts';
import { endSessionOfMember } from '../auth/own-sessions.ts';
import { explainMember } from '../diagnosis/explain-member.ts';
import { countMembers, listMembers } from '../members/list-members.ts';
import { memberProfile } from '../members/member-profile.ts';
import { memberTimeline } from '../members/member-timeline.ts';
import { unlinkSso } from '../members/unlink-sso.ts';
import { changeMembers } from '../provisioning/change-members.ts';
import { importMembers, previewImport } from '../provisioning/import-members.ts';
import { allowed, router } from './trpc.ts';

const memberSchema = z.strictObject({ memberId: z.string().max(100) });

export const memberRouter = router({
  list: allowed('see members')
    .input(memberListQuerySchema)
    .query(({ ctx, input }) => listMembers(ctx.deps, ctx.orgId, input)),
  counts: allowed('see members')
    .input(z.strictObject({ connectionId: z.string().max(100).optional() }).default({}))
    .query(({ ctx, input }) => countMembers(ctx.deps, ctx.orgId, input.connectionId)),
  get: allowed('see members')
    .input(memberSchema)
    .query(({ ctx, input }) => memberProfile(ctx.deps, ctx.orgId, input.memberId)),
  timeline: allowed('see members')
    .input(timelineQuerySchema)
    .query(({ ctx, input }) => memberTimeline(ctx.deps, ctx.orgId, input)),
  explain: allowed('see connections and what they sent')
    .input(memberSchema)
    .query(({ ctx, input }) => explainMember(ctx.deps, ctx.orgId, input.memberId)),
  change: allowed('change members')
    .input(memberActionRequestSchema)
    .mutation(({ ctx, input }) => changeMembers(ctx.deps, ctx.asked, input)),
  previewImport: allowed('change members')
    .input(memberImportSchema)
    .mutation(({ ctx, input }) => previewImport(ctx.deps, ctx.orgId, input.csv, rolesToGive(ctx.person))),
  import: allowed('change members')
    .input(memberImportSchema)
    .mutation(({ ctx, input }) => importMembers(ctx.deps, ctx.asked, input.csv, rolesToGive(ctx.person))),
  endSession: allowed('change members')
    .input(memberSchema.extend({ sessionId: z.string().max(100) }))
    .mutation(({ ctx, input }) => endSessionOfMember(ctx.deps, ctx.asked, input)),
  unlinkSso: allowed('change members')
    .input(memberSchema.extend({ issuer: z.string().max(500) }))
    .mutation(({ ctx, input }) => unlinkSso(ctx.deps, ctx.asked, input)),
});
