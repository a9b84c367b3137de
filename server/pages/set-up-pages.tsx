// The pages of the first run: naming the org and its owner, and what comes after. Words only.
import type { ReactElement } from 'react';
import { Field, Form, type Problem, ProblemSummary } from './form.tsx';
import { Notice, Page } from './page.tsx';

interface SetUpPageProps {
  readonly given?: { readonly org: string; readonly email: string };
  readonly problems?: readonly Problem[];
}

export function SetUpPage({ given, problems = [] }: SetUpPageProps): ReactElement {
  return (
    <Page title="Set up Rollcall" hasProblems={problems.length > 0}>
      <ProblemSummary problems={problems} />
      <p>This server has no organisation yet. Name yours and its owner; that is all it needs to begin.</p>
      <Form action="/set-up">
        <Field
          name="org"
          label="Organisation"
          hint="As people know it. It stands in every mail."
          autoComplete="organization"
          maxLength={100}
          required
          defaultValue={given?.org}
          problems={problems}
        />
        <Field
          name="email"
          label="Your e-mail address"
          hint="You become the owner and sign in with it."
          type="email"
          autoComplete="email"
          required
          defaultValue={given?.email}
          problems={problems}
        />
        <Field
          name="code"
          label="Code from the terminal"
          hint="The server printed it when it started: whoever can read that may set it up."
          className="code"
          inputMode="numeric"
          autoComplete="off"
          required
          problems={problems}
        />
        <button type="submit">Set up</button>
      </Form>
    </Page>
  );
}

interface SetUpDonePageProps {
  readonly orgName: string;
  readonly email: string;
}

export function SetUpDonePage({ orgName, email }: SetUpDonePageProps): ReactElement {
  return (
    <Page title={`${orgName} is set up`} orgName={orgName}>
      <Notice tone="ok">
        <p>
          You are signed in as its owner, <strong>{email}</strong>.
        </p>
      </Notice>
      <h2>What to do next</h2>
      <ol>
        <li>
          Add the Rollcall extension to your browser and sign in with it. Everything else is done from there.
        </li>
        <li>Connect your identity provider, or invite the first people by mail.</li>
      </ol>
      <p>
        <a href="/">Go to the start page</a>
      </p>
    </Page>
  );
}
