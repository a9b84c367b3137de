// The addresses of single sign-on, each org's own: away to its identity provider, back from it, and out. Knows the order of
// the steps and HTTP; what an answer is worth, it does not. @see OpenID Connect Core 1.0 §3.1, §4
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { changeDepsOf } from '../audit/change-context.ts';
import { readLogoutToken } from '../auth/logout-token.ts';
import type { OidcProviders } from '../auth/oidc-provider.ts';
import { finishOidcSignIn, startOidcSignIn } from '../auth/oidc-sign-in.ts';
import { endOwnSession } from '../auth/own-sessions.ts';
import { ssoAddresses } from '../auth/sso-addresses.ts';
import type { SsoReason } from '../auth/sso-refusal.ts';
import { findSso, type SsoRow } from '../auth/sso-store.ts';
import { endSsoSessions } from '../members/end-sso-sessions.ts';
import { enterBySso, noteSsoFailure } from '../members/enter-by-sso.ts';
import { findOrgBySlug, type OrgRow } from '../orgs/org-store.ts';
import { currentSession, forgetSession, keepSession } from './browser-session.ts';
import { deviceName } from './device-name.ts';
import { browserOf, fieldOf } from './form-token.ts';
import { localPath } from './local-path.ts';
import { originOf } from './origin-of.ts';
import { readCookie } from './page-cookies.ts';
import type { PagesDeps } from './pages-deps.ts';
import { sendPage } from './send-page.tsx';
import { createThrottle, placeOf } from './sign-in-throttle.ts';
import {
  SignedOutPage,
  SsoOffPage,
  SsoRefusedPage,
  StrangeIssuerPage,
  SwitchOrgPage,
  sendOnToSso,
} from './sso-pages.tsx';

interface Options {
  readonly deps: PagesDeps;
  readonly providers: OidcProviders;
}

/** Sign-ins begun and ended, and logout tokens, from one place within ten minutes: a morning's rush of a large office. */
const tries = 2000;

/** Failures that are nobody's refusal. */
const statuses: Partial<Record<SsoReason, number>> = { over: 400, unreachable: 502 };

/** @see OpenID Connect Core 1.0 §4 */
const startFields = ['iss', 'login_hint', 'target_link_uri'];

const foreign = { config: { foreignForm: true } } as const;

interface Place {
  readonly org: OrgRow;
  readonly sso: SsoRow;
}

