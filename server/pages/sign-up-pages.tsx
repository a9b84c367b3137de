// The pages of joining by an org's sign-up link: name and address, the link of the mail, and what became of it. Words only.
import type { ReactElement } from 'react';
import { codeDigits, proofMinutes } from '../auth/mailbox-proof.ts';
import type { SignedUp } from '../invitations/sign-up.ts';
import { Field, Form, type Problem, ProblemSummary } from './form.tsx';
import { Page } from './page.tsx';

interface SignUpPageProps {
  readonly orgToken: string;
  readonly orgName: string;
  /** The domains whose addresses may join. */
  readonly domains: readonly string[];
  readonly given?: { readonly name: string; readonly email: string };
  readonly problems?: readonly Problem[];
}

export function SignUpPage(props: SignUpPageProps): ReactElement {
  const { orgToken, orgName, domains, given, problems = [] } = props;
  return (
    <Page title={`Join ${orgName}`} orgName={orgName} hasProblems={problems.length > 0}>
      <ProblemSummary problems={problems} />
      <p>Tell who you are. A mail to your address proves that it is yours, and you are in.</p>
      <Form action="/sign-up" hidden={{ 'org-token': orgToken }}>
        <Field
          name="name"
          label="Your name"
          hint="As your colleagues should see it."
          autoComplete="name"
          required
          maxLength={200}
          defaultValue={given?.name}
          problems={problems}
        />
        <Field
          name="email"
          label="Your e-mail address"
          hint={`One that ends in ${endings(domains)}.`}
          type="email"
          autoComplete="email"
          required
          defaultValue={given?.email}
          problems={problems}
        />
        <button type="submit">Send the mail</button>
      </Form>
    </Page>
  );
}

/** "@larkspur.example or @heron.example" */
export function endings(domains: readonly string[]): string {
  return domains.map((domain) => `@${domain}`).join(' or ');
}

/** The org takes nobody by this link, now or any more. */
export function SignUpOffPage({ orgName }: { readonly orgName?: string | undefined }): ReactElement {
  return (
    <Page title="Nobody can join by this link" orgName={orgName}>
      <p>
        It was turned off or replaced, or your organisation has no confirmed domain at the moment. Ask an
        admin for the link of today, or for an invitation.
      </p>
    </Page>
  );
}

interface SignUpCodePageProps {
  readonly address: string;
  readonly orgName: string;
  /** Where a new mail is asked for: a local path. */
  readonly again: string;
  readonly problems?: readonly Problem[];
}

export function SignUpCodePage(props: SignUpCodePageProps): ReactElement {
  const { address, orgName, again, problems = [] } = props;
  return (
    <Page title="Look into your mailbox" orgName={orgName} hasProblems={problems.length > 0}>
      <ProblemSummary problems={problems} />
      <p>
        A mail to <strong>{address}</strong> is on its way. Open the link in it, or type its code here. Both
        are good for {proofMinutes} minutes.
      </p>
      <Form action="/sign-up/code">
        <Field
          name="code"
          label="Code"
          hint={`${codeDigits} digits`}
          className="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          problems={problems}
        />
        <button type="submit">Confirm and join</button>
      </Form>
      <p className="quiet small">
        Nothing there after a minute? Look among the unwanted mails, or <a href={again}>ask for another</a>.
      </p>
    </Page>
  );
}

/** A link or a code that cannot be used any more. */
export function SignUpOverPage(): ReactElement {
  return (
    <Page title="This link or code is over">
      <p>
        It was used, it is older than {proofMinutes} minutes, or the code was typed wrong too often. Open the
        sign-up link of your organisation once more to get a new mail.
      </p>
    </Page>
  );
}

interface JoinPageProps {
  readonly token: string;
  readonly address: string;
  readonly orgName: string;
}

/** What the link in the mail opens. Nothing happens before the button: mail scanners open links too, and press none. */
export function JoinPage({ token, address, orgName }: JoinPageProps): ReactElement {
  return (
    <Page title={`Join ${orgName}`} orgName={orgName}>
      <p>
        You join as <strong>{address}</strong>, and are signed in in this browser.
      </p>
      <Form action="/sign-up/link" hidden={{ token }}>
        <button type="submit">Confirm and join</button>
      </Form>
      <p className="quiet small">Did you not ask for this? Then close this page; nothing has happened.</p>
    </Page>
  );
}

type NotIn = Exclude<SignedUp['outcome'], 'joined' | 'already_active' | 'link_off'>;

const explanations: Readonly<Record<NotIn, { readonly title: string; readonly text: string }>> = {
  waits_for_seat: {
    title: 'You are on the waiting list',
    text: 'Every seat of your organisation is taken. As soon as one is free you get an invitation by mail; there is nothing to do until then.',
  },
  blocked: {
    title: 'You cannot join at the moment',
    text: 'An admin has blocked your access. Ask an admin of your organisation what to do.',
  },
  deactivated: {
    title: 'You cannot join at the moment',
    text: 'Your account is deactivated in the directory. Ask an admin of your organisation to activate it.',
  },
  name_taken: {
    title: 'You cannot join with this address',
    text: 'Somebody in the directory has it as their sign-in name, with another mailbox. Ask an admin of your organisation to look at that entry.',
  },
};

/** The mailbox is proven, and its owner is not in: told only now, and only here. */
export function NotInPage({
  outcome,
  orgName,
}: {
  readonly outcome: NotIn;
  readonly orgName: string;
}): ReactElement {
  const { title, text } = explanations[outcome];
  return (
    <Page title={title} orgName={orgName}>
      <p>{text}</p>
    </Page>
  );
}
