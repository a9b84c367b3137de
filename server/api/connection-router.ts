// Connections and their tokens, for admins. Each procedure is a command or a query by its name.
import { z } from 'zod';
import { newConnectionSchema, tokenRotationSchema } from '../../shared/provisioning.ts';
import {
  createConnection,
  deleteConnection,
  revokeToken,
  rotateToken,
} from '../provisioning/change-connection.ts';
import { baseUrlOf } from '../provisioning/connection-address.ts';
import { connectionOverview } from '../provisioning/connection-overview.ts';
import { allowed, router } from './trpc.ts';

const connection = z.strictObject({ connectionId: z.string() });

export const connectionRouter = router({
  list: allowed('see connections and what they sent').query(({ ctx }) =>
    connectionOverview(ctx.deps, ctx.orgId),
  ),
  create: allowed('change connections and tokens')
    .input(newConnectionSchema)
    .mutation(async ({ ctx, input }) => {
      const { connection, ...issued } = await createConnection(ctx.deps, { ...ctx.asked, ...input });
      return { id: connection.id, baseUrl: baseUrlOf(ctx.deps.publicUrl(), connection.id), ...issued };
    }),
  rotateToken: allowed('change connections and tokens')
    .input(tokenRotationSchema)
    .mutation(({ ctx, input }) => rotateToken(ctx.deps, { ...ctx.asked, ...input })),
  revokeToken: allowed('change connections and tokens')
    .input(connection.extend({ tokenId: z.string() }))
    .mutation(({ ctx, input }) => revokeToken(ctx.deps, { ...ctx.asked, ...input })),
  delete: allowed('change connections and tokens')
    .input(connection)
    .mutation(({ ctx, input }) => deleteConnection(ctx.deps, { ...ctx.asked, ...input })),
});