export async function ssoRoutes(app: FastifyInstance, { deps, providers }: Options): Promise<void> {
  const changes = changeDepsOf(deps);
  const signIn = { ...changes, providers };
  const throttle = createThrottle(tries, 10);

  /** The org of this short name, or nothing after the reply has said that there is none. */
  const placeFor = async (
    request: FastifyRequest,
    reply: FastifyReply,
    slug = fieldOf(request.params, 'org'),
  ): Promise<Place | undefined> => {
    await throttle.take(placeOf(request.ip));
    const org = await findOrgBySlug(changes.db, slug ?? '');
    const sso = org && (await findSso(changes.db, org.id));
    if (org && sso) return { org, sso };
    await sendPage(reply, SsoOffPage(), { status: 404 });
    return undefined;
  };

  const refuse = (reply: FastifyReply, { org, sso }: Place, reason: SsoReason): FastifyReply => {
    const page = { reason, orgName: org.name, orgSlug: org.slug, required: sso.required === 1 };
    return sendPage(reply, SsoRefusedPage(page), { status: statuses[reason] ?? 403 });
  };

  app.get('/sso/:org/start', async (request, reply) => {
    const place = await placeFor(request, reply);
    if (place === undefined) return reply;
    const { org, sso } = place;
    const given = request.query;
    const issuer = fieldOf(given, 'iss');
    if (issuer !== undefined && issuer !== sso.issuer)
      return sendPage(reply, StrangeIssuerPage({ orgName: org.name }), { status: 400 });
    const continueTo = wayOn(given, deps.publicUrl());
    const loginHint = fieldOf(given, 'login_hint')?.slice(0, 320);
    const session = await currentSession(deps, request);
    if (session && session.orgId !== org.id) {
      const hidden = { org: org.slug, continue: continueTo };
      return sendPage(reply, SwitchOrgPage({ from: session.orgName, to: org.name, hidden }));
    }
    const { redirectUri } = ssoAddresses(deps.publicUrl(), org.slug);
    const browser = browserOf(deps, request, reply);
    const begun = await startOidcSignIn(signIn, sso, { redirectUri, browser, continueTo, loginHint });
    if ('url' in begun) return reply.redirect(begun.url, 303);
    await noteSsoFailure(changes, sso, begun.failure, originOf(request));
    return refuse(reply, place, begun.failure.reason);
  });

  // Identity providers may send it as a form. No cookie comes with one from elsewhere, so it is looked at as a link.
  app.post('/sso/:org/start', foreign, async (request, reply) => {
    const given = startFields.map((name) => [name, fieldOf(request.body, name)] as const);
    const query = new URLSearchParams(
      given.filter((pair): pair is [string, string] => pair[1] !== undefined),
    );
    const path = request.url.split('?')[0];
    return reply.redirect(`${path}?${query}`, 303);
  });

  app.post('/sso/switch', async (request, reply) => {
    const place = await placeFor(request, reply, fieldOf(request.body, 'org') ?? '');
    if (place === undefined) return reply;
    const session = await currentSession(deps, request);
    if (session) {
      const asked = { orgId: session.orgId, actor: { kind: 'member', id: session.memberId } } as const;
      await endOwnSession(changes, { ...asked, ...originOf(request) }, session.sessionId);
    }
    forgetSession(reply, deps);
    return sendOnToSso(reply, place.org.slug, { continueTo: wayOn(request.body, deps.publicUrl()) });
  });

  app.get('/sso/:org/callback', async (request, reply) => {
    const place = await placeFor(request, reply);
    if (place === undefined) return reply;
    const { org, sso } = place;
    const browser = readCookie(request, deps, 'browser');
    if (browser === undefined) return refuse(reply, place, 'over');
    const answer = new URL(ssoAddresses(deps.publicUrl(), org.slug).redirectUri);
    answer.search = new URL(request.url, 'http://here.invalid').search;
    const back = await finishOidcSignIn(signIn, sso, { answer, browser });
    if ('failure' in back) {
      if (back.isOurs) await noteSsoFailure(changes, sso, back.failure, originOf(request));
      return refuse(reply, place, back.failure.reason);
    }
    const device = { kind: 'browser', name: deviceName(request.headers['user-agent']) } as const;
    const { person, idTokenSealed } = back;
    const entered = await enterBySso(changes, { sso, person, idTokenSealed, device, ...originOf(request) });
    if ('refused' in entered) return refuse(reply, place, entered.refused);
    keepSession(reply, deps, entered.session);
    return reply.redirect(localPath(back.continueTo), 303);
  });

  app.get('/sso/:org/signed-out', async (request, reply) => {
    const place = await placeFor(request, reply);
    return place === undefined ? reply : sendPage(reply, SignedOutPage({ orgName: place.org.name }));
  });

  // @see OpenID Connect Back-Channel Logout 1.0 §2.5, §2.8
  app.post('/sso/:org/logout', foreign, async (request, reply) => {
    const place = await placeFor(request, reply);
    if (place === undefined) return reply;
    const token = fieldOf(request.body, 'logout_token') ?? '';
    const read = await readLogoutToken(signIn, place.sso, token);
    const ended = read && (await endSsoSessions(changes, place.org.id, read, originOf(request)));
    if (ended !== undefined) return reply.code(200).send();
    const error_description = 'The logout token is not valid for this client, or has been used.';
    return reply.code(400).send({ error: 'invalid_request', error_description });
  });
}

/** Where to go on to: a path of this server, given as one or, as identity providers do, with our own origin before it. */
function wayOn(given: unknown, publicUrl: string): string {
  const target = fieldOf(given, 'target_link_uri');
  const local = fieldOf(given, 'continue') ?? target;
  if (local === target && target !== undefined && URL.canParse(target)) {
    const { origin, pathname, search } = new URL(target);
    return origin === new URL(publicUrl).origin ? localPath(pathname + search) : '/';
  }
  return localPath(local);
}
