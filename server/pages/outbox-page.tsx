// The mails that landed in the folder, for somebody who tries Rollcall without a mail server. Knows how they are shown.
import type { ReactElement } from 'react';
import type { KeptLetter } from '../delivery/mail-folder.ts';
import { Page } from './page.tsx';

type NamedLetter = KeptLetter & { readonly name: string };

interface OutboxProps {
  /** Newest first. */
  readonly letters: readonly NamedLetter[];
  readonly folder: string;
}

/** Every mail with whom it is for, what it is about and when it was written. */
export function OutboxPage({ letters, folder }: OutboxProps): ReactElement {
  return (
    <Page title="Mails" wide>
      <p>
        No mail server is set, so mails are kept here instead of being sent. Only this computer shows them.
        Set SMTP_URL to send them for real.
      </p>
      {letters.length === 0 ? (
        <p>No mail yet. Ask for a sign-in link or invite somebody; then load this page again.</p>
      ) : (
        <Letters letters={letters} />
      )}
      <p className="quiet small">They are files in {folder}, for any mail program to open.</p>
    </Page>
  );
}

function Letters({ letters }: Pick<OutboxProps, 'letters'>): ReactElement {
  return (
    <ul className="rows">
      {letters.map(({ name, subject, to, at }) => (
        <li key={name}>
          <div>
            <p>
              <a href={`/outbox/${name}`}>{subject}</a>
            </p>
            <p className="quiet small">
              to {to} · <When at={at} />
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** One mail as its reader would get it, with its headers and its text part. */
export function LetterPage({
  name,
  subject,
  from,
  to,
  at,
  messageId,
  headers,
  text,
}: NamedLetter): ReactElement {
  return (
    <Page title={subject} wide>
      <dl>
        <dt>From</dt>
        <dd>{from}</dd>
        <dt>To</dt>
        <dd>{to}</dd>
        <dt>When</dt>
        <dd>
          <When at={at} />
        </dd>
      </dl>
      <iframe
        title="The mail as it looks"
        src={`/outbox/${name}/html`}
        height={720}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
      />
      <h2>As plain text</h2>
      <pre>{text}</pre>
      <h2>Other headers</h2>
      <dl>
        {Object.entries({ 'Message-ID': messageId, ...headers }).map(([header, value]) => (
          <Header key={header} name={header} value={value} />
        ))}
      </dl>
      <p>
        <a href="/outbox">All mails</a>
      </p>
    </Page>
  );
}

function Header({ name, value }: { readonly name: string; readonly value: string }): ReactElement {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

const clock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });

function When({ at }: { readonly at: number }): ReactElement {
  return <time dateTime={new Date(at).toISOString()}>{clock.format(at)} UTC</time>;
}
