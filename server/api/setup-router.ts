// The checklist of a set-up, for admins. Each procedure is a command or a query by its name.
import { checklistQuerySchema, consoleAddressSchema, stepTickSchema } from '../../shared/setup-checklist.ts';
import { rememberConsole, tickStep } from '../diagnosis/change-checklist.ts';
import { readChecklist } from '../diagnosis/read-checklist.ts';
import { allowed, router } from './trpc.ts';

export const setupRouter = router({
  checklist: allowed('see connections and what they sent')
    .input(checklistQuerySchema)
    .query(({ ctx, input }) => readChecklist(ctx.deps, ctx.orgId, input.connectionId)),
  tick: allowed('change connections and tokens')
    .input(stepTickSchema)
    .mutation(({ ctx, input }) => tickStep(ctx.deps, { ...ctx.asked, ...input })),
  rememberConsole: allowed('change connections and tokens')
    .input(consoleAddressSchema)
    .mutation(({ ctx, input }) => rememberConsole(ctx.deps, { ...ctx.asked, ...input })),
});
