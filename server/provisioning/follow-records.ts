// Follows the provisioning records of an org as they are written, by this process or another: each once, mostly in order.
// Pull, not push: a follower is a place in the records. Knows the gaps that PostgreSQL leaves, no transport and no right.
import { setTimeout as pause } from 'node:timers/promises';
import { onCommit } from '../db/commit-news.ts';
import type { Database } from '../db/database.ts';
import { tableWriters } from '../db/table-writers.ts';
import type { WrittenRecord } from './provisioning-record-store.ts';
import { newestRecord, recordsBetween } from './record-feed-store.ts';

/** Where to begin, and until when. */
export interface RecordsToFollow {
  /** The number of the record to go on after; from now on when left out. */
  readonly after?: number | undefined;
  readonly signal: AbortSignal;
}

/** A record, and the number to go on after once it was read. */
export interface FollowedRecord {
  readonly place: number;
  readonly record: WrittenRecord;
}

const page = 200;
/** In milliseconds: the pause between two looks however much is committed, and the longest pause. */
const cooling = 100;
const heartbeat = 1000;

/** Numbers up to `upTo` that could not be seen are those of these writers, or of nobody. */
interface Doubt {
  readonly upTo: number;
  readonly writers: readonly string[];
}

/**
 * Gives the records without end; ends with the signal. A record whose transaction took its number earlier and was
 * committed later than others comes after them, because nobody who watches a set-up wants to wait for it.
 * @throws what the database says
 */
export async function* followRecords(
  database: Database,
  orgId: string,
  { after, signal }: RecordsToFollow,
): AsyncGenerator<FollowedRecord> {
  const { db, dialect } = database;
  const news = listenForCommits(database, signal);
  try {
    const newest = await newestRecord(db);
    // A place that these records have never reached (they were restored from a backup) counts as "now".
    let place = Math.min(after ?? newest, newest);
    /** Everything up to `floor` has been given, and beyond it what is in `given`; up to `settled`, nothing is to come. */
    let floor = place;
    let given = new Set<number>();
    let settled = place;
    let doubt: Doubt | undefined;
    while (!signal.aborted) {
      news.begin();
      if (doubt && !(await anyWrites(database, doubt.writers))) {
        settled = Math.max(settled, doubt.upTo);
        doubt = undefined;
      }
      const upTo = await newestRecord(db);
      const range = { after: floor, upTo, limit: page + given.size };
      const rows = upTo > floor ? await recordsBetween(db, orgId, range) : [];
      for (const record of rows) {
        if (given.has(record.seq)) continue;
        given.add(record.seq);
        place = Math.max(place, record.seq);
        if (signal.aborted) return;
        yield { place, record };
      }
      const isMore = rows.length === range.limit;
      const read = isMore ? place : upTo;
      floor = Math.max(floor, dialect === 'sqlite' ? read : Math.min(read, settled));
      given = new Set([...given].filter((seq) => seq > floor));
      if (dialect === 'postgres' && doubt === undefined && upTo > settled)
        doubt = { upTo, writers: await tableWriters(db, 'provisioning_records') };
      if (!isMore) await news.next(doubt === undefined ? heartbeat : cooling);
    }
  } finally {
    news.end();
  }
}

async function anyWrites({ db }: Database, writers: readonly string[]): Promise<boolean> {
  if (writers.length === 0) return false;
  const writing = await tableWriters(db, 'provisioning_records');
  return writing.some((writer) => writers.includes(writer));
}

/** Wakes its owner after commits of this process and of others; those of an unheard process wait for the heartbeat. */
function listenForCommits({ db, bell }: Database, signal: AbortSignal) {
  let awake = false;
  let rouse: (() => void) | undefined;
  const wake = (): void => {
    awake = true;
    rouse?.();
  };
  const deaf = [onCommit(db, wake), ...(bell ? [bell.hear(wake)] : [])];
  signal.addEventListener('abort', wake);
  return {
    /** What is committed from here on is news. */
    begin: () => {
      awake = false;
    },
    /** Waits for news, or at most so many milliseconds; never less than `cooling`, but for the end. */
    next: async (atMost: number): Promise<void> => {
      await pause(cooling, undefined, { signal }).catch(() => {});
      if (awake || signal.aborted || atMost <= cooling) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, atMost).unref();
        rouse = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      rouse = undefined;
    },
    end: () => {
      for (const stop of deaf) stop();
      signal.removeEventListener('abort', wake);
    },
  };
}
