// Followers of an event stream that come and go, and writers who keep them busy. Knows the stream, not what it is for.
import type { ChangeDeps } from '../../server/audit/change-context.ts';
import { inChange } from '../../server/audit/change-context.ts';
import { recordChange } from '../../server/audit/record-change.ts';
import type { EventStream } from '../../server/events/event-stream.ts';

/** Numbers in [0, 1) that are the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const mark = 'the end';

/** Follows until the mark, breaking off now and then and going on where it stood; gives every number it was told. Ends with the stream too. */
export async function followWithBreaks(
  stream: EventStream,
  orgId: string,
  start: number,
  random: () => number,
): Promise<readonly number[]> {
  const seen: number[] = [];
  for (;;) {
    const leave = new AbortController();
    let left = false;
    const breakAfter = random() < 0.3 ? Number.POSITIVE_INFINITY : 1 + Math.floor(random() * 400);
    let told = 0;
    for await (const event of stream.subscribe(orgId, {
      after: seen.at(-1) ?? start,
      signal: leave.signal,
    })) {
      seen.push(event.seq);
      if (JSON.stringify(event.data).includes(mark)) return seen;
      told += 1;
      if (told < breakAfter) continue;
      // One who closes the page, and one whose line breaks.
      left = true;
      if (random() < 0.5) break;
      leave.abort();
    }
    if (!left) return seen;
  }
}

const asked = (orgId: string) =>
  ({ orgId, actor: { kind: 'operator', id: 'test' }, requestId: 'writing' }) as const;

class ChangedTheirMind extends Error {}

/** Writes so many events, several to a transaction and several transactions at a time, of which some are rolled back. */
export async function writeEvents(
  deps: ChangeDeps,
  orgId: string,
  count: number,
  random: () => number,
): Promise<void> {
  let left = count;
  const writer = async () => {
    while (left > 0) {
      const some = Math.min(left, 1 + Math.floor(random() * 5));
      const fails = random() < 0.05;
      if (!fails) left -= some;
      await inChange(deps, asked(orgId), async (context) => {
        const event = { type: 'org.updated', data: { changed: ['name'] } } as const;
        const more = Array.from({ length: some - 1 }, () => event);
        await recordChange(context, { kind: 'org', id: orgId }, {}, event, ...more);
        if (fails) throw new ChangedTheirMind();
      }).catch((error) => {
        if (!(error instanceof ChangedTheirMind)) throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: 8 }, writer));
}

/** Writes the event that followers end at. */
export async function writeMark(deps: ChangeDeps, orgId: string): Promise<void> {
  await inChange(deps, asked(orgId), (context) =>
    recordChange(context, { kind: 'org', id: orgId }, {}, { type: 'org.updated', data: { changed: [mark] } }),
  );
}
