// Keeps findings current without being asked: looks soon after a commit that brought evidence, and when time alone changes
// something. Sleeps until then; on several processes each watches what it wrote, and a look twice is a look once.
import { nodeTimers, type Timers } from '../core/scheduler.ts';
import { onCommit } from '../db/commit-news.ts';
import { findConnection } from '../provisioning/connection-store.ts';
import type { EvidenceReach } from './evidence-marks-store.ts';
import { connectionsWithNews, newestEvidence, type OrgConnection } from './evidence-news-store.ts';
import type { DiagnosisDeps } from './finding-evidence.ts';
import { dueLooks, earliestLook, neverLooked } from './finding-store.ts';
import { lookIfDue } from './look-at-connection.ts';

export interface FindingWatch {
  /** Begins no further look and waits for the one under way. */
  stop(): Promise<void>;
}

export interface WatchDeps extends DiagnosisDeps {
  readonly log: { error(details: { readonly err: unknown }, message: string): void };
  readonly timers?: Timers;
}

/** In milliseconds: the pause that gathers commits, and the longest sleep, after which looks of a dead process are taken over. */
const gatherMs = 300;
const longestSleepMs = 5 * 60_000;
/** Looking takes at most this part of the time. */
const share = 10;
const mostAtOnce = 200;

/** Starts to watch all connections of all orgs. */
export function watchFindings({ timers = nodeTimers, ...deps }: WatchDeps): FindingWatch {
  const { db } = deps.database;
  let place: EvidenceReach | undefined;
  let stopped = false;
  let alarm: { readonly soon: boolean; cancel(): void } | undefined;
  let running: Promise<void> | undefined;
  let isNews = false;
  let cost = 0;

  const sleep = (ms: number, soon: boolean): void => {
    if (stopped) return;
    alarm?.cancel();
    alarm = { soon, cancel: timers.after(ms, begin) };
  };
  const wake = (): void => {
    isNews = true;
    if (running === undefined && !alarm?.soon) sleep(pause(), true);
  };
  const pause = (): number => Math.max(gatherMs, cost * share);

  const begin = (): void => {
    alarm = undefined;
    isNews = false;
    const began = performance.now();
    running = round()
      .catch((err: unknown) => {
        deps.log.error({ err }, 'Findings could not be brought up to date; they are looked at again soon.');
        return longestSleepMs;
      })
      .then((ms) => {
        running = undefined;
        cost = performance.now() - began;
        if (isNews) sleep(pause(), true);
        else sleep(Math.max(ms, pause()), false);
      });
  };

  /** Looks at whatever is due, and says how long it may sleep. */
  const round = async (): Promise<number> => {
    const upTo = await newestEvidence(db);
    const news = place === undefined || isSame(place, upTo) ? [] : await connectionsWithNews(db, place, upTo);
    const due = [...(await neverLooked(db, mostAtOnce)), ...(await dueLooks(db, deps.now(), mostAtOnce))];
    for (const one of distinct([...news, ...due])) {
      if (stopped) break;
      const connection = await findConnection(db, one.connection_id);
      if (connection !== undefined) await lookIfDue(deps, one.org_id, connection);
    }
    place = upTo;
    const next = await earliestLook(db);
    return Math.min(longestSleepMs, (next ?? Number.POSITIVE_INFINITY) - deps.now());
  };

  const unhear = onCommit(db, wake);
  sleep(0, true);
  return {
    async stop() {
      stopped = true;
      unhear();
      alarm?.cancel();
      await running;
    },
  };
}

function isSame(one: EvidenceReach, other: EvidenceReach): boolean {
  return one.recordSeq === other.recordSeq && one.eventSeq === other.eventSeq;
}

function distinct(connections: readonly OrgConnection[]): Iterable<OrgConnection> {
  return new Map(connections.map((one) => [`${one.org_id} ${one.connection_id}`, one])).values();
}
