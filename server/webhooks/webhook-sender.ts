// Keeps every endpoint's queue moving: soon after each commit and every now and then. Each endpoint has a lane of its own,
// so that one that stalls holds up nobody. Knows when to look, not what a message is.
import type { FastifyBaseLogger } from 'fastify';
import type { Registry } from 'prom-client';
import { type Job, nodeTimers, type Timers } from '../core/scheduler.ts';
import type { Database } from '../db/database.ts';
import { soonAfterCommits } from '../db/soon-after-commits.ts';
import { settledSeq } from '../events/settled-seq.ts';
import { type DeliverDeps, deliverNext, type WebhookOutcome } from './deliver-webhook.ts';
import { planDeliveries } from './plan-deliveries.ts';
import {
  type EndpointInBrief,
  type EndpointKey,
  endpointsBehind,
  endpointsDue,
  isAnyActive,
} from './webhook-endpoint-store.ts';
import { countWebhooks } from './webhook-metrics.ts';

export interface WebhookSender {
  /** Sends what is due and resolves when nothing is any more. */
  run(): Promise<void>;
  /** Looks what is due and sets it on its way; resolves without waiting for any receiver. */
  look(): Promise<void>;
  /** From now on looks soon after every commit of this process. */
  follow(): void;
  /** Begins nothing more and waits a little for what is under way; what is not done by then is sent at the next start. */
  close(): Promise<void>;
}

export interface WebhookSenderDeps extends Omit<DeliverDeps, 'db'> {
  readonly database: Database;
  readonly log: Pick<FastifyBaseLogger, 'debug' | 'info' | 'warn' | 'error'>;
  readonly metrics: Registry;
  readonly timers?: Timers;
}

/** How long messages under way may hold up the end of the server, in milliseconds. */
const patienceAtClose = 5000;

/** Messages under way to one endpoint at a time; to one that fails, a single one. */
const atOnce = 8;

interface Lane {
  readonly workers: Set<Promise<void>>;
  /** How many of them are not about to end: counted by themselves, so that none is taken for one that goes on. */
  busy: number;
  /** How often there was a reason to look. */
  asked: number;
  fails: boolean;
}

export function createWebhookSender(server: WebhookSenderDeps): WebhookSender {
  const { database, log, now, metrics, timers = nodeTimers } = server;
  const { db } = database;
  const deps: DeliverDeps = { ...server, db };
  const count = countWebhooks(metrics, database);
  const lanes = new Map<string, Lane>();
  const stop = new AbortController();
  let looking: Promise<void> | undefined;
  let isAskedAgain = false;
  let isClosed = false;
  let attempts = 0;
  let unfollow = () => {};

  const fill = (key: EndpointInBrief): void => {
    const lane = lanes.get(key.id) ?? {
      workers: new Set(),
      busy: 0,
      asked: 0,
      fails: key.failing_since !== null,
    };
    lanes.set(key.id, lane);
    lane.asked += 1;
    while (!isClosed && lane.busy < (lane.fails ? 1 : atOnce)) {
      lane.busy += 1;
      const worker = work(key, lane)
        .catch((err: unknown) => {
          lane.busy -= 1;
          log.error({ err }, 'A webhook endpoint’s queue could not be read.');
        })
        .finally(() => {
          lane.workers.delete(worker);
          if (lane.workers.size === 0) lanes.delete(key.id);
        });
      lane.workers.add(worker);
    }
  };

  /** Delivers one message after the other until none is due. */
  const work = async (key: EndpointInBrief, lane: Lane): Promise<void> => {
    while (!isClosed && (!lane.fails || lane.busy <= 1)) {
      const { asked } = lane;
      const outcome = await deliverNext(deps, key, stop.signal);
      if (outcome === undefined) {
        // Somebody added to the queue while it was looked at.
        if (lane.asked !== asked) continue;
        break;
      }
      attempts += 1;
      count(outcome.result);
      tell(log, key, outcome);
      const recovered = lane.fails && outcome.result === 'delivered';
      lane.fails = outcome.result !== 'delivered';
      if (recovered) fill(key);
    }
    lane.busy -= 1;
  };

  const lookOnce = async (): Promise<void> => {
    if (!(await isAnyActive(db))) return;
    for (const key of await endpointsDue(db, now())) fill(key);
    const upTo = await settledSeq(database);
    for (const key of await endpointsBehind(db, upTo)) {
      await planDeliveries(deps, key, upTo);
      fill(key);
    }
  };
  const look = (): Promise<void> => {
    isAskedAgain = looking !== undefined;
    looking ??= (async () => {
      do {
        isAskedAgain = false;
        await lookOnce();
      } while (isAskedAgain && !isClosed);
    })().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const underWay = (): Promise<unknown> =>
    Promise.all([...lanes.values()].flatMap(({ workers }) => [...workers]));

  return {
    look,
    async run() {
      let before: number;
      do {
        before = attempts;
        await look();
        await underWay();
      } while (!isClosed && attempts > before);
    },
    follow() {
      unfollow = soonAfterCommits(db, timers, () => {
        look().catch((err: unknown) => log.error({ err }, 'Webhooks wait: the history could not be read.'));
      });
    },
    async close() {
      isClosed = true;
      unfollow();
      const cancel = timers.after(patienceAtClose, () => stop.abort());
      await looking?.catch(() => {});
      await underWay();
      cancel();
    },
  };
}

/** The job of the webhooks: messages whose pause is over, and the commits of other processes. */
export function webhookJob(sender: WebhookSender): Job {
  return { name: 'webhooks', everyMs: 5000, firstAfterMs: 1000, run: () => sender.look() };
}

/** Without addresses, which may open doors. */
function tell(
  log: WebhookSenderDeps['log'],
  { id: endpoint }: EndpointKey,
  { delivery: { id, type, attempts }, result, outcome }: WebhookOutcome,
): void {
  const details = { endpoint, delivery: id, type, attempts };
  if (result === 'delivered') log.debug(details, 'a webhook message was delivered');
  else if (result === 'failed') log.warn({ ...details, outcome }, 'A webhook message was given up.');
  else log.info({ ...details, outcome }, 'a webhook message was not taken and is tried again');
}
