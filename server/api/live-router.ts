// What is written in the org, for whoever keeps a page open: its history, each event once across reconnects, and which kinds
// of things happened.
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { followHistory } from './follow-history.ts';
import { gatherNews } from './gather-news.ts';
import { allowed, router } from './trpc.ts';
import { watchRecords } from './watch-records.ts';

const lastEventId = z.string().regex(/^\d+$/).nullish();

export const liveRouter = router({
  events: allowed('see members')
    .input(z.object({ lastEventId }).optional())
    .subscription(async function* ({ ctx, input, signal }) {
      const after = placeOf(input?.lastEventId);
      for await (const event of followHistory(ctx, after, signal)) yield tracked(String(event.seq), event);
    }),
  /**
   * Which kinds of events there were, from now on or after one of them, and `record` for requests of identity providers:
   * one connection for a whole page.
   */
  news: allowed('see connections and what they sent')
    .input(z.object({ after: z.int().min(0).optional() }).optional())
    .subscription(({ ctx, input, signal }) => {
      const events = (ends: AbortSignal) =>
        kindsOf(followHistory(ctx, input?.after, ends), ({ type }) => type);
      const records = (ends: AbortSignal) => kindsOf(watchRecords(ctx, ends), () => 'record');
      return gatherNews([events, records], signal);
    }),
});

async function* kindsOf<Item>(
  items: AsyncIterable<Item>,
  kindOf: (item: Item) => string,
): AsyncGenerator<string> {
  for await (const item of items) yield kindOf(item);
}

function placeOf(id: string | null | undefined): number | undefined {
  return id == null ? undefined : Number(id);
}
