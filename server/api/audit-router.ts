// Who changed what, from what to what. The whole of it is a download.
import { auditQuerySchema } from '../../shared/audit.ts';
import { listAudit } from '../provisioning/audit-list.ts';
import { allowed, router } from './trpc.ts';

export const auditRouter = router({
  list: allowed('see the audit log')
    .input(auditQuerySchema)
    .query(({ ctx, input }) => listAudit(ctx.deps, ctx.orgId, input)),
});
