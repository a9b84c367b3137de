// The pages of getting in by an invitation: the offer with its one button, and what a link that opens nothing means.
// Words only.
import type { ReactElement } from 'react';
import { ssoStartPath } from '../auth/sso-addresses.ts';
import type { InvitationState } from '../invitations/accept-invitation.ts';
import { Field, Form, type Problem, ProblemSummary } from './form.tsx';
import { Notice, Page } from './page.tsx';

interface InvitationPageProps {
  readonly token: string;
  readonly orgName: string;
  /** Who invites, when it is a person. */
  readonly inviterName: string | null;
  readonly email: string | null;
  readonly name: string;
  /** Whether an identity provider says what the person is called. */
  readonly isManaged: boolean;
  readonly problems?: readonly Problem[];
}

/** Nothing happens before the button: programs that check mails open links too, and press none. */
export function InvitationPage(props: InvitationPageProps): ReactElement {
  const { token, orgName, inviterName, email, name, isManaged, problems = [] } = props;
  return (
    <Page title={`Join ${orgName}`} orgName={orgName} hasProblems={problems.length > 0}>
      <ProblemSummary problems={problems} />
      <p>
        {inviterName === null ? (
          <>
            <strong>{orgName}</strong> invites you
          </>
        ) : (
          <>
            <strong>{inviterName}</strong> invites you to {orgName}
          </>
        )}
        {email !== null && <> as {email}</>}.
      </p>
      <Form action="/invitation" hidden={{ token }}>
        {isManaged ? (
          <p>
            You are known as <strong>{name}</strong>. Your organisation’s directory says so, and is the place
            to change it.
          </p>
        ) : (
          <Field
            name="name"
            label="Your name"
            hint="As your colleagues should see it."
            autoComplete="name"
            required
            maxLength={200}
            defaultValue={name}
            problems={problems}
          />
        )}
        <button type="submit">Accept and join</button>
      </Form>
      <p className="quiet small">Was this not meant for you? Then close this page; nothing has happened.</p>
    </Page>
  );
}

interface Explained {
  readonly title: string;
  readonly text: string;
  readonly canSignIn?: true;
}

const explanations: Readonly<Record<Exclude<InvitationState, 'open'>, Explained>> = {
  unknown: {
    title: 'This link is not valid',
    text: 'A newer mail may have taken its place: the latest one counts. Check that the whole address was copied, or ask whoever invited you for a new invitation.',
  },
  expired: {
    title: 'This invitation has expired',
    text: 'It was not accepted in time. Ask whoever invited you to send it once more; that takes them one click.',
  },
  revoked: {
    title: 'This invitation was taken back',
    text: 'An admin has withdrawn it. If you should have access, ask them for a new invitation.',
  },
  replaced: {
    title: 'There is a newer invitation',
    text: 'This link belongs to one that has ended. Look into your mailbox for the latest mail and use the link in it.',
  },
  joined: {
    title: 'You have joined already',
    text: 'The invitation did its work. Sign in with your e-mail address to go on.',
    canSignIn: true,
  },
  blocked: {
    title: 'You cannot join at the moment',
    text: 'An admin has blocked your access. Ask an admin of your organisation what to do; an invitation alone does not change it.',
  },
  deactivated: {
    title: 'You cannot join at the moment',
    text: 'Your account is deactivated in the directory. Ask an admin of your organisation to activate it; you get a new invitation then.',
  },
  sso_required: {
    title: 'Join with your work account',
    text: 'Your organisation lets people in by its own sign-in. Sign in there, and you are a member; this mail is not needed any more.',
    canSignIn: true,
  },
  removed: {
    title: 'This invitation has ended',
    text: 'You are no longer in the directory that it was for. If you should have access, ask whoever invited you for a new invitation.',
  },
};

interface InvitationOverPageProps {
  readonly state: Exclude<InvitationState, 'open'>;
  readonly orgName?: string | undefined;
  /** Where the org's identity provider is the way in. */
  readonly orgSlug?: string | undefined;
}

/** Why a link opens nothing, and what to do about it. */
export function InvitationOverPage({ state, orgName, orgSlug }: InvitationOverPageProps): ReactElement {
  const { title, text, canSignIn } = explanations[state];
  return (
    <Page title={title} orgName={orgName}>
      <p>{text}</p>
      {canSignIn && (
        <a className="button" href={orgSlug === undefined ? '/sign-in' : ssoStartPath(orgSlug)}>
          Sign in
        </a>
      )}
    </Page>
  );
}

/** Somebody is in: how to go on from here. */
export function WelcomePage({ orgName }: { readonly orgName: string }): ReactElement {
  return (
    <Page title={`Welcome to ${orgName}`} orgName={orgName}>
      <Notice tone="ok">
        <p>You are a member now, and signed in in this browser.</p>
      </Notice>
      <p>
        Rollcall lives in your browser’s toolbar: add its extension, open it and sign in with the same
        address. Nothing else is left to do here.
      </p>
      <a className="button second" href="/">
        Go to the start page
      </a>
    </Page>
  );
}
