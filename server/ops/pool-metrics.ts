// How busy a pool of database connections is. Knows counts, no database.
import type { Registry } from 'prom-client';
import { watchGauge } from '../core/metrics.ts';
import type { PoolUse } from '../db/database.ts';

/** Adds the pool's counts to the registry. */
export function watchPool(registry: Registry, pool: PoolUse): void {
  watchGauge(registry, 'rollcall_db_pool_connections', 'Open connections.', () => pool.totalCount);
  watchGauge(registry, 'rollcall_db_pool_idle', 'Open connections that nobody uses.', () => pool.idleCount);
  watchGauge(registry, 'rollcall_db_pool_waiting', 'Queries that wait for one.', () => pool.waitingCount);
}
