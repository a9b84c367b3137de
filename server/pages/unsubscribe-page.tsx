// What somebody sees who follows the link that stops reminders. Knows words, no token.
import type { ReactElement } from 'react';
import { Form } from './form.tsx';
import { Page } from './page.tsx';

interface StopRemindersProps {
  readonly orgName: string;
  /** The local path that a form is sent to. */
  readonly action: string;
}

/** Asks first: programs that look into mails for people follow links without meaning anything by it. */
export function StopRemindersPage({ orgName, action }: StopRemindersProps): ReactElement {
  return (
    <Page title="Stop the reminders?" orgName={orgName}>
      <p>
        {orgName} then reminds you no more. Your invitation stays open: the link in your mails goes on
        working.
      </p>
      <Form action={action}>
        <button type="submit">Stop the reminders</button>
      </Form>
    </Page>
  );
}

export function RemindersStoppedPage(): ReactElement {
  return (
    <Page title="The reminders are stopped">
      <p>You get no more of them. Your invitation stays open until the day that its mail names.</p>
    </Page>
  );
}

export function BrokenLinkPage(): ReactElement {
  return (
    <Page title="This link is not whole">
      <p>
        Nothing was changed. Open the link again from the mail, whole; some mail programs cut long addresses
        in two. If it stays so, ask the person who invited you to stop the reminders.
      </p>
    </Page>
  );
}
