// The addresses of signing in by mail, from the first page to the session. Knows the order of the steps, not what they do.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ReactElement } from 'react';
import { changeDepsOf } from '../audit/change-context.ts';
import { startEmailSignIn, waysIn } from '../auth/email-sign-in.ts';
import {
  codeDigits,
  lookAtLink,
  type Proof,
  proofMinutes,
  proofUnderWay,
  proveByCode,
  proveByLink,
} from '../auth/mailbox-proof.ts';
import { findSsoOrgOfDomain, hasSso } from '../auth/sso-store.ts';
import { domainOf } from '../orgs/domain-name.ts';
import { findOrg } from '../orgs/org-store.ts';
import { currentSession, signInBrowser } from './browser-session.ts';
import { emailField } from './email-field.ts';
import { fieldOf } from './form-token.ts';
import { localPath } from './local-path.ts';
import { openTicket, type Proven, sealTicket } from './org-ticket.ts';
import { clearCookie, readCookie, setCookie } from './page-cookies.ts';
import type { PagesDeps } from './pages-deps.ts';
import { sendPage } from './send-page.tsx';
import {
  ChooseOrgPage,
  CodeOverPage,
  CodePage,
  LinkOverPage,
  LinkPage,
  NoWayInPage,
  SignInPage,
} from './sign-in-pages.tsx';
import { placeOf, type Throttle } from './sign-in-throttle.ts';
import { SsoRequiredPage, sendOnToSso } from './sso-pages.tsx';

const linkPurposes = ['sign_in', 'owner_link'] as const;

interface Options {
  readonly deps: PagesDeps;
  readonly throttle: Throttle;
}

export async function signInRoutes(app: FastifyInstance, { deps, throttle }: Options): Promise<void> {
  const changes = changeDepsOf(deps);
  const take = (request: FastifyRequest) => throttle.take(placeOf(request.ip));

  app.get('/sign-in', async (request, reply) => {
    const continueTo = localPath(fieldOf(request.query, 'continue'));
    if (await currentSession(deps, request)) return reply.redirect(continueTo, 303);
    return sendPage(reply, SignInPage({ continueTo, hasSso: await hasSso(changes.db) }));
  });

  app.post('/sign-in', async (request, reply) => {
    const continueTo = localPath(fieldOf(request.body, 'continue'));
    const typed = fieldOf(request.body, 'email') ?? '';
    const email = emailField.safeParse(typed);
    if (!email.success) {
      const problems = email.error.issues.slice(0, 1).map(({ message }) => ({ field: 'email', message }));
      const page = SignInPage({ continueTo, hasSso: await hasSso(changes.db), email: typed, problems });
      return sendPage(reply, page, { status: 422 });
    }
    // By the domain alone: whether anybody has the address makes no difference.
    const byMail = fieldOf(request.body, 'by') === 'mail';
    const org = byMail ? undefined : await findSsoOrgOfDomain(changes.db, domainOf(email.data));
    if (org) return sendOnToSso(reply, org.slug, { continueTo, loginHint: email.data });
    await take(request);
    const browser = await startEmailSignIn(changes, { address: email.data, continueTo });
    setCookie(reply, deps, 'sign-in', browser, proofMinutes * 60);
    return reply.redirect('/sign-in/code', 303);
  });

  app.get('/sign-in/code', async (request, reply) => {
    const proof = await proofOf(request);
    if (proof === undefined) return reply.redirect('/sign-in', 303);
    return sendPage(reply, codePage(proof));
  });

  app.post('/sign-in/code', async (request, reply) => {
    await take(request);
    const [browser, code] = [readCookie(request, deps, 'sign-in'), fieldOf(request.body, 'code') ?? ''];
    const waiting = await proofOf(request);
    if (browser === undefined || waiting === undefined)
      return sendPage(reply, CodeOverPage({ again: '/sign-in' }));
    if (code.replace(/\D/g, '').length !== codeDigits)
      return sendPage(reply, codePage(waiting, `The code has ${codeDigits} digits. Type all of them.`), {
        status: 422,
      });
    const outcome = await proveByCode(changes, browser, code, 'sign_in');
    if ('proof' in outcome) return finish(reply, outcome.proof);
    if ('over' in outcome) return sendPage(reply, CodeOverPage({ again: '/sign-in' }));
    const { left } = outcome.wrong;
    const message = `That is not the code of the latest mail to you. ${left === 1 ? 'One try is' : `${left} tries are`} left.`;
    return sendPage(reply, codePage(waiting, message), { status: 422 });
  });

  app.get('/sign-in/link', async (request, reply) => {
    const token = fieldOf(request.query, 'token') ?? '';
    const proof = await lookAtLink(changes, token, linkPurposes);
    if (proof === undefined) return sendPage(reply, LinkOverPage({ again: '/sign-in' }));
    return sendPage(reply, LinkPage({ action: '/sign-in/link', token, address: proof.email_norm }));
  });

  app.post('/sign-in/link', async (request, reply) => {
    await take(request);
    const proof = await proveByLink(changes, fieldOf(request.body, 'token') ?? '', linkPurposes);
    if (proof === undefined) return sendPage(reply, LinkOverPage({ again: '/sign-in' }));
    return finish(reply, proof);
  });

  app.post('/sign-in/org', async (request, reply) => {
    const proof = openTicket(deps, request, fieldOf(request.body, 'ticket') ?? '');
    if (proof === undefined) return reply.redirect('/sign-in', 303);
    // No choice is none of theirs: it must not make another ticket.
    return finish(reply, { ...proof, org_id: fieldOf(request.body, 'org') ?? '' });
  });

  async function proofOf(request: FastifyRequest): Promise<Proof | undefined> {
    const browser = readCookie(request, deps, 'sign-in');
    return browser === undefined ? undefined : proofUnderWay(changes, browser, 'sign_in');
  }

  async function finish(reply: FastifyReply, proof: Proven): Promise<FastifyReply> {
    const ways = await waysIn(deps.database.db, proof);
    const [way, another] = ways;
    if (another)
      return sendPage(reply, ChooseOrgPage({ orgs: ways, ticket: sealTicket(deps, reply, proof) }));
    clearCookie(reply, deps, 'sign-in');
    const who = way && { orgId: way.org_id, memberId: way.member_id, mailbox: proof.mailbox };
    const outcome = who && (await signInBrowser(reply, deps, who));
    const continueTo = localPath(proof.continue_to);
    if (outcome === 'signed_in') return reply.redirect(continueTo, 303);
    const org = outcome === 'sso_required' ? await findOrg(changes.db, who?.orgId ?? '') : undefined;
    if (org) {
      const page = SsoRequiredPage({ orgName: org.name, orgSlug: org.slug, continueTo });
      return sendPage(reply, page, { status: 403 });
    }
    return sendPage(reply, NoWayInPage({ address: proof.email_norm }), { status: 403 });
  }
}

function codePage(proof: Proof, problem?: string): ReactElement {
  const problems = problem === undefined ? [] : [{ field: 'code', message: problem }];
  return CodePage({ action: '/sign-in/code', again: '/sign-in', address: proof.email_norm, problems });
}
