// Takes a record of every request under a connection's address and writes them in batches, after the answers. Knows
// when to write and what to do when that fails, not what a record holds.
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { Registry } from 'prom-client';
import { watchCounter, watchGauge } from '../core/metrics.ts';
import { nodeTimers, type Timers } from '../core/scheduler.ts';
import type { Db } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import {
  insertRecords,
  type ProvisioningRecord,
  type TokenUse,
  touchToken,
} from './provisioning-record-store.ts';

export interface ProvisioningLog {
  /**
   * Takes a record to be written soon; costs a push, never throws and never waits. `tokenId` is the token that let the
   * request in: its `last_used_at` follows, at most once a minute.
   */
  record(entry: ProvisioningRecord, tokenId?: string): void;
  /** Writes everything taken so far. @throws what the database says; the records are kept and tried again */
  flush(): Promise<void>;
  /** Writes everything and takes no more; whatever a dead database refuses to the last is counted in the log. */
  close(): Promise<void>;
}

/** Where trouble with the writing is told. */
interface Log {
  info(details: object, message: string): void;
  error(details: object, message: string): void;
}

interface Options {
  readonly db: Db;
  readonly log: Log;
  /** Where the records in memory and those lost are counted. */
  readonly metrics?: Registry;
  /** Records in one transaction, at most 1,900. */
  readonly maxBatch?: number;
  /** Records in memory while the database is away; beyond it the oldest go. */
  readonly maxWaiting?: number;
  /** The pause that gathers a batch, in milliseconds. */
  readonly flushAfter?: number;
  readonly timers?: Timers;
}

interface Entry {
  readonly record: ProvisioningRecord;
  readonly tokenId: string | undefined;
}

const minute = 60_000;
const longestPause = 30_000;
const lastAttempts = 3;

/** Starts the log of one process. */
export function createProvisioningLog(options: Options): ProvisioningLog {
  const {
    db,
    log,
    metrics,
    maxBatch = 500,
    maxWaiting = 50_000,
    flushAfter = 250,
    timers = nodeTimers,
  } = options;
  /** In order; all but the last are full, so that dropping and writing move whole batches. */
  const batches: Entry[][] = [];
  const lastUsed = new Map<string, number>();
  let waiting = 0;
  let dropped = 0;
  let droppedBefore = 0;
  let failures = 0;
  let closed = false;
  let cancelTimer: (() => void) | undefined;
  let draining: Promise<void> | undefined;

  if (metrics) {
    watchGauge(
      metrics,
      'rollcall_provisioning_log_waiting',
      'Provisioning records in memory.',
      () => waiting,
    );
    watchCounter(
      metrics,
      'rollcall_provisioning_log_dropped_total',
      'Provisioning records lost.',
      () => dropped,
    );
  }

  const schedule = (ms: number): void => {
    if (closed) return;
    cancelTimer ??= timers.after(ms, () => {
      cancelTimer = undefined;
      flush().then(recovered, failed);
    });
  };

  const recovered = (): void => {
    if (failures > 0) {
      const lost = dropped - droppedBefore;
      log.info({ attempts: failures, lost }, 'Provisioning records are written again.');
    }
    failures = 0;
    droppedBefore = dropped;
  };

  const failed = (err: unknown): void => {
    if (failures === 0)
      log.error({ err, waiting }, 'Provisioning records cannot be written; they wait in memory.');
    failures += 1;
    schedule(Math.min(flushAfter * 2 ** failures, longestPause));
  };

  const dropOldest = (): void => {
    const oldest = batches.shift() ?? [];
    if (dropped === droppedBefore)
      log.error({ waiting }, 'Too many provisioning records wait; the oldest are dropped.');
    waiting -= oldest.length;
    dropped += oldest.length;
  };

  const drain = async (): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      try {
        await write(batch);
      } catch (error) {
        batches.unshift(batch);
        throw error;
      }
      waiting -= batch.length;
      // Requests that came in meanwhile go first: a long queue never holds them up for more than one batch.
      await nextTurn();
    }
  };

  const write = async (batch: readonly Entry[]): Promise<void> => {
    const used = tokensUsed(batch, lastUsed);
    await inTransaction(db, async (trx) => {
      await insertRecords(
        trx,
        batch.map(({ record }) => record),
      );
      for (const token of used) await touchToken(trx, token);
    });
    for (const { id, at } of used) lastUsed.set(id, at);
  };

  const flush = async (): Promise<void> => {
    do {
      draining ??= drain().finally(() => {
        draining = undefined;
      });
      await draining;
    } while (batches.length > 0);
  };

  return {
    record(record, tokenId) {
      if (closed) {
        dropped += 1;
        return;
      }
      const last = batches.at(-1);
      if (last !== undefined && last.length < maxBatch) last.push({ record, tokenId });
      else batches.push([{ record, tokenId }]);
      waiting += 1;
      if (waiting > maxWaiting) dropOldest();
      schedule(flushAfter);
    },
    flush,
    async close() {
      closed = true;
      cancelTimer?.();
      for (let attempt = 1; ; attempt++) {
        try {
          return await flush();
        } catch (err) {
          if (attempt === lastAttempts) {
            dropped += waiting;
            return log.error(
              { err, lost: waiting },
              'Provisioning records are lost: the database took none at the end.',
            );
          }
          await delay(100 * attempt);
        }
      }
    },
  };
}

/** The latest use of each token whose last written use is a minute old; in order of id, so that two processes never deadlock. */
function tokensUsed(batch: readonly Entry[], lastUsed: ReadonlyMap<string, number>): readonly TokenUse[] {
  const uses = new Map<string, TokenUse>();
  for (const { record, tokenId } of batch) {
    if (tokenId === undefined || record.at < (lastUsed.get(tokenId) ?? -Infinity) + minute) continue;
    uses.set(tokenId, { orgId: record.orgId, id: tokenId, at: record.at });
  }
  return [...uses.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
