// Readers and their tokens, for admins. Each procedure is a command or a query by its name.
import {
  newReaderSchema,
  readerChangeSchema,
  readerSchema,
  readerTokenRotationSchema,
  readerTokenSchema,
} from '../../shared/reader.ts';
import { currentUserType } from '../attributes/org-user-type.ts';
import {
  changeReader,
  createReader,
  removeReader,
  revokeReaderToken,
  rotateReaderToken,
} from '../provisioning/change-reader.ts';
import { readerUrlOf } from '../provisioning/client-addresses.ts';
import { listReaders } from '../provisioning/list-readers.ts';
import { readableAttributes } from '../provisioning/readable-attributes.ts';
import { allowed, router } from './trpc.ts';

export const readerRouter = router({
  list: allowed('see machine clients').query(({ ctx }) => listReaders(ctx.deps, ctx.orgId)),
  attributes: allowed('see machine clients').query(async ({ ctx }) =>
    readableAttributes((await currentUserType(ctx.deps.database.db, ctx.orgId)).declared),
  ),
  create: allowed('change machine clients')
    .input(newReaderSchema)
    .mutation(async ({ ctx, input }) => {
      const issued = await createReader(ctx.deps, ctx.asked, input);
      return { ...issued, baseUrl: readerUrlOf(ctx.deps.publicUrl(), issued.readerId) };
    }),
  change: allowed('change machine clients')
    .input(readerChangeSchema)
    .mutation(({ ctx, input }) => changeReader(ctx.deps, ctx.asked, input)),
  rotateToken: allowed('change machine clients')
    .input(readerTokenRotationSchema)
    .mutation(({ ctx, input }) => rotateReaderToken(ctx.deps, ctx.asked, input)),
  revokeToken: allowed('change machine clients')
    .input(readerTokenSchema)
    .mutation(({ ctx, input }) => revokeReaderToken(ctx.deps, ctx.asked, input)),
  remove: allowed('change machine clients')
    .input(readerSchema)
    .mutation(({ ctx, input }) => removeReader(ctx.deps, ctx.asked, input.readerId)),
});
