// The provisioning records: what an identity provider sent and what became of it, for admins.
import { z } from 'zod';
import { recordQuerySchema } from '../../shared/provisioning.ts';
import { findRecord, listRecords } from '../provisioning/provisioning-record-store.ts';
import { allowed, router } from './trpc.ts';

export const recordRouter = router({
  list: allowed('see connections and what they sent')
    .input(recordQuerySchema)
    .query(({ ctx, input }) => {
      const filtered = input.failed || input.subjectId !== undefined;
      const db = filtered ? ctx.deps.database.scans : ctx.deps.db;
      return listRecords(db, ctx.orgId, { ...input, beforeSeq: input.before });
    }),
  get: allowed('see connections and what they sent')
    .input(z.strictObject({ seq: z.int() }))
    .query(async ({ ctx, input }) => (await findRecord(ctx.deps.db, ctx.orgId, input.seq)) ?? null),
});
