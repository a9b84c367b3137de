// The server as a process: opens everything, listens, and closes cleanly when told to stop. Knows no terminal.
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../app.ts';
import { eraseValuesJob } from '../attributes/erase-values.ts';
import type { Config } from '../config.ts';
import { startScheduler } from '../core/scheduler.ts';
import { mailJobs } from '../delivery/mail-sender.ts';
import { type Deps, openDeps } from '../deps.ts';
import { watchFindings } from '../diagnosis/finding-watch.ts';
import { invitationJobs } from '../invitations/invitation-jobs.ts';
import { retentionJob } from '../provisioning/retention.ts';
import { webhookJob } from '../webhooks/webhook-sender.ts';
import { CliError } from './cli-error.ts';
import { publicUrlOf } from './server-url.ts';

export interface RunningServer {
  readonly deps: Deps;
  /** The address that it is reached by. */
  readonly url: string;
  /** Answers the requests that are under way, writes what is in memory, and closes the database. */
  stop(): Promise<void>;
}

/**
 * Starts the server that the configuration describes.
 * @throws CliError when it cannot listen there; whatever the database says
 */
export async function startServer(config: Config): Promise<RunningServer> {
  const deps = await openDeps(config);
  for (const warning of config.warnings) deps.log.warn(warning);
  const app = await buildApp(deps);
  const letGo = closeConnectionsWhenAnswered(app);
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await app.close();
    await deps.close();
    throw cannotListen(error, config) ?? error;
  }
  const { port } = app.server.address() as AddressInfo;
  const url = publicUrlOf({ ...config, port });
  deps.announce(url);
  deps.mail.follow();
  deps.webhooks.follow();
  const scheduler = startScheduler(
    [
      ...mailJobs(deps.mail),
      webhookJob(deps.webhooks),
      ...invitationJobs(deps),
      retentionJob(deps),
      eraseValuesJob(deps),
    ],
    deps.log,
  );
  const findings = watchFindings(deps);
  return {
    deps,
    url,
    stop: async () => {
      letGo();
      await app.close();
      // First: a job that empties the outbox would go on until it is empty.
      await deps.mail.close();
      await deps.webhooks.close();
      await scheduler.stop();
      await findings.stop();
      await deps.close();
    },
  };
}

/**
 * From the call of what it returns on, each connection ends with the answer under way. Else one that is kept alive
 * would hold up the stop until its client tires of it.
 */
function closeConnectionsWhenAnswered({ server }: FastifyInstance): () => void {
  let stopping = false;
  server.on('request', (request, response) => {
    response.once('finish', () => {
      if (stopping) request.socket.end();
    });
  });
  return () => {
    stopping = true;
  };
}

function cannotListen(error: unknown, { host, port }: Config): CliError | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const place = `Rollcall cannot listen on ${host}, port ${port}`;
  if (code === 'EADDRINUSE') {
    return new CliError(
      'server.address_taken',
      `${place}: another program does already, perhaps another Rollcall. Stop that one, or choose another PORT.`,
    );
  }
  if (code === 'EACCES') {
    const message = `${place}: ports below 1024 are the administrator's. Choose another PORT.`;
    return new CliError('server.address_unusable', message);
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const message = `${place}: that is no address of this computer. Correct HOST; 127.0.0.1 always works.`;
    return new CliError('server.address_unusable', message);
  }
  return undefined;
}
