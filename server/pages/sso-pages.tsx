// The pages of single sign-on: on the way to the identity provider and away from it, and why somebody does not come in.
// Words only.
import type { FastifyReply } from 'fastify';
import type { ReactElement } from 'react';
import { ssoStartPath } from '../auth/sso-addresses.ts';
import { type SsoReason, ssoRefusals } from '../auth/sso-refusal.ts';
import { Form } from './form.tsx';
import { Page } from './page.tsx';
import { sendPage } from './send-page.tsx';

/**
 * Answers a form with a page that goes on by itself. Not a redirect: browsers hold what answers a form to where forms may
 * lead, and that is nowhere but here.
 */
export function sendOn(reply: FastifyReply, page: ReactElement, address: string): FastifyReply {
  reply.header('refresh', `0; url=${address}`);
  return sendPage(reply, page);
}

/** Leads whoever typed an address to the sign-in of the org that has its domain. */
export function sendOnToSso(
  reply: FastifyReply,
  orgSlug: string,
  { continueTo, loginHint }: { readonly continueTo: string; readonly loginHint?: string },
): FastifyReply {
  const start = ssoStartPath(orgSlug, continueTo, loginHint);
  return sendOn(reply, <LeadingPage href={start} />, start);
}

function LeadingPage({ href }: { readonly href: string }): ReactElement {
  return (
    <Page title="Going on to your organisation">
      <p>You sign in there, and come back.</p>
      <a className="button" href={href}>
        Go on
      </a>
    </Page>
  );
}

/** Signed out here, and on the way to being signed out there. */
export function SigningOutPage({ href }: { readonly href: string }): ReactElement {
  return (
    <Page title="You are signed out of Rollcall">
      <p>Your organisation’s sign-in comes next.</p>
      <a className="button" href={href}>
        Sign out there too
      </a>
    </Page>
  );
}

export function SignedOutPage({ orgName }: { readonly orgName: string }): ReactElement {
  return (
    <Page title="You are signed out" orgName={orgName}>
      <a className="button second" href="/sign-in">
        Sign in again
      </a>
    </Page>
  );
}

interface SsoRequiredPageProps {
  readonly orgName: string;
  readonly orgSlug: string;
  readonly continueTo?: string;
}

/** A way in that the org has closed, and the one that is open. */
export function SsoRequiredPage({ orgName, orgSlug, continueTo }: SsoRequiredPageProps): ReactElement {
  return (
    <Page title="Sign in with your work account" orgName={orgName}>
      <p>{orgName} lets people in by its own sign-in only.</p>
      <a className="button" href={ssoStartPath(orgSlug, continueTo)}>
        Go on to it
      </a>
    </Page>
  );
}

interface SsoRefusedPageProps {
  readonly reason: SsoReason;
  readonly orgName: string;
  readonly orgSlug: string;
  /** Whether mail is no way in, but for owners. */
  readonly required: boolean;
}

/** Why nobody was signed in, what to do, and the ways that are left. */
export function SsoRefusedPage({ reason, orgName, orgSlug, required }: SsoRefusedPageProps): ReactElement {
  const { title, text } = ssoRefusals[reason];
  return (
    <Page title={title} orgName={orgName}>
      <p>{text}</p>
      <div className="actions">
        <a className="button" href={ssoStartPath(orgSlug)}>
          Begin again
        </a>
        {!required && (
          <a className="button second" href="/sign-in">
            Sign in by mail
          </a>
        )}
      </div>
      {required && (
        <p className="quiet small">
          Owners can <a href="/sign-in">sign in by mail</a> in an emergency; the other admins are told of it.
        </p>
      )}
    </Page>
  );
}

/** An address of single sign-on that leads nowhere. */
export function SsoOffPage(): ReactElement {
  return (
    <Page title="There is no single sign-on here">
      <p>The organisation has none, or has another address. Sign in with your e-mail address.</p>
      <a className="button" href="/sign-in">
        Sign in
      </a>
    </Page>
  );
}

/** Somebody else than the org's identity provider wants to begin a sign-in. */
export function StrangeIssuerPage({ orgName }: { readonly orgName: string }): ReactElement {
  return (
    <Page title="This does not come from your organisation" orgName={orgName}>
      <p>
        A page asked to sign you in by another identity provider than that of {orgName}. Nothing has happened.
      </p>
      <a className="button second" href="/sign-in">
        Sign in yourself
      </a>
    </Page>
  );
}

interface SwitchPageProps {
  readonly from: string;
  readonly to: string;
  readonly hidden: Readonly<Record<'org' | 'continue', string>>;
}

/** Any page can send a browser to an org's sign-in; nobody is taken out of one org into another unasked. */
export function SwitchOrgPage({ from, to, hidden }: SwitchPageProps): ReactElement {
  return (
    <Page title={`Sign in to ${to}?`} orgName={from}>
      <p>
        You are signed in to <strong>{from}</strong> and would be signed out of it in this browser.
      </p>
      <Form action="/sso/switch" hidden={hidden}>
        <button type="submit">Sign in to {to}</button>
      </Form>
      <p>
        <a href="/">Stay in {from}</a>
      </p>
    </Page>
  );
}
