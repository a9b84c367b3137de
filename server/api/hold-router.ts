// Mass removals that wait for an admin. Each procedure is a command or a query by its name.
import { z } from 'zod';
import { approveHold } from '../provisioning/hold-approve.ts';
import { listHeld, listHolds } from '../provisioning/hold-list.ts';
import { restoreHold } from '../provisioning/hold-restore.ts';
import { allowed, router } from './trpc.ts';

const holdSchema = z.strictObject({ holdId: z.string().max(100) });

export const holdRouter = router({
  list: allowed('approve and restore removals')
    .input(z.strictObject({ openOnly: z.boolean().default(false) }).prefault({}))
    .query(({ ctx, input }) => listHolds(ctx.deps.db, ctx.orgId, input)),
  held: allowed('approve and restore removals')
    .input(
      holdSchema.extend({
        before: z.int().min(1).default(Number.MAX_SAFE_INTEGER),
        limit: z.int().min(1).max(200).default(50),
      }),
    )
    .query(({ ctx, input }) => listHeld(ctx.deps.db, ctx.orgId, input.holdId, input)),
  approve: allowed('approve and restore removals')
    .input(holdSchema)
    .mutation(({ ctx, input }) => approveHold(ctx.deps, ctx.asked, input.holdId)),
  restore: allowed('approve and restore removals')
    .input(holdSchema)
    .mutation(({ ctx, input }) => restoreHold(ctx.deps, ctx.asked, input.holdId)),
});
