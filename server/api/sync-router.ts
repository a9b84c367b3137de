// How provisioning stands and what needs attention, for admins. Each procedure is a query by its name.
import { syncHistorySchema } from '../../shared/sync-history.ts';
import { readAttention } from '../diagnosis/read-attention.ts';
import { readSyncHistory } from '../diagnosis/read-sync-history.ts';
import { readSyncStatus } from '../diagnosis/read-sync-status.ts';
import { allowed, router } from './trpc.ts';

export const syncRouter = router({
  status: allowed('see connections and what they sent').query(({ ctx }) =>
    readSyncStatus(ctx.deps, ctx.orgId),
  ),
  history: allowed('see connections and what they sent')
    .input(syncHistorySchema)
    .query(({ ctx, input }) => readSyncHistory(ctx.deps, ctx.orgId, input)),
  attention: allowed('see connections and what they sent').query(({ ctx }) =>
    readAttention(ctx.deps, ctx.orgId),
  ),
});
