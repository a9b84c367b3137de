// The start page and the list of one's own sessions. Words only.
import type { ReactElement } from 'react';
import type { OwnSession } from '../auth/own-sessions.ts';
import { Form } from './form.tsx';
import { Page } from './page.tsx';

interface HomePageProps {
  readonly orgName: string;
  readonly name: string;
  readonly role: string;
  readonly mayRun: boolean;
}

/** What somebody who is signed in can do here; the work itself is done in the extension. */
export function HomePage({ orgName, name, role, mayRun }: HomePageProps): ReactElement {
  return (
    <Page title={`You are signed in, ${name}`} orgName={orgName}>
      <p>
        Your role in {orgName} is <strong>{role}</strong>.
      </p>
      <p>
        {mayRun
          ? 'Open the Rollcall extension in your browser’s toolbar to see who is pending, to invite people and to look after your identity provider.'
          : 'There is nothing for you to do here. Your organisation’s applications know you by this directory.'}
      </p>
      <div className="actions">
        <a className="button second" href="/sessions">
          Your sessions
        </a>
        <SignOut />
      </div>
    </Page>
  );
}

function SignOut(): ReactElement {
  return (
    <Form action="/sign-out">
      <button type="submit" className="second">
        Sign out
      </button>
    </Form>
  );
}

interface SessionsPageProps {
  readonly orgName: string;
  readonly sessions: readonly OwnSession[];
  /** Unix milliseconds. */
  readonly now: number;
}

export function SessionsPage({ orgName, sessions, now }: SessionsPageProps): ReactElement {
  return (
    <Page title="Your sessions" orgName={orgName} wide>
      <p>Every browser that you are signed in with. End those that you do not know or do not need.</p>
      <ul className="rows">
        {sessions.map((session) => (
          <li key={session.id}>
            <div>
              <p>
                <strong>{session.name}</strong>
                {session.kind === 'extension' && ' · Rollcall extension'}
                {session.isCurrent && <span className="mark">this browser</span>}
              </p>
              <p className="quiet small">
                Since <Moment at={session.createdAt} />, {lastUse(session, now)}
              </p>
            </div>
            {session.isCurrent ? (
              <SignOut />
            ) : (
              <Form action="/sessions/end" hidden={{ session: session.id }}>
                <button type="submit" className="second">
                  End<span className="visually-hidden"> the session “{session.name}”</span>
                </button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Form action="/sessions/end-others">
          <button type="submit">End all others</button>
        </Form>
      )}
      <p>
        <a href="/">Back to the start page</a>
      </p>
    </Page>
  );
}

/** A server does not know the reader's clock, so it names its own. */
function Moment({ at }: { readonly at: number }): ReactElement {
  const date = new Date(at);
  const words = date.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return <time dateTime={date.toISOString()}>{words} UTC</time>;
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

function lastUse({ lastUsedAt }: OwnSession, now: number): string {
  if (lastUsedAt === null) return 'not used since';
  const unit = units.find(([, ms]) => now - lastUsedAt >= 5 * 60_000 && now - lastUsedAt >= ms);
  if (unit === undefined) return 'used just now';
  const n = Math.floor((now - lastUsedAt) / unit[1]);
  return `last used ${n} ${unit[0]}${n === 1 ? '' : 's'} ago`;
}
