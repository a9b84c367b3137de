// The pages of signing in: asking for the mail, typing the code, confirming the link, choosing the org. Words only.
import type { ReactElement } from 'react';
import { codeDigits, proofMinutes } from '../auth/mailbox-proof.ts';
import { Field, Form, type Problem, ProblemSummary } from './form.tsx';
import { Notice, Page } from './page.tsx';

interface SignInPageProps {
  readonly continueTo: string;
  /** Whether there are orgs here whose people sign in with their identity provider. */
  readonly hasSso: boolean;
  readonly email?: string;
  readonly problems?: readonly Problem[];
}

export function SignInPage({ continueTo, hasSso, email = '', problems = [] }: SignInPageProps): ReactElement {
  return (
    <Page title="Sign in" hasProblems={problems.length > 0}>
      <ProblemSummary problems={problems} />
      <Form action="/sign-in" hidden={{ continue: continueTo }}>
        <Field
          name="email"
          label="E-mail address"
          hint={`The one that your organisation knows you by. ${
            hasSso
              ? 'You go on to its own sign-in, or get a mail with a link and a code.'
              : 'You get a mail with a link and a code.'
          }`}
          type="email"
          autoComplete="email"
          required
          defaultValue={email}
          problems={problems}
        />
        {hasSso ? (
          <div className="actions">
            <button type="submit">Continue</button>
            <button type="submit" name="by" value="mail" className="second">
              Send a mail instead
            </button>
          </div>
        ) : (
          <button type="submit">Send the mail</button>
        )}
      </Form>
    </Page>
  );
}

interface CodePageProps {
  /** Where the code is sent to, and where a new mail is asked for: local paths. */
  readonly action: string;
  readonly again: string;
  readonly address: string;
  readonly problems?: readonly Problem[];
}

/** Asks for the code out of the mail. It says the same whether there is such a mail or not. */
export function CodePage({ action, again, address, problems = [] }: CodePageProps): ReactElement {
  return (
    <Page title="Look into your mailbox" hasProblems={problems.length > 0}>
      <ProblemSummary problems={problems} />
      <p>
        If <strong>{address}</strong> may sign in here, a mail is on its way. Open the link in it, or type its
        code here. Both are good for {proofMinutes} minutes.
      </p>
      <Form action={action}>
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
        <button type="submit">Sign in</button>
      </Form>
      <p className="quiet small">
        Nothing there after a minute? Look among the unwanted mails, or <a href={again}>ask for another</a>.
      </p>
    </Page>
  );
}

/** A code that cannot be used any more. */
export function CodeOverPage({ again }: { readonly again: string }): ReactElement {
  return (
    <Page title="This code is over">
      <p>
        It was used, it is older than {proofMinutes} minutes, or it was typed wrong too often. A new mail
        brings a new one.
      </p>
      <a className="button" href={again}>
        Ask for a new mail
      </a>
    </Page>
  );
}

interface LinkPageProps {
  readonly action: string;
  readonly token: string;
  readonly address: string;
}

/** What a link in a mail opens. Nothing happens before the button: mail scanners open links too, and press none. */
export function LinkPage({ action, token, address }: LinkPageProps): ReactElement {
  return (
    <Page title="Sign in">
      <p>
        You sign in as <strong>{address}</strong> in this browser.
      </p>
      <Form action={action} hidden={{ token }}>
        <button type="submit">Sign in</button>
      </Form>
      <p className="quiet small">Did you not ask for this? Then close this page; nothing has happened.</p>
    </Page>
  );
}

/** A link that cannot be used any more. */
export function LinkOverPage({ again }: { readonly again: string }): ReactElement {
  return (
    <Page title="This link is over">
      <p>
        A link works once and for a short time, and the code in the same mail uses it up as well. A new mail
        brings a new one.
      </p>
      <a className="button" href={again}>
        Ask for a new mail
      </a>
    </Page>
  );
}

interface ChooseOrgPageProps {
  readonly orgs: readonly { readonly org_id: string; readonly org_name: string }[];
  /** The sealed proof that the choice rests on. */
  readonly ticket: string;
}

export function ChooseOrgPage({ orgs, ticket }: ChooseOrgPageProps): ReactElement {
  return (
    <Page title="Choose your organisation">
      <p>Your address belongs to more than one. You can sign in to another one later.</p>
      <ul className="rows">
        {orgs.map(({ org_id: id, org_name: name }) => (
          <li key={id}>
            <p>{name}</p>
            <Form action="/sign-in/org" hidden={{ ticket, org: id }}>
              <button type="submit">
                Sign in<span className="visually-hidden"> to {name}</span>
              </button>
            </Form>
          </li>
        ))}
      </ul>
    </Page>
  );
}

/** The mailbox is proven, and nobody in the directory may sign in with it: told only now, and only here. */
export function NoWayInPage({ address }: { readonly address: string }): ReactElement {
  return (
    <Page title="You cannot sign in">
      <Notice tone="attention">
        <p>
          <strong>{address}</strong> has no access to Rollcall at the moment.
        </p>
      </Notice>
      <p>Ask an admin of your organisation to invite you, or to look at your entry in the directory.</p>
    </Page>
  );
}
