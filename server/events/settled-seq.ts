// Up to where the history of all orgs is complete. Knows that PostgreSQL gives numbers before the commit; no reader.
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../db/database.ts';
import { eventWriters, newestSeq } from './event-store.ts';

/** In milliseconds: how long missing numbers are waited for between two looks, doubled from the first to the last. */
export const firstDoubt = 4;
export const lastDoubt = 128;

/** What is committed now, once nothing below it can come any more. */
export async function settledSeq({ db, dialect }: Pick<Database, 'db' | 'dialect'>): Promise<number> {
  const newest = await newestSeq(db);
  if (dialect !== 'postgres') return newest;
  const awaited = new Set(await eventWriters(db));
  for (let wait = firstDoubt; awaited.size > 0; wait = Math.min(wait * 2, lastDoubt)) {
    await pause(wait);
    const writing = new Set(await eventWriters(db));
    for (const writer of awaited) if (!writing.has(writer)) awaited.delete(writer);
  }
  return newest;
}
