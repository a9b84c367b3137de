// The addresses of the extension's sign-in: consent in the browser, then a token for the code. Knows HTTP and OAuth's
// words; what a code is worth, it does not. @see RFC 6749 §4.1, RFC 7636, RFC 7009

import cors from '@fastify/cors';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  type AboutServer,
  apiVersion,
  extensionClientId,
  isExtensionOrigin,
} from '../../shared/extension.ts';
import { changeDepsOf } from '../audit/change-context.ts';
import { AppError } from '../core/app-error.ts';
import { memberAttributes } from '../members/change-member.ts';
import {
  type ExtensionSession,
  exchangeExtensionCode,
  makeExtensionCode,
  revokeExtensionToken,
} from '../members/extension-sign-in.ts';
import { memberName } from '../members/member-identity.ts';
import { findMember } from '../members/member-store.ts';
import { findOrg, type OrgRow } from '../orgs/org-store.ts';
import { sessionOrSignIn } from './browser-session.ts';
import { deviceName } from './device-name.ts';
import { ConsentPage, UnknownExtensionPage } from './extension-pages.tsx';
import { answerAddress, readExtensionRequest, requestFields } from './extension-request.ts';
import { closeExtensionWindow, openExtensionWindow } from './extension-window.ts';
import { fieldOf } from './form-token.ts';
import { originOf } from './origin-of.ts';
import type { PagesDeps } from './pages-deps.ts';
import { sendPage } from './send-page.tsx';
import type { OrgWatch } from './set-up-routes.ts';
import { createThrottle, placeOf } from './sign-in-throttle.ts';

interface Options {
  readonly deps: PagesDeps;
  readonly hasOrg: OrgWatch;
}

export async function extensionRoutes(app: FastifyInstance, { deps, hasOrg }: Options): Promise<void> {
  const changes = changeDepsOf(deps);
  const read = (given: unknown) => readExtensionRequest(given, deps.extensionRedirects);

  app.get('/extension/authorize', async (request, reply) => {
    const outcome = read(request.query);
    if ('unknownClient' in outcome) return sendPage(reply, UnknownExtensionPage(), { status: 400 });
    if ('redirect' in outcome) return reply.redirect(outcome.redirect, 303);
    openExtensionWindow(reply, deps);
    const session = await sessionOrSignIn(deps, request, reply);
    if (session === undefined) return reply;
    const member = await findMember(changes.db, session.orgId, session.memberId);
    const { redirectUri, deviceName: told } = outcome.request;
    const page = ConsentPage({
      deviceName: told ?? deviceName(request.headers['user-agent']),
      name: member === undefined ? '' : memberName(memberAttributes(member)),
      email: member?.email ?? null,
      role: session.role,
      orgName: session.orgName,
      hidden: fieldsOf(request.query),
    });
    return sendPage(reply, page, { formTarget: new URL(redirectUri).origin });
  });

  app.post('/extension/authorize', async (request, reply) => {
    const outcome = read(request.body);
    if ('unknownClient' in outcome) return sendPage(reply, UnknownExtensionPage(), { status: 400 });
    if ('redirect' in outcome) return reply.redirect(outcome.redirect, 303);
    const { redirectUri, state, challenge, deviceName: told } = outcome.request;
    if (fieldOf(request.body, 'decision') !== 'allow') {
      closeExtensionWindow(reply, deps);
      return reply.redirect(answerAddress(redirectUri, { error: 'access_denied', state }), 303);
    }
    const again = `/extension/authorize?${new URLSearchParams(fieldsOf(request.body))}`;
    const session = await sessionOrSignIn(deps, request, reply, again);
    if (session === undefined) return reply;
    const name = told ?? deviceName(request.headers['user-agent']);
    const code = await makeExtensionCode(changes, session, { redirectUri, challenge, deviceName: name });
    closeExtensionWindow(reply, deps);
    return reply.redirect(answerAddress(redirectUri, { code, state }), 303);
  });

  await app.register(tokenRoutes, { prefix: '/extension', deps, hasOrg });
}

function fieldsOf(given: unknown): Readonly<Record<string, string>> {
  const values = requestFields.map((name) => [name, fieldOf(given, name)] as const);
  return Object.fromEntries(
    values.filter((pair): pair is [(typeof requestFields)[number], string] => pair[1] !== undefined),
  );
}

