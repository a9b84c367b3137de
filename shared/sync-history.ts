// What a connection sent over the last day and the last weeks, as clients see it. Knows shapes and what may be asked.
import { z } from 'zod';

/** Whose history is shown, and in which time zone days begin. */
export const syncHistorySchema = z.strictObject({
  connectionId: z.string().max(100),
  timeZone: z.string().max(64).refine(isTimeZone, 'is not the name of a time zone').default('UTC'),
});

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** Requests of a stretch of time. Times are Unix milliseconds. */
export interface SyncSpan {
  readonly from: number;
  readonly until: number;
  /** Changes that were accepted. */
  readonly writes: number;
  /** Requests that were refused or failed. */
  readonly errors: number;
  /** Requests that departed from the standard and were put up with, accepted or not. */
  readonly tolerated: number;
}

/** A departure from the standard that a connection is put up with for. */
export interface Tolerance {
  /** The name under which records note it: `boolean-as-string`. */
  readonly name: string;
  /** "Booleans as text" */
  readonly title: string;
  /** What it is, and what Rollcall makes of it. */
  readonly meaning: string;
  /** What an admin can do about it there; null where nothing has to be done. */
  readonly hint: string | null;
  /** The attribute that it was last about. */
  readonly path: string | null;
  /** Requests of the last 24 hours, and of the last 30 days. */
  readonly inDay: number;
  readonly inMonth: number;
  readonly lastAt: number;
}

export interface SyncHistory {
  readonly connectionId: string;
  /** The last 24 hours in half hours, the oldest first; the last one is under way. */
  readonly hours: readonly SyncSpan[];
  /** The last 30 days in the time zone asked for, the oldest first; fewer where records are kept for less. */
  readonly days: readonly SyncSpan[];
  /** The most frequent first. */
  readonly tolerances: readonly Tolerance[];
}
