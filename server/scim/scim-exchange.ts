// One request and its answer, from the first header to the provisioning record. Lets the request in or turns it away.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { baseUrlOf } from '../provisioning/connection-address.ts';
import type { ConnectionWithTokens } from '../provisioning/connection-store.ts';
import { findConnection } from '../provisioning/connection-store.ts';
import type { ProvisioningLog } from '../provisioning/provisioning-log.ts';
import { readCredentials } from './authenticate.ts';
import { clientFingerprint } from './client-fingerprint.ts';
import { dialectOf } from './dialects/dialect-of.ts';
import type { Quirk } from './protocol/quirk.ts';
import type { RateLimit } from './rate-limit.ts';
import { pathShape, queryShape } from './request-shape.ts';
import type { ScimAnswer, ScimContext, ScimDeps } from './scim-context.ts';
import { type ScimFault, ScimRefusal } from './scim-error.ts';
import type { CountScimRequest } from './scim-metrics.ts';

/** What the SCIM edge needs besides what its operations need. */
export interface EdgeDeps extends ScimDeps {
  readonly publicUrl: () => string;
  readonly provisioningLog: ProvisioningLog;
  readonly rateLimit: RateLimit;
  readonly count: CountScimRequest;
}

/** What is known of a request so far. */
export interface Exchange {
  readonly at: number;
  readonly quirks: Set<string>;
  context?: ScimContext;
  tokenId?: string;
  answer?: ScimAnswer;
  fault?: ScimFault;
}

declare module 'fastify' {
  interface FastifyRequest {
    exchange: Exchange | null;
  }
}

/** Where a connection's addresses begin; every path below it is the connection's. */
export const connectionPrefix = '/c/:connectionId';

/** The context of a request that was let in. */
export function contextOf(request: FastifyRequest): ScimContext {
  const context = request.exchange?.context;
  if (context === undefined) throw new Error('the request was not let in');
  return context;
}

/**
 * Finds the connection, checks the token, counts the request. What is learnt is kept even when it ends in a refusal,
 * because refused requests are the ones that an admin wants explained.
 * @throws ScimRefusal 404, 401, 429
 */
export async function openExchange(deps: EdgeDeps, request: FastifyRequest): Promise<void> {
  const exchange: Exchange = { at: deps.now(), quirks: new Set() };
  request.exchange = exchange;
  const { connectionId } = request.params as { connectionId: string };
  const connection = await findConnection(deps.database.db, connectionId);
  if (connection === undefined) throw unknownConnection();
  exchange.context = newContext(deps, request, exchange, connection);
  noteAddressQuirks(exchange.context, request);
  const { authorization } = request.headers;
  const credentials = readCredentials(authorization, connection.tokens, exchange.at, connection.kind);
  if ('refused' in credentials) {
    throw new ScimRefusal({
      status: 401,
      detail: credentials.detail,
      headers: { 'www-authenticate': 'Bearer realm="SCIM"' },
      outcome: `refused: ${credentials.refused}`,
    });
  }
  exchange.tokenId = credentials.tokenId;
  const limited = await deps.rateLimit.take(connection.id);
  if (limited) {
    throw new ScimRefusal({
      status: 429,
      detail: `This connection sends more requests than it may. Wait ${limited.retryAfter} s; your identity provider does so by itself.`,
      headers: { 'retry-after': String(limited.retryAfter) },
      outcome: 'refused: rate limit',
    });
  }
}

function newContext(
  deps: EdgeDeps,
  request: FastifyRequest,
  exchange: Exchange,
  connection: ConnectionWithTokens,
): ScimContext {
  const strict = connection.mode === 'strict';
  const note = (quirk: Quirk, path?: string) => {
    if (exchange.quirks.size < 50)
      exchange.quirks.add(path === undefined ? quirk : `${quirk}:${path.slice(0, 200)}`);
  };
  return {
    deps,
    connection,
    base: baseUrlOf(deps.publicUrl(), connection.id),
    origin: { requestId: request.id, from: request.ip },
    dialect: dialectOf(connection.kind),
    reading: { strict, note },
  };
}

function unknownConnection(): ScimRefusal {
  return new ScimRefusal({
    status: 404,
    detail:
      'There is no connection at this address; it may have been deleted. Copy the base URL from Rollcall again.',
    outcome: 'refused: unknown connection',
  });
}

function noteAddressQuirks({ reading }: ScimContext, request: FastifyRequest): void {
  const [path = '', query] = request.raw.url?.split('?', 2) ?? [];
  if (path.includes('//') || path.endsWith('/')) reading.note('stray-slash');
  if (query === undefined) return;
  if (/aadoptscim062020/i.test(query)) reading.note('compliance-flag');
  else if (query === '' || /(^|&)(&|$)/.test(query)) reading.note('stray-query');
}

/** Writes down what became of the request. A request to no connection belongs to nobody and is only counted. */
export function recordExchange(deps: EdgeDeps, request: FastifyRequest, reply: FastifyReply): void {
  const { exchange } = request;
  const connection = exchange?.context?.connection;
  deps.count(connection?.kind ?? 'unknown', reply.statusCode);
  if (!exchange || !connection) return;
  const { answer, fault, quirks, at } = exchange;
  const url = request.raw.url ?? '';
  const [path = '', query = ''] = url.split('?', 2);
  deps.provisioningLog.record(
    {
      orgId: connection.org_id,
      connectionId: connection.id,
      requestId: request.id,
      at,
      method: request.method,
      path: pathShape(path.replace(/^\/+c\/+[^/]+/, '')),
      query: queryShape(query),
      status: reply.statusCode,
      scimType: fault?.scimType ?? null,
      outcome: fault?.outcome ?? answer?.outcome ?? '',
      detail: fault?.detail ?? null,
      client: clientFingerprint({ headers: request.headers, url, body: request.body }),
      quirks: [...quirks],
      subjectKind: answer?.subject?.kind ?? null,
      subjectId: answer?.subject?.id ?? null,
      changed: answer?.changed ?? [],
      durationUs: Math.round(reply.elapsedTime * 1000),
    },
    exchange.tokenId,
  );
}
