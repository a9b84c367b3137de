// One request and its answer, from the first header to the provisioning record. Lets the request in or turns it away.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ClientOwner } from '../../shared/oauth-client.ts';
import { type OrgUserType, orgUserType } from '../attributes/org-user-type.ts';
import type { Db } from '../db/database.ts';
import { clientAddresses, readerUrlOf } from '../provisioning/client-addresses.ts';
import { baseUrlOf } from '../provisioning/connection-address.ts';
import type { ConnectionWithTokens } from '../provisioning/connection-store.ts';
import { findConnection } from '../provisioning/connection-store.ts';
import type { ProvisioningLog } from '../provisioning/provisioning-log.ts';
import { findReader, type ReaderWithTokens, updateReaderToken } from '../provisioning/reader-store.ts';
import { readAccessToken } from './access-token.ts';
import { type Credentials, readCredentials } from './authenticate.ts';
import { clientFingerprint } from './client-fingerprint.ts';
import { dialectOf } from './dialects/dialect-of.ts';
import type { Quirk } from './protocol/quirk.ts';
import type { RateLimit } from './rate-limit.ts';
import { pathShape, queryShape } from './request-shape.ts';
import { readersOnlyRead, type ScimAnswer, type ScimContext, type ScimDeps } from './scim-context.ts';
import { type ScimFault, ScimRefusal } from './scim-error.ts';
import type { CountScimRequest } from './scim-metrics.ts';
import { connectionView, readerView } from './view.ts';

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

/** Where a connection's addresses begin, and a reader's; every path below is theirs. */
export const connectionPrefix = '/c/:connectionId';
export const readerPrefix = '/r/:readerId';

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
  const users = await orgUserType(deps.database.db, connection.org_id, connection.attributesVersion);
  exchange.context = newContext(deps, request, exchange, connection, users);
  noteAddressQuirks(exchange.context, request);
  const { authorization } = request.headers;
  const credentials = readCredentials(authorization, connection.tokens, exchange.at, connection.kind);
  if ('tokenId' in credentials) exchange.tokenId = credentials.tokenId;
  else
    await requireAccessToken(deps, request, credentials, {
      orgId: connection.org_id,
      ownerKind: 'connection',
      ownerId: connection.id,
    });
  await takeTurn(
    deps,
    connection.id,
    'This connection sends more requests than it may, and your identity provider waits by itself.',
  );
}

/**
 * Finds the reader, checks its token, and lets nothing in that would change anything.
 * @throws ScimRefusal 404, 401, 403, 429
 */
export async function openReaderExchange(deps: EdgeDeps, request: FastifyRequest): Promise<void> {
  const exchange: Exchange = { at: deps.now(), quirks: new Set() };
  request.exchange = exchange;
  const { readerId } = request.params as { readerId: string };
  const { db } = deps.database;
  const reader = await findReader(db, readerId);
  if (reader === undefined) throw unknownReader();
  const owner = { ownerKind: 'reader', ownerId: reader.id } as const;
  const users = await orgUserType(db, reader.org_id, reader.attributesVersion);
  exchange.context = {
    deps,
    orgId: reader.org_id,
    connection: undefined,
    view: readerView(reader, users.declared),
    users,
    base: readerUrlOf(deps.publicUrl(), reader.id),
    oauth: clientAddresses(deps.publicUrl(), owner),
    origin: { requestId: request.id, from: request.ip },
    dialect: dialectOf('other'),
    reading: { strict: false, note: () => undefined },
  };
  const { authorization } = request.headers;
  const credentials = readCredentials(authorization, reader.tokens, exchange.at);
  if ('refused' in credentials)
    await requireAccessToken(deps, request, credentials, { ...owner, orgId: reader.org_id });
  else await noteReaderUse(db, reader, credentials.tokenId, exchange.at);
  await takeTurn(deps, reader.id, 'This reader sends more requests than it may.');
  const path = request.raw.url?.split('?', 1)[0] ?? '';
  const reads = ['GET', 'HEAD'].includes(request.method) || /\/\.search\/*$/.test(path);
  if (!reads) throw readersOnlyRead();
}

/** Lets in whoever brings a live access token. @throws ScimRefusal 401 with what was said of the token, or of this one */
async function requireAccessToken(
  deps: EdgeDeps,
  request: FastifyRequest,
  refusal: Extract<Credentials, { readonly refused: string }>,
  owner: ClientOwner & { readonly orgId: string },
): Promise<void> {
  const { exchange } = request;
  const asked = { db: deps.database.db, now: exchange?.at ?? deps.now(), publicUrl: deps.publicUrl() };
  const verdict = await readAccessToken(asked, request.headers.authorization, owner);
  if (verdict === 'let in') return;
  const { refused, detail } = verdict ?? refusal;
  throw new ScimRefusal({
    status: 401,
    detail,
    headers: { 'www-authenticate': challengeFor(refused) },
    outcome: `refused: ${refused}`,
  });
}

/** @see RFC 6750 §3.1: without a token there is no error to name */
function challengeFor(refused: string): string {
  const error = refused === 'missing' || refused === 'not-bearer' ? '' : ', error="invalid_token"';
  return `Bearer realm="SCIM", scope="scim"${error}`;
}

async function takeTurn(deps: EdgeDeps, id: string, sentence: string): Promise<void> {
  const limited = await deps.rateLimit.take(id);
  if (limited === undefined) return;
  throw new ScimRefusal({
    status: 429,
    detail: `${sentence} Wait ${limited.retryAfter} s.`,
    headers: { 'retry-after': String(limited.retryAfter) },
    outcome: 'refused: rate limit',
  });
}

const minute = 60_000;

/** Once a minute is enough to tell which of two tokens is still used. */
async function noteReaderUse(db: Db, reader: ReaderWithTokens, tokenId: string, now: number): Promise<void> {
  const lastUsed = reader.tokens.find(({ id }) => id === tokenId)?.last_used_at ?? null;
  if (lastUsed !== null && now - lastUsed < minute) return;
  await updateReaderToken(db, reader.org_id, tokenId, { last_used_at: now });
}

function newContext(
  deps: EdgeDeps,
  request: FastifyRequest,
  exchange: Exchange,
  connection: ConnectionWithTokens,
  users: OrgUserType,
): ScimContext {
  const strict = connection.mode === 'strict';
  const note = (quirk: Quirk, path?: string) => {
    if (exchange.quirks.size < 50)
      exchange.quirks.add(path === undefined ? quirk : `${quirk}:${path.slice(0, 200)}`);
  };
  return {
    deps,
    orgId: connection.org_id,
    connection,
    view: connectionView(connection.id, users.declared),
    users,
    base: baseUrlOf(deps.publicUrl(), connection.id),
    oauth: clientAddresses(deps.publicUrl(), { ownerKind: 'connection', ownerId: connection.id }),
    origin: { requestId: request.id, from: request.ip },
    dialect: dialectOf(connection.kind),
    reading: { strict, note },
  };
}

function unknownReader(): ScimRefusal {
  return new ScimRefusal({
    status: 404,
    detail:
      'There is no reader at this address; it may have been removed. Copy the base URL from Rollcall again.',
    outcome: 'refused: unknown reader',
  });
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
