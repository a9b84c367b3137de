// Follows the event log of every org, once for the whole process: what it passes on is complete and in order. Knows the
// gaps that PostgreSQL leaves, not who listens.
import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises';
import { onCommit } from '../db/commit-news.ts';
import type { Database } from '../db/database.ts';
import { type EventRow, eventsAfter, eventWriters } from './event-store.ts';
import { firstDoubt, lastDoubt, settledSeq } from './settled-seq.ts';

/** Where trouble is told. */
export interface ReaderLog {
  info(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface EventReader {
  /** No event up to this sequence number is still to come; what came after has not been passed on yet. */
  readonly position: number;
  /** Begins to follow from what is committed now, unless it does already; resolves once the position is known. */
  start(): Promise<void>;
  /** Stops following; resolves when no query is under way. */
  stop(): Promise<void>;
}

/** Rows in one query: enough to keep up with any writer, few enough to hold nobody up. */
const page = 500;
/** In milliseconds: the pause between two looks however much is committed, the longest pause, the one after a failure. */
const cooling = 4;
const heartbeat = 1000;
const afterFailure = 1000;

/** Numbers below `upTo` are missing; `writers` are those who may still bring them. */
interface Doubt {
  readonly upTo: number;
  readonly writers: ReadonlySet<string> | undefined;
}

/**
 * A reader that passes on rows in runs, together with the position before them.
 *
 * On SQLite, numbers are given in the order of commits. On PostgreSQL a transaction takes its numbers before it commits:
 * 7 may be seen while 6 is on its way, or was rolled back and will never come. At a missing number the reader stops and
 * asks who is writing events; a number below one that it has seen belongs to one of them or to nobody. Once all of those
 * are over, what is still missing in a later query was rolled back. (The snapshot's xmin would tell as much, but it is
 * held back by any long transaction of the whole database server, and its xmax is no upper bound of the numbers given.)
 */
export function createEventReader(
  database: Database,
  log: ReaderLog,
  passOn: (rows: readonly EventRow[], from: number) => void,
): EventReader {
  const { db, dialect, bell } = database;
  const gapsMatter = dialect === 'postgres';
  let position = 0;
  let running = false;
  let turn: Promise<void> | undefined;
  let awake = false;
  let rouse: (() => void) | undefined;
  let doubt: Doubt | undefined;
  let provenBelow = 0;
  let failures = 0;

  const wake = (): void => {
    awake = true;
    rouse?.();
  };

  /** Waits so long, or until something was committed. */
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        rouse = undefined;
        resolve();
      };
      const timer = setTimeout(end, ms).unref();
      rouse = end;
      if (awake || !running) end();
    });

  /** Looks whether everybody who could bring a missing number is through. */
  const settleDoubt = async ({ upTo, writers }: Doubt): Promise<void> => {
    const writing = await eventWriters(db);
    const awaited = writers ?? new Set(writing);
    if (writing.some((writer) => awaited.has(writer))) {
      doubt = { upTo, writers: awaited };
      return;
    }
    provenBelow = upTo;
    doubt = undefined;
  };

  /** Passes on what can be; says whether there may be more at once. */
  const look = async (): Promise<boolean> => {
    if (doubt) await settleDoubt(doubt);
    const rows = await eventsAfter(db, position, page);
    const from = position;
    let settled = 0;
    for (const { seq } of rows) {
      if (gapsMatter && seq !== position + 1 && seq > provenBelow) break;
      position = seq;
      settled += 1;
    }
    const last = rows.at(-1);
    if (last === undefined || settled === rows.length) doubt = undefined;
    else if (doubt === undefined || position + 1 >= doubt.upTo)
      doubt = { upTo: last.seq, writers: undefined };
    if (settled > 0) passOn(rows.slice(0, settled), from);
    return rows.length === page && doubt === undefined;
  };

  const follow = async (): Promise<void> => {
    let doubtPause = firstDoubt;
    while (running) {
      awake = false;
      try {
        if (await look()) {
          await breathe();
          continue;
        }
        recovered();
        doubtPause = doubt ? Math.min(doubtPause * 2, lastDoubt) : firstDoubt;
        await pause(cooling);
        await rest(doubt ? doubtPause : heartbeat);
      } catch (err) {
        failed(err);
        await pause(afterFailure);
      }
    }
  };

  const failed = (err: unknown): void => {
    if (failures === 0) log.error({ err }, 'The event log cannot be read; live updates wait.');
    failures += 1;
  };
  const recovered = (): void => {
    if (failures > 0) log.info({ attempts: failures }, 'The event log is read again.');
    failures = 0;
  };

  let deaf: (() => void)[] = [];
  return {
    get position() {
      return position;
    },
    async start() {
      if (running) return;
      position = await settledSeq(database);
      [doubt, provenBelow, running] = [undefined, 0, true];
      deaf = [onCommit(db, wake), ...(bell ? [bell.hear(wake)] : [])];
      turn = follow();
    },
    async stop() {
      running = false;
      for (const end of deaf) end();
      deaf = [];
      rouse?.();
      await turn;
    },
  };
}
