// A directory whose events go to real HTTP receivers on this machine, sent by hand. Knows how a receiver verifies, and how
// it misbehaves.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { Webhook } from 'standardwebhooks';
import { expect, onTestFinished, vi } from 'vitest';
import { inChange } from '../../server/audit/change-context.ts';
import { recordChange } from '../../server/audit/record-change.ts';
import { createOutgoing } from '../../server/core/outgoing.ts';
import { openDatabase } from '../../server/db/open-database.ts';
import { createWebhook, type WebhookDeps } from '../../server/webhooks/change-webhook.ts';
import {
  createWebhookSender,
  type WebhookSender,
  type WebhookSenderDeps,
} from '../../server/webhooks/webhook-sender.ts';
import type { NewWebhook } from '../../shared/webhook.ts';
import { type Directory, openDirectory } from './directory.ts';
import { type DatabaseName, operator } from './scim-server.ts';

/** What a receiver got. */
export interface Received {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the message holds
  readonly body: any;
}

export type Answer = (request: IncomingMessage, response: ServerResponse, received: Received) => void;

export interface Receiver {
  readonly url: string;
  /** In the order of arrival. */
  readonly received: Received[];
  /** What it does from now on; at first it takes everything. */
  answer: Answer;
  /** Resolves once so many messages have arrived, and fails when they do not. */
  arrived(count: number): Promise<void>;
}

export const take: Answer = (_request, response) => void response.writeHead(204).end();
export const refuse =
  (status: number, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(status, headers).end();
/** Says nothing at all. */
export const stall: Answer = () => {};

/** Opens a receiver that ends with the test. */
export async function openReceiver(answer: Answer = take): Promise<Receiver> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const headers = request.headers as Record<string, string>;
    const one = {
      id: headers['webhook-id'] ?? '',
      headers,
      text,
      body: text === '' ? null : JSON.parse(text),
    };
    received.push(one);
    receiver.answer(request, response, one);
  });
  // A message that meets a connection at its very end is tried again later, and here time stands still.
  server.keepAliveTimeout = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer,
    arrived: (count) => expect.poll(() => received.length, { interval: 10 }).toBeGreaterThanOrEqual(count),
  };
  return receiver;
}

/** Verifies a message as its receiver would, at the time that it was signed. @throws what the library throws */
export function verify(secret: string, { text, headers }: Received): unknown {
  vi.useFakeTimers({ toFake: ['Date'], now: Number(headers['webhook-timestamp']) * 1000 });
  try {
    return new Webhook(secret).verify(text, headers as Record<string, string>);
  } finally {
    vi.useRealTimers();
  }
}

export interface WebhookDesk {
  readonly directory: Directory;
  readonly deps: WebhookDeps;
  readonly sender: WebhookSender;
  readonly metrics: Registry;
  /** What the log was told. */
  readonly logged: unknown[];
  /** Another sender on the same database handle. */
  anotherSender(differing?: Partial<WebhookSenderDeps>): WebhookSender;
  /** A sender as another process has one: on connections of its own. */
  senderElsewhere(): WebhookSender;
  /** Makes an endpoint of a receiver; gives its id and its secret. */
  subscribe(
    receiver: Pick<Receiver, 'url'>,
    differing?: Partial<NewWebhook>,
  ): Promise<{ readonly endpointId: string; readonly secret: string }>;
  /** Writes an event about somebody; the `n` of it comes back in the message's details. */
  tell(memberId: string, n: number): Promise<void>;
  /** An endpoint's row. */
  endpoint(id: string): ReturnType<typeof endpointRow>;
  /** An endpoint's deliveries in the order of its queue. */
  queue(endpointId: string): ReturnType<typeof queueOf>;
}

export const asOperator = (orgId: string) => ({ ...operator, orgId });

/** What `tell` numbered a message by. */
export const numberIn = ({ body }: Received): number => Number(body.data.details.changed?.[0]);

/** Opens one that ends with the test. */
export async function openWebhookDesk(database: DatabaseName): Promise<WebhookDesk> {
  const directory = await openDirectory(database);
  onTestFinished(() => directory.close());
  const { orgId } = directory;
  const outgoing = createOutgoing({ allowedNetworks: ['127.0.0.0/8'] });
  onTestFinished(() => outgoing.close());
  const deps: WebhookDeps = { ...directory.deps, database: directory.database, outgoing };
  const logged: unknown[] = [];
  const note = (details: unknown) => logged.push(details);
  const metrics = new Registry();
  const anotherSender: WebhookDesk['anotherSender'] = (differing = {}) => {
    const sender = createWebhookSender({
      ...deps,
      log: { debug: note, info: note, warn: note, error: note } as never,
      metrics: new Registry(),
      ...differing,
    });
    onTestFinished(() => sender.close());
    return sender;
  };
  return {
    directory,
    deps,
    logged,
    metrics,
    anotherSender,
    sender: anotherSender({ metrics }),
    senderElsewhere: () => {
      const { DATABASE_URL: databaseUrl, ROLLCALL_DATA_DIR: folder = '' } = directory.env;
      const file = join(folder, 'rollcall.db');
      const database = openDatabase(databaseUrl === undefined ? { file } : { url: databaseUrl });
      onTestFinished(() => database.close());
      return anotherSender({ database });
    },
    subscribe: ({ url }, differing = {}) =>
      createWebhook(deps, asOperator(orgId), { name: 'Payroll', url, eventTypes: null, ...differing }),
    tell: (memberId, n) =>
      inChange(deps, asOperator(orgId), (context) =>
        recordChange(
          context,
          { kind: 'member', id: memberId },
          {},
          { type: 'member.updated', data: { changed: [String(n)] } },
        ),
      ),
    endpoint: (id) => endpointRow(directory, id),
    queue: (endpointId) => queueOf(directory, endpointId),
  };
}

function endpointRow({ db, orgId }: Directory, id: string) {
  return db
    .selectFrom('webhook_endpoints')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

function queueOf({ db, orgId }: Directory, endpointId: string) {
  return db
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('endpoint_id', '=', endpointId)
    .orderBy('seq')
    .execute();
}
