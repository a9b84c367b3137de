// Findings with their history, and putting them aside. Each procedure is a command or a query by its name.
import { z } from 'zod';
import { dismissFinding, listFindings, snoozeFinding, takeUpFinding } from '../diagnosis/put-aside.ts';
import { allowed, router } from './trpc.ts';

const findingSchema = z.strictObject({ findingId: z.string().max(200) });

export const findingRouter = router({
  list: allowed('see connections and what they sent')
    .input(z.strictObject({ connectionId: z.string().max(100).optional() }).prefault({}))
    .query(({ ctx, input }) => listFindings(ctx.deps, ctx.orgId, input.connectionId)),
  snooze: allowed('put findings aside')
    .input(findingSchema.extend({ until: z.int().min(0) }))
    .mutation(({ ctx, input }) => snoozeFinding(ctx.deps, { ...ctx.asked, ...input })),
  dismiss: allowed('put findings aside')
    .input(findingSchema.extend({ reason: z.string().trim().min(1).max(500) }))
    .mutation(({ ctx, input }) => dismissFinding(ctx.deps, { ...ctx.asked, ...input })),
  takeUp: allowed('put findings aside')
    .input(findingSchema)
    .mutation(({ ctx, input }) => takeUpFinding(ctx.deps, { ...ctx.asked, ...input })),
});
