// The org's history as it is written, for whoever keeps a page open: each event once and in order, across reconnects.
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { followHistory } from './follow-history.ts';
import { allowed, router } from './trpc.ts';

export const liveRouter = router({
  events: allowed('see members')
    .input(z.object({ lastEventId: z.string().regex(/^\d+$/).nullish() }).optional())
    .subscription(async function* ({ ctx, input, signal }) {
      const after = input?.lastEventId == null ? undefined : Number(input.lastEventId);
      for await (const event of followHistory(ctx, after, signal)) yield tracked(String(event.seq), event);
    }),
});
