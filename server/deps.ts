// Everything the server is made of, built by hand once. Knows how the parts fit, not what they do.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import type { Registry } from 'prom-client';
import { extensionRedirects } from '../shared/extension.ts';
import type { Config } from './config.ts';
import { createLog } from './core/log.ts';
import { createMetrics } from './core/metrics.ts';
import { createOutgoing, type Outgoing } from './core/outgoing.ts';
import { newCode } from './core/secrets.ts';
import { migrate } from './db/migrate.ts';
import { type DatabaseAddress, openDatabase } from './db/open-database.ts';
import { createMailSender, type MailSender } from './delivery/mail-sender.ts';
import { folderTransport, smtpTransport } from './delivery/mail-transport.ts';
import { createEventStream, type EventStream } from './events/event-stream.ts';
import { loadSecret } from './load-secret.ts';
import { watchPool } from './ops/pool-metrics.ts';
import { type ChallengeReader, createChallengeReader } from './orgs/dns-challenge.ts';
import { createProvisioningLog } from './provisioning/provisioning-log.ts';
import { createRateLimit } from './scim/rate-limit.ts';
import type { EdgeDeps } from './scim/scim-exchange.ts';
import { scimRequestCounter } from './scim/scim-metrics.ts';
import { createWebhookSender, type WebhookSender } from './webhooks/webhook-sender.ts';

export interface Deps extends EdgeDeps {
  readonly log: FastifyBaseLogger;
  readonly metrics: Registry;
  /** Sends what is in the outbox when it is told to. */
  readonly mail: MailSender;
  /** Sends what happened to the systems that want to know, when it is told to. */
  readonly webhooks: WebhookSender;
  /** The history as it is written. */
  readonly events: EventStream;
  /** Where mails land when there is no mail server. */
  readonly mailFolder: string | undefined;
  readonly trustedProxies: readonly string[];
  /** The way to addresses that people enter. */
  readonly outgoing: Outgoing;
  /** What the set-up page asks for while there is no org: shown in the terminal, another at each start. */
  readonly setUpCode: string;
  /** The origins at which the extension may get its code. */
  readonly extensionRedirects: readonly string[];
  /** Looks in DNS for the records that prove domains. */
  readonly readChallenge: ChallengeReader;
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
  const secret = Buffer.from(loadSecret(config));
  const { smtpUrl, mailFrom } = config;
  const mailFolder = join(config.dataDir, 'outbox');
  const mail = createMailSender({
    db: database.db,
    now,
    secret,
    log,
    publicUrl: () => publicUrl,
    mailFrom,
    transport: smtpUrl === undefined ? folderTransport(mailFolder) : smtpTransport(smtpUrl),
  });
  const events = createEventStream({ database, log });
  const outgoing = createOutgoing({ allowedNetworks: config.outgoingNetworks });
  const webhooks = createWebhookSender({ database, now, secret, log, metrics, outgoing });
  return {
    database,
    now,
    secret,
    log,
    metrics,
    mail,
    webhooks,
    events,
    mailFolder: smtpUrl === undefined ? mailFolder : undefined,
    provisioningLog,
    rateLimit: createRateLimit(config.scimRateLimit),
    count: scimRequestCounter(metrics),
    trustedProxies: config.trustedProxies,
    outgoing,
    setUpCode: newCode(8),
    extensionRedirects: [...extensionRedirects, ...config.extensionRedirects],
    readChallenge: createChallengeReader(config.dnsServers),
    publicUrl: () => publicUrl,
    announce: (url) => {
      publicUrl = url;
    },
    close: async () => {
      await events.close();
      await mail.close();
      await webhooks.close();
      await outgoing.close();
      await provisioningLog.close();
      await database.close();
    },
  };
}
