// The session of a browser: its cookie, and who it belongs to. Knows cookies and sessions, no way of signing in.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { changeDepsOf, inChange } from '../audit/change-context.ts';
import { personOfToken, type SignedIn } from '../auth/signed-in.ts';
import { type StartedSession, startSession } from '../auth/start-session.ts';
import { AppError } from '../core/app-error.ts';
import { lockMember } from '../members/member-store.ts';
import { signInMember } from '../members/sign-in-member.ts';
import { announceEmergency, wayByMail } from '../members/way-by-mail.ts';
import { deviceName } from './device-name.ts';
import { originOf } from './origin-of.ts';
import { clearCookie, readCookie, setCookie } from './page-cookies.ts';
import type { PagesDeps } from './pages-deps.ts';

/** Who is signed in with the browser that asks, if anybody. */
export async function currentSession(
  deps: PagesDeps,
  request: FastifyRequest,
): Promise<SignedIn | undefined> {
  const token = readCookie(request, deps, 'session');
  return token === undefined
    ? undefined
    : personOfToken({ db: deps.database.db, now: deps.now }, token, 'browser');
}

/** Hands the browser its session, in place of whatever it had. */
export function keepSession(reply: FastifyReply, deps: PagesDeps, session: StartedSession): void {
  const seconds = Math.floor((session.expiresAt - deps.now()) / 1000);
  setCookie(reply, deps, 'session', session.token, seconds);
}

/** Signs in whoever has proven this mailbox, if they may; else says why not. */
export async function signInBrowser(
  reply: FastifyReply,
  deps: PagesDeps,
  who: { readonly orgId: string; readonly memberId: string; readonly mailbox: string },
): Promise<'signed_in' | 'sso_required' | 'refused'> {
  const { request } = reply;
  const device = { kind: 'browser', name: deviceName(request.headers['user-agent']) } as const;
  const session = await signInMember(changeDepsOf(deps), { ...who, ...originOf(request), device });
  if (session === undefined) return 'refused';
  if (session === 'sso_required') return session;
  keepSession(reply, deps, session);
  return 'signed_in';
}

export function forgetSession(reply: FastifyReply, deps: PagesDeps): void {
  clearCookie(reply, deps, 'session');
}

/**
 * Signs a member in, in the browser that the reply goes to.
 * @throws AppError `session.missing` when the member may not act (any more)
 */
export async function startBrowserSession(
  reply: FastifyReply,
  deps: PagesDeps,
  { orgId, memberId }: { readonly orgId: string; readonly memberId: string },
): Promise<void> {
  const asked = { orgId, actor: { kind: 'member', id: memberId }, ...originOf(reply.request) } as const;
  const name = deviceName(reply.request.headers['user-agent']);
  const session = await inChange(changeDepsOf(deps), asked, async (context) => {
    // Locked, so that access that ends at this moment ends this session too.
    const member = await lockMember(context.trx, orgId, memberId);
    if (member?.status !== 'active') throw new AppError('session.missing', {});
    const way = await wayByMail(context, member);
    if (way === 'closed') throw new AppError('session.missing', {});
    const emergency = way === 'emergency';
    if (emergency) await announceEmergency(context, member, name);
    return startSession(context, memberId, { kind: 'browser', name, emergency });
  });
  keepSession(reply, deps, session);
}

/** Who is signed in, or nobody after the reply has sent the browser to sign in first and to come back. */
export async function sessionOrSignIn(
  deps: PagesDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  back: string = request.method === 'GET' ? request.url : '/',
): Promise<SignedIn | undefined> {
  const session = await currentSession(deps, request);
  if (session === undefined) {
    await reply.redirect(`/sign-in?continue=${encodeURIComponent(back)}`, 303);
  }
  return session;
}
