// A whole server that nobody has set up yet. Knows no org.
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { type Deps, openDeps } from '../../server/deps.ts';
import { migratedPostgresUrl } from './postgres.ts';
import { type DatabaseName, startOfTime } from './scim-server.ts';

export interface EmptyServer {
  readonly url: string;
  readonly deps: Deps;
  /** Unix milliseconds; stands still by itself. */
  readonly clock: { now: number };
  close(): Promise<void>;
}

export async function startEmptyServer(database: DatabaseName = 'sqlite'): Promise<EmptyServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  const config = readConfig({
    ROLLCALL_DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    ...(database === 'postgres' && { DATABASE_URL: await migratedPostgresUrl() }),
  });
  const clock = { now: startOfTime };
  const deps = await openDeps(config, () => clock.now);
  // A busy test machine is no overload.
  const app = await buildApp(deps, { maxEventLoopDelay: 0 });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  deps.announce(url);
  return {
    url,
    deps,
    clock,
    close: async () => {
      await app.close();
      await deps.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
