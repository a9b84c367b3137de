// The addresses for somebody who is signed in: the start page, their sessions, signing out.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type AskedInOrg, changeDepsOf } from '../audit/change-context.ts';
import { may } from '../auth/access-policy.ts';
import type { OidcProviders } from '../auth/oidc-provider.ts';
import { oidcSignOutUrl } from '../auth/oidc-sign-out.ts';
import { endOtherSessions, endOwnSession, ownSessions } from '../auth/own-sessions.ts';
import type { SignedIn } from '../auth/signed-in.ts';
import { memberAttributes } from '../members/change-member.ts';
import { memberName } from '../members/member-identity.ts';
import { findMember } from '../members/member-store.ts';
import { currentSession, forgetSession, sessionOrSignIn } from './browser-session.ts';
import { fieldOf } from './form-token.ts';
import { originOf } from './origin-of.ts';
import type { PagesDeps } from './pages-deps.ts';
import { sendPage } from './send-page.tsx';
import { HomePage, SessionsPage } from './session-pages.tsx';
import { SigningOutPage, sendOn } from './sso-pages.tsx';

export async function sessionRoutes(
  app: FastifyInstance,
  { deps, providers }: { readonly deps: PagesDeps; readonly providers: OidcProviders },
): Promise<void> {
  const changes = changeDepsOf(deps);

  app.get('/', async (request, reply) => {
    const session = await sessionOrSignIn(deps, request, reply);
    if (session === undefined) return reply;
    const member = await findMember(changes.db, session.orgId, session.memberId);
    const name = member === undefined ? '' : memberName(memberAttributes(member));
    const mayRun = may(session, 'see members') || may(session, 'invite people');
    return sendPage(reply, HomePage({ orgName: session.orgName, name, role: session.role, mayRun }));
  });

  app.get('/sessions', async (request, reply) => {
    const session = await sessionOrSignIn(deps, request, reply);
    if (session === undefined) return reply;
    const sessions = await ownSessions(changes, session);
    return sendPage(reply, SessionsPage({ orgName: session.orgName, sessions, now: deps.now() }));
  });

  app.post('/sessions/end', async (request, reply) => {
    const session = await sessionOrSignIn(deps, request, reply);
    if (session === undefined) return reply;
    await endOwnSession(changes, askedBy(session, request), fieldOf(request.body, 'session') ?? '');
    return reply.redirect('/sessions', 303);
  });

  app.post('/sessions/end-others', async (request, reply) => {
    const session = await sessionOrSignIn(deps, request, reply);
    if (session === undefined) return reply;
    await endOtherSessions(changes, askedBy(session, request), session.sessionId);
    return reply.redirect('/sessions', 303);
  });

  app.post('/sign-out', async (request, reply) => {
    const session = await currentSession(deps, request);
    // Asked before the session is gone, with which what it rests on goes.
    const elsewhere = session && (await oidcSignOutUrl({ ...changes, providers }, session, deps.publicUrl()));
    if (session) await endOwnSession(changes, askedBy(session, request), session.sessionId);
    forgetSession(reply, deps);
    if (elsewhere !== undefined) return sendOn(reply, SigningOutPage({ href: elsewhere }), elsewhere);
    return reply.redirect('/sign-in', 303);
  });
}

function askedBy({ orgId, memberId }: SignedIn, request: FastifyRequest): AskedInOrg {
  return { orgId, actor: { kind: 'member', id: memberId }, ...originOf(request) };
}
