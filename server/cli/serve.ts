// The server as a process: opens everything, listens, says what to do next, and closes cleanly when told to stop.
import type { AddressInfo } from 'node:net';
import { buildApp } from '../app.ts';
import type { Config } from '../config.ts';
import { type Scheduler, startScheduler } from '../core/scheduler.ts';
import { type Deps, openDeps } from '../deps.ts';
import { listOrgs } from '../orgs/org-store.ts';
import { listConnections } from '../provisioning/connection-store.ts';
import { purgeRecords } from '../provisioning/provisioning-record-store.ts';

export interface RunningServer {
  readonly url: string;
  /** Answers the requests that are under way, writes what is in memory, and closes the database. */
  stop(): Promise<void>;
}

/** Provisioning records are kept for 30 days. */
const recordsKept = 30 * 24 * 60 * 60 * 1000;
const hour = 60 * 60 * 1000;
const slice = 5000;

/** Starts the server that the configuration describes. */
export async function startServer(config: Config): Promise<RunningServer> {
  const deps = await openDeps(config);
  for (const warning of config.warnings) deps.log.warn(warning);
  const app = await buildApp(deps);
  await app.listen({ host: config.host, port: config.port });
  const { port } = app.server.address() as AddressInfo;
  const url = config.publicUrl ?? `http://${config.host}:${port}`;
  deps.announce(url);
  const scheduler = scheduleRetention(deps);
  return {
    url,
    stop: async () => {
      await app.close();
      await scheduler.stop();
      await deps.close();
    },
  };
}

function scheduleRetention(deps: Deps): Scheduler {
  const purge = async () => {
    const before = deps.now() - recordsKept;
    while ((await purgeRecords(deps.database.db, before, slice)) === slice);
  };
  return startScheduler([{ name: 'retention', everyMs: hour, firstAfterMs: 60_000, run: purge }], deps.log);
}

/** What the operator can do next, given what is in the directory already. */
export async function nextSteps(deps: Pick<Deps, 'database'>, url: string): Promise<string> {
  const [org] = await listOrgs(deps.database.db);
  const command = 'npm run --silent rollcall --';
  if (!org) {
    return `Next: name your organisation and its owner.\n\n  ${command} setup --org "Your Company" --owner you@your-company.example\n`;
  }
  const connections = await listConnections(deps.database.db, org.id);
  if (connections.length === 0) {
    return `Next: make a connection and paste its URL and token into your identity provider.\n\n  ${command} connection create --org ${org.slug} --kind okta --name Okta\n`;
  }
  return `${connections.length === 1 ? 'One connection is' : `${connections.length} connections are`} waiting for your identity provider below ${url}/c/.\n`;
}
