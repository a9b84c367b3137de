// The real server on a throw-away folder and the demo's time: its listener, its jobs and its watch over findings. Knows
// how it starts and ends, not what is in it.
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { buildApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { startScheduler } from '../../server/core/scheduler.ts';
import { mailJobs } from '../../server/delivery/mail-sender.ts';
import { type Deps, openDeps } from '../../server/deps.ts';
import { watchFindings } from '../../server/diagnosis/finding-watch.ts';
import { invitationJobs } from '../../server/invitations/invitation-jobs.ts';
import { retentionJob } from '../../server/provisioning/retention.ts';
import type { DemoClock } from './demo-clock.ts';

export interface DemoServer {
  readonly url: string;
  /** Removed at the end. */
  readonly folder: string;
  readonly deps: Deps;
  /** Begins what recurs: mails, reminders, findings. */
  watch(): void;
  close(): Promise<void>;
}

/** Listens on `port` of this machine only. */
export async function startDemoServer(clock: DemoClock, port: number): Promise<DemoServer> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-demo-'));
  const discard = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', discard);
  const config = readConfig({
    HOST: '127.0.0.1',
    PORT: String(port),
    ROLLCALL_DATA_DIR: folder,
    LOG_LEVEL: 'silent',
    SCIM_RATE_LIMIT: '0',
  });
  const opened = await openDeps(config, () => clock.now);
  // What is thrown away need not survive a power cut.
  await sql`pragma synchronous = off`.execute(opened.database.db);
  // No name server knows the company's domain, so its record counts as published.
  const deps: Deps = { ...opened, readChallenge: async () => ({ finding: 'found', seen: [] }) };
  // Playing weeks in seconds is no overload.
  const app = await buildApp(deps, { maxEventLoopDelay: 0 });
  await app.listen({ host: config.host, port: config.port });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  deps.announce(url);
  const ends: (() => Promise<void>)[] = [];
  return {
    url,
    folder,
    deps,
    watch: () => {
      deps.mail.follow();
      const { timers } = clock;
      const jobs = [...mailJobs(deps.mail), ...invitationJobs(deps), retentionJob(deps)];
      const scheduler = startScheduler(jobs, deps.log, timers);
      const findings = watchFindings({ ...deps, timers });
      ends.push(scheduler.stop, findings.stop);
    },
    close: async () => {
      app.server.closeAllConnections();
      await app.close();
      await deps.mail.close();
      for (const end of ends) await end();
      await deps.close();
      discard();
      process.off('exit', discard);
    },
  };
}
