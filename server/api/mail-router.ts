// Mails on their way and mails that did not arrive. Each procedure is a command or a query by its name.
import { z } from 'zod';
import { listMails } from '../delivery/outbox-store.ts';
import { resendMail } from '../delivery/resend-mail.ts';
import { allowed, router } from './trpc.ts';

/** A page of mails, newest first; `before` is the `seq` of the last one on the page before. */
const mailQuerySchema = z.strictObject({
  state: z.enum(['waiting', 'sending', 'sent', 'dead', 'dropped']).optional(),
  before: z.int().min(1).optional(),
  limit: z.int().min(1).max(200).default(50),
});

export const mailRouter = router({
  list: allowed('see and send mail again')
    .input(mailQuerySchema)
    .query(({ ctx, input }) => listMails(ctx.deps.db, ctx.orgId, input)),
  resend: allowed('see and send mail again')
    .input(z.strictObject({ mailId: z.string().max(100) }))
    .mutation(({ ctx, input }) => resendMail(ctx.deps, ctx.asked, input.mailId)),
});
