// A second server process for tests of the live history: it follows and writes beside the test, and says what it saw.
import { openDatabase } from '../../server/db/open-database.ts';
import { createEventStream } from '../../server/events/event-stream.ts';
import { followWithBreaks, randomNumbers, writeEvents } from './followers.ts';

/** What the test asks of the process. */
export interface FollowerOrder {
  readonly url: string;
  readonly orgId: string;
  readonly start: number;
  readonly followers: number;
  readonly events: number;
}

process.once('message', async ({ url, orgId, start, followers, events }: FollowerOrder) => {
  const database = openDatabase({ url });
  const deps = { db: database.db, now: Date.now, secret: Buffer.alloc(32) };
  const stream = createEventStream({ database, log: { info: () => {}, error: () => {} } });
  const following = Array.from({ length: followers }, (_, index) =>
    followWithBreaks(stream, orgId, start, randomNumbers(1000 + index)),
  );
  await writeEvents(deps, orgId, events, randomNumbers(2));
  process.send?.('written');
  const seen = await Promise.all(following);
  await stream.close();
  await database.close();
  process.send?.(seen, () => process.disconnect());
});
