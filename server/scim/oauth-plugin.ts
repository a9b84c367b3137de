// The token endpoint of every connection and reader, and the metadata that leads to it, as one Fastify plugin. Knows HTTP
// and the shapes of RFC 6749 and 8414, no key and no row.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ClientOwnerKind, clientMethods, clientOwnerKinds } from '../../shared/oauth-client.ts';
import { AppError } from '../core/app-error.ts';
import type { Outgoing } from '../core/outgoing.ts';
import { clientAddresses } from '../provisioning/client-addresses.ts';
import { assertionAlgorithms } from '../provisioning/client-key.ts';
import { findConnection } from '../provisioning/connection-store.ts';
import { type GrantDeps, grantAccess, type OwnerInOrg } from '../provisioning/grant-access.ts';
import { OauthRefusal } from '../provisioning/oauth-refusal.ts';
import { findReader } from '../provisioning/reader-store.ts';
import { createRemoteKeys } from '../provisioning/remote-keys.ts';
import { clientFingerprint } from './client-fingerprint.ts';
import { connectionPrefix, type EdgeDeps, readerPrefix } from './scim-exchange.ts';
import { readTokenRequest } from './token-request.ts';

interface OauthDeps extends EdgeDeps, Omit<GrantDeps, 'remoteKeys'> {
  readonly outgoing: Outgoing;
}

/** What is known of a token request so far. */
interface TokenExchange {
  readonly at: number;
  owner?: OwnerInOrg;
  outcome: string;
  detail: string | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    tokenExchange: TokenExchange | null;
  }
}

/** A token request is a handful of short fields. */
const bodyLimit = 32 * 1024;

/** The addresses stand beside the SCIM ones, under the same parameters. */
const prefixes: Readonly<Record<ClientOwnerKind, string>> = {
  connection: connectionPrefix,
  reader: readerPrefix,
};

/** Serves token endpoints and their metadata. Every request to an endpoint of a connection is recorded. */
export async function oauthPlugin(app: FastifyInstance, deps: OauthDeps): Promise<void> {
  const remoteKeys = createRemoteKeys(deps);
  app.decorateRequest('tokenExchange', null);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit }, (_request, body, done) => done(null, body));
  app.addHook('onResponse', async (request, reply) => recordTokenRequest(deps, request, reply));
  app.setErrorHandler((error: FastifyError, request, reply) => sendRefusal(request, reply, error));

  for (const ownerKind of clientOwnerKinds) {
    const path = prefixes[ownerKind];
    app.post(`${path}/oauth/token`, async (request, reply) => {
      const exchange: TokenExchange = { at: deps.now(), outcome: '', detail: null };
      request.tokenExchange = exchange;
      const owner = await ownerOf(deps, ownerKind, request);
      if (owner === undefined) return sendUnknown(reply);
      exchange.owner = owner;
      const limited = await deps.rateLimit.take(`oauth ${owner.ownerId}`);
      if (limited) return sendLimited(request, reply, limited.retryAfter);
      const granted = await grantAccess({ ...deps, remoteKeys }, owner, readTokenRequest(request));
      exchange.outcome = 'access token issued';
      return noStore(reply).send({
        access_token: granted.accessToken,
        token_type: 'Bearer',
        expires_in: granted.expiresIn,
        scope: 'scim',
      });
    });
    // The well-known part belongs before the issuer's path; some clients append it instead.
    const wellKnown = '/.well-known/oauth-authorization-server';
    for (const address of [`${wellKnown}${path}`, `${path}${wellKnown}`])
      app.get(address, async (request, reply) => {
        const owner = await ownerOf(deps, ownerKind, request);
        return owner === undefined ? sendUnknown(reply) : reply.send(metadataOf(deps.publicUrl(), owner));
      });
  }
}

async function ownerOf(
  { db }: OauthDeps,
  ownerKind: ClientOwnerKind,
  request: FastifyRequest,
): Promise<OwnerInOrg | undefined> {
  const { connectionId, readerId } = request.params as { connectionId?: string; readerId?: string };
  const ownerId = connectionId ?? readerId ?? '';
  const find = ownerKind === 'connection' ? findConnection : findReader;
  const found = await find(db, ownerId);
  return found && { orgId: found.org_id, ownerKind, ownerId };
}

