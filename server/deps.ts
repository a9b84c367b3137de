// Everything the server is made of, built by hand once. Knows how the parts fit, not what they do.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import type { Registry } from 'prom-client';
import type { Config } from './config.ts';
import { createLog } from './core/log.ts';
import { createMetrics } from './core/metrics.ts';
import { migrate } from './db/migrate.ts';
import { type DatabaseAddress, openDatabase } from './db/open-database.ts';
import { loadSecret } from './load-secret.ts';
import { watchPool } from './ops/pool-metrics.ts';
import { createProvisioningLog } from './provisioning/provisioning-log.ts';
import { createRateLimit } from './scim/rate-limit.ts';
import type { EdgeDeps } from './scim/scim-exchange.ts';
import { scimRequestCounter } from './scim/scim-metrics.ts';

export interface Deps extends EdgeDeps {
  readonly log: FastifyBaseLogger;
  readonly metrics: Registry;
  /** Tells the parts the address that the server is reached by, once it listens. */
  announce(publicUrl: string): void;
  /** Writes what is still in memory and closes the database; the server has answered its last request before. */
  close(): Promise<void>;
}

/** Where a configuration says that the database is; the data folder is made when SQLite needs it. */
export function databaseAddress(config: Config): DatabaseAddress {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl };
  mkdirSync(config.dataDir, { recursive: true });
  return { file: join(config.dataDir, 'rollcall.db') };
}

/** Opens and migrates the database and builds the parts on it. `now` is Unix milliseconds; tests bring their own. */
export async function openDeps(config: Config, now: () => number = Date.now): Promise<Deps> {
  const log = createLog(config.logLevel);
  const database = openDatabase(databaseAddress(config));
  const applied = await migrate(database.db);
  if (applied.length > 0) log.info({ applied }, 'the database was brought to the newest schema');
  const metrics = createMetrics({ process: true });
  if (database.pool) watchPool(metrics, database.pool);
  const provisioningLog = createProvisioningLog({ db: database.db, log, metrics });
  let publicUrl = config.publicUrl ?? '';
  return {
    database,
    now,
    secret: Buffer.from(loadSecret(config)),
    log,
    metrics,
    provisioningLog,
    rateLimit: createRateLimit(config.scimRateLimit),
    count: scimRequestCounter(metrics),
    publicUrl: () => publicUrl,
    announce: (url) => {
      publicUrl = url;
    },
    close: async () => {
      await provisioningLog.close();
      await database.close();
    },
  };
}
