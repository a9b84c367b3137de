// What the operator's machinery asks: alive, ready, and the numbers. Knows nobody in the directory.
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

import type { Registry } from 'prom-client';
import type { Database, Db } from '../db/database.ts';
import { pendingMigrations } from '../db/migrate.ts';
import { ping } from '../db/ping.ts';
import { servedUnderPressure } from './overload.ts';

interface Options {
  readonly database: Pick<Database, 'db'>;
  readonly metrics: Registry;
  /** True from the moment that the server is told to stop. */
  readonly isShuttingDown: () => boolean;
  /** How long the database may take to answer, in milliseconds. */
  readonly databaseTimeout?: number;
}

/**
 * `/health/live`, `/health/ready` and `/metrics`. None of them asks who is calling: they hold counts and states, no
 * name, no address and no token, and the server listens on the loopback address unless told otherwise. Behind a public
 * address, let the proxy keep `/metrics` and `/health` to yourself.
 */
export async function opsRoutes(app: FastifyInstance, options: Options): Promise<void> {
  const { database, metrics, isShuttingDown, databaseTimeout = 2000 } = options;
  const whyNotReady = readinessCheck(database.db, databaseTimeout);

  app.get('/health/live', servedUnderPressure, async () => ({ status: 'live' }));

  app.get('/health/ready', servedUnderPressure, async (_request, reply) => {
    const reason = isShuttingDown() ? 'The server is shutting down.' : await whyNotReady();
    if (reason === undefined) return { status: 'ready' };
    return reply.code(503).send({ status: 'not ready', reason });
  });

  app.get('/metrics', servedUnderPressure, async (_request, reply) => {
    const numbers = await metrics.metrics();
    return reply.type(metrics.contentType).send(numbers);
  });
}

/** Migrations are looked up until they are all there; from then on only the database itself is asked. */
function readinessCheck(db: Db, timeout: number): () => Promise<string | undefined> {
  let migrated = false;
  return async () => {
    try {
      return await within(timeout, async () => {
        const pending = migrated ? [] : await pendingMigrations(db);
        if (pending.length > 0) return `Migrations are missing: ${pending.join(', ')}.`;
        migrated = true;
        await ping(db);
        return undefined;
      });
    } catch {
      return 'The database does not answer.';
    }
  };
}

async function within<Result>(ms: number, work: () => Promise<Result>): Promise<Result> {
  const done = new AbortController();
  const tooLate = delay(ms, undefined, { signal: done.signal }).then(() => {
    throw new Error(`no answer within ${ms} ms`);
  });
  try {
    return await Promise.race([work(), tooLate]);
  } finally {
    done.abort();
    tooLate.catch(() => {});
  }
}