/** @see RFC 8414 §2 */
function metadataOf(publicUrl: string, owner: OwnerInOrg): object {
  const { issuer, tokenEndpoint, scope } = clientAddresses(publicUrl, owner);
  return {
    issuer,
    token_endpoint: tokenEndpoint,
    token_endpoint_auth_methods_supported: clientMethods.flatMap((method) =>
      method === 'client_secret' ? ['client_secret_post', 'client_secret_basic'] : [method],
    ),
    token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    scopes_supported: [scope],
    grant_types_supported: ['client_credentials'],
    response_types_supported: [],
  };
}

function noStore(reply: FastifyReply): FastifyReply {
  return reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' });
}

function sendUnknown(reply: FastifyReply): FastifyReply {
  return noStore(reply).code(404).send({
    error: 'invalid_request',
    error_description:
      'There is no such token endpoint; it may have been removed. Copy it from Rollcall again.',
  });
}

function sendLimited(request: FastifyRequest, reply: FastifyReply, seconds: number): FastifyReply {
  const error_description = `Too many token requests. Wait ${seconds} s, and use each token until it ends.`;
  note(request, 'refused: rate limit', error_description);
  return noStore(reply)
    .code(429)
    .header('retry-after', String(seconds))
    .send({ error: 'invalid_request', error_description });
}

/** @see RFC 6749 §5.2 */
function sendRefusal(request: FastifyRequest, reply: FastifyReply, error: Error): FastifyReply {
  noStore(reply);
  if (error instanceof OauthRefusal) {
    note(request, `refused: client ${error.part}`, error.message);
    const status = error.error === 'invalid_client' ? 401 : 400;
    if (status === 401) reply.header('www-authenticate', 'Basic realm="OAuth"');
    return reply.code(status).send({ error: error.error, error_description: plain(error.message) });
  }
  const status = 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500) {
    const error_description = 'The request cannot be read. Send the fields of RFC 6749 as a form.';
    note(request, 'refused: client request', error_description);
    return reply.code(status).send({ error: 'invalid_request', error_description });
  }
  const isBusy = error instanceof AppError && error.status === 503;
  request.log[isBusy ? 'warn' : 'error']({ err: error }, 'a token request failed');
  note(request, isBusy ? 'refused: database.busy' : 'failed: internal error', null);
  if (isBusy) reply.header('retry-after', '5');
  return reply.code(isBusy ? 503 : 500).send({
    error: isBusy ? 'temporarily_unavailable' : 'server_error',
    error_description: `Something went wrong in Rollcall. Try again in a few seconds; the request's number is ${request.id}.`,
  });
}

function note(request: FastifyRequest, outcome: string, detail: string | null): void {
  if (request.tokenExchange) Object.assign(request.tokenExchange, { outcome, detail });
}

/** The characters that an `error_description` may have. @see RFC 6749 appendix A.8 */
function plain(text: string): string {
  return text.replaceAll('"', "'").replace(/[^\x20-\x7e]|\\/g, '?');
}

/** Writes down what became of it: no secret, no assertion. What readers do is not what an identity provider does. */
function recordTokenRequest(deps: OauthDeps, request: FastifyRequest, reply: FastifyReply): void {
  const { tokenExchange: exchange, headers } = request;
  if (exchange?.owner?.ownerKind !== 'connection') return;
  deps.provisioningLog.record({
    orgId: exchange.owner.orgId,
    connectionId: exchange.owner.ownerId,
    requestId: request.id,
    at: exchange.at,
    method: request.method,
    path: '/oauth/token',
    query: '',
    status: reply.statusCode,
    scimType: null,
    outcome: exchange.outcome,
    detail: exchange.detail,
    client: clientFingerprint({ headers, url: '/oauth/token' }),
    quirks: [],
    subjectKind: null,
    subjectId: null,
    changed: [],
    durationUs: Math.round(reply.elapsedTime * 1000),
  });
}
