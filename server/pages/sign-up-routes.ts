// The addresses of joining by a sign-up link, from the form to the session. Knows the order of the steps, not what they do.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { changeDepsOf } from '../audit/change-context.ts';
import {
  codeDigits,
  lookAtLink,
  type Proof,
  proofMinutes,
  proofUnderWay,
  proveByCode,
  proveByLink,
} from '../auth/mailbox-proof.ts';
import { findSignUpOrg, finishSignUp, startSignUp } from '../invitations/sign-up.ts';
import { findOrg } from '../orgs/org-store.ts';
import { signUpAddress } from '../orgs/sign-up-link.ts';
import { startBrowserSession } from './browser-session.ts';
import { emailField } from './email-field.ts';
import { problemsOf } from './form-problems.ts';
import { fieldOf } from './form-token.ts';
import { WelcomePage } from './invitation-pages.tsx';
import { originOf } from './origin-of.ts';
import { clearCookie, readCookie, setCookie } from './page-cookies.ts';
import type { PagesDeps } from './pages-deps.ts';
import { personNameField } from './person-name-field.ts';
import { sendPage } from './send-page.tsx';
import { placeOf, type Throttle } from './sign-in-throttle.ts';
import {
  endings,
  JoinPage,
  NotInPage,
  SignUpCodePage,
  SignUpOffPage,
  SignUpOverPage,
  SignUpPage,
} from './sign-up-pages.tsx';
import { SsoRequiredPage } from './sso-pages.tsx';

interface Options {
  readonly deps: PagesDeps;
  readonly throttle: Throttle;
}

const formSchema = z.object({ name: personNameField, email: emailField });

export async function signUpRoutes(app: FastifyInstance, { deps, throttle }: Options): Promise<void> {
  const changes = changeDepsOf(deps);
  const take = (request: FastifyRequest) => throttle.take(placeOf(request.ip));

  app.get('/sign-up', async (request, reply) => {
    const orgToken = fieldOf(request.query, 'org-token') ?? '';
    const org = await findSignUpOrg(changes.db, orgToken);
    if (!org || org.domains.length === 0) return sendPage(reply, SignUpOffPage({ orgName: org?.orgName }));
    if (org.requiresSso) return sendPage(reply, SsoRequiredPage(org));
    return sendPage(reply, SignUpPage({ orgToken, ...org }));
  });

  app.post('/sign-up', async (request, reply) => {
    await take(request);
    const orgToken = fieldOf(request.body, 'org-token') ?? '';
    const org = await findSignUpOrg(changes.db, orgToken);
    if (!org || org.domains.length === 0) return sendPage(reply, SignUpOffPage({ orgName: org?.orgName }));
    if (org.requiresSso) return sendPage(reply, SsoRequiredPage(org));
    const given = { name: fieldOf(request.body, 'name') ?? '', email: fieldOf(request.body, 'email') ?? '' };
    const form = formSchema.safeParse(given);
    const browser = form.success
      ? await startSignUp(changes, org, { address: form.data.email, name: form.data.name })
      : undefined;
    if (browser === undefined) {
      const outside = `Only addresses that end in ${endings(org.domains)} can join by this link.`;
      const problems = form.success ? [{ field: 'email', message: outside }] : problemsOf(form.error);
      return sendPage(reply, SignUpPage({ orgToken, ...org, given, problems }), { status: 422 });
    }
    setCookie(reply, deps, 'sign-in', browser, proofMinutes * 60);
    return reply.redirect('/sign-up/code', 303);
  });

  app.get('/sign-up/code', async (request, reply) => {
    const proof = await proofOf(request);
    return proof ? sendCodePage(reply, proof) : sendPage(reply, SignUpOverPage());
  });

  app.post('/sign-up/code', async (request, reply) => {
    await take(request);
    const [browser, code] = [readCookie(request, deps, 'sign-in'), fieldOf(request.body, 'code') ?? ''];
    const proof = await proofOf(request);
    if (browser === undefined || proof === undefined) return sendPage(reply, SignUpOverPage());
    if (code.replace(/\D/g, '').length !== codeDigits)
      return sendCodePage(reply, proof, `The code has ${codeDigits} digits. Type all of them.`);
    const outcome = await proveByCode(changes, browser, code, 'sign_up');
    if ('proof' in outcome) return finish(request, reply, outcome.proof);
    if ('over' in outcome) return sendPage(reply, SignUpOverPage());
    const { left } = outcome.wrong;
    const tries = left === 1 ? 'One try is left' : `${left} tries are left`;
    return sendCodePage(reply, proof, `That is not the code of the latest mail to you. ${tries}.`);
  });

  app.get('/sign-up/link', async (request, reply) => {
    const token = fieldOf(request.query, 'token') ?? '';
    const proof = await lookAtLink(changes, token, ['sign_up']);
    if (!proof) return sendPage(reply, SignUpOverPage());
    const orgName = await nameOf(proof);
    return sendPage(reply, JoinPage({ token, address: proof.email_norm, orgName }));
  });

  app.post('/sign-up/link', async (request, reply) => {
    await take(request);
    const proof = await proveByLink(changes, fieldOf(request.body, 'token') ?? '', ['sign_up']);
    return proof ? finish(request, reply, proof) : sendPage(reply, SignUpOverPage());
  });

  async function proofOf(request: FastifyRequest): Promise<Proof | undefined> {
    const browser = readCookie(request, deps, 'sign-in');
    return browser === undefined ? undefined : proofUnderWay(changes, browser, 'sign_up');
  }

  async function sendCodePage(reply: FastifyReply, proof: Proof, problem?: string): Promise<FastifyReply> {
    const here = { ...changes, publicUrl: () => '' };
    const again = (await signUpAddress(here, proof.org_id ?? '')) ?? '/sign-up';
    const problems = problem === undefined ? [] : [{ field: 'code', message: problem }];
    const page = SignUpCodePage({ address: proof.email_norm, orgName: await nameOf(proof), again, problems });
    return sendPage(reply, page, { status: problem === undefined ? 200 : 422 });
  }

  async function nameOf({ org_id }: Proof): Promise<string> {
    return (await findOrg(changes.db, org_id ?? ''))?.name ?? '';
  }

  async function finish(request: FastifyRequest, reply: FastifyReply, proof: Proof): Promise<FastifyReply> {
    clearCookie(reply, deps, 'sign-in');
    const signedUp = await finishSignUp(changes, proof, originOf(request));
    const { outcome, orgName } = signedUp;
    if (outcome === 'link_off') return sendPage(reply, SignUpOffPage({ orgName }));
    if (outcome !== 'joined' && outcome !== 'already_active')
      return sendPage(reply, NotInPage({ outcome, orgName }));
    await startBrowserSession(reply, deps, signedUp);
    return sendPage(reply, WelcomePage({ orgName }));
  }
}