/** Tries at the token address from one place within ten minutes. */
const tries = 120;

/** What the extension calls by itself: no cookie is looked at, and only its own origin may read the answer. */
async function tokenRoutes(app: FastifyInstance, { deps, hasOrg }: Options): Promise<void> {
  const changes = changeDepsOf(deps);
  const throttle = createThrottle(tries, 10);
  app.setErrorHandler(sendTokenError);
  const options = { config: { foreignForm: true } } as const;
  await app.register(cors, {
    origin: (origin, decide) =>
      decide(null, origin !== undefined && isExtensionOrigin(origin, deps.extensionRedirects)),
    methods: ['GET', 'POST'],
    allowedHeaders: ['content-type'],
    maxAge: 600,
  });

  app.get('/about', options, async (_request, reply): Promise<AboutServer> => {
    reply.header('cache-control', 'no-store');
    return { product: 'rollcall', api: apiVersion, ready: await hasOrg() };
  });

  app.post('/token', options, async (request, reply) => {
    await throttle.take(placeOf(request.ip));
    const asked = readExchange(request);
    if ('error' in asked) return refuse(reply, asked.error);
    const traded = await exchangeExtensionCode(changes, { ...asked, ...originOf(request) });
    const org = traded && (await findOrg(changes.db, traded.member.org_id));
    if (traded === undefined || org === undefined) return refuse(reply, 'invalid_grant');
    return tokenAnswer(traded, org, deps.now());
  });

  app.post('/revoke', options, async (request, reply) => {
    await throttle.take(placeOf(request.ip));
    const token = fieldOf(request.body, 'token');
    if (token === undefined) return refuse(reply, 'invalid_request');
    await revokeExtensionToken(changes, token, originOf(request));
    return reply.code(200).send({});
  });
}

const descriptions = {
  invalid_client: 'Only the Rollcall extension is served here.',
  invalid_grant: 'The code is used, older than a minute, or was made for somebody else. Sign in again.',
  invalid_request: 'A parameter is missing or cannot be read.',
  unsupported_grant_type: 'Only an authorization code is taken here.',
  temporarily_unavailable: 'Nothing was changed. Try again in a few minutes.',
  server_error: 'Something went wrong in Rollcall; nothing was changed. Try again.',
} as const;
type OAuthError = keyof typeof descriptions;

function refuse(reply: FastifyReply, error: OAuthError, status = 400): FastifyReply {
  return reply.code(status).send({ error, error_description: descriptions[error] });
}

/** Failures in OAuth's words. @see RFC 6749 §5.2 */
function sendTokenError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = error instanceof AppError ? error.status : (error.statusCode ?? 500);
  if (status === 429 || status === 503) return refuse(reply, 'temporarily_unavailable', status);
  if (status < 500) return refuse(reply, 'invalid_request');
  request.log.error({ err: error }, 'the extension was not served');
  return refuse(reply, 'server_error', 500);
}

type Exchange = { readonly code: string; readonly redirectUri: string; readonly verifier: string };

function readExchange({ body }: FastifyRequest): Exchange | { readonly error: OAuthError } {
  if (fieldOf(body, 'client_id') !== extensionClientId) return { error: 'invalid_client' };
  if (fieldOf(body, 'grant_type') !== 'authorization_code') return { error: 'unsupported_grant_type' };
  const [code, redirectUri] = [fieldOf(body, 'code'), fieldOf(body, 'redirect_uri')];
  const verifier = fieldOf(body, 'code_verifier');
  if (code === undefined || redirectUri === undefined || !/^[\w.~-]{43,128}$/.test(verifier ?? ''))
    return { error: 'invalid_request' };
  return { code, redirectUri, verifier: verifier ?? '' };
}

function tokenAnswer({ session, member }: ExtensionSession, org: OrgRow, now: number) {
  return {
    access_token: session.token,
    token_type: 'Bearer',
    expires_in: Math.floor((session.expiresAt - now) / 1000),
    org: { id: org.id, name: org.name },
    member: {
      id: member.id,
      name: memberName(memberAttributes(member)),
      email: member.email,
      role: member.role,
    },
  };
}
