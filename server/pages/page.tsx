// What every page of the server looks like around its content. Knows the frame; what stands in it, it does not.
import type { ReactElement, ReactNode } from 'react';
import { pageStyle } from './page-style.ts';

interface PageProps {
  /** The page's one heading, and its name in the browser's tab. */
  readonly title: string;
  /** The org that this is about, when it is known and may be told. */
  readonly orgName?: string | undefined;
  /** Room for lists and tables. */
  readonly wide?: boolean;
  /** Whether the form on it was sent and has to be corrected: said first to whoever hears the page. */
  readonly hasProblems?: boolean;
  readonly children: ReactNode;
}

/** A whole page. It works without any script, and there is none. */
export function Page({
  title,
  orgName,
  wide = false,
  hasProblems = false,
  children,
}: PageProps): ReactElement {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`${hasProblems ? 'Problem: ' : ''}${title} · Rollcall`}</title>
        <link rel="icon" href="data:," />
        <style>{pageStyle}</style>
      </head>
      <body className={wide ? 'wide' : undefined}>
        <header>
          <span>
            <Mark />
            Rollcall
          </span>
          {orgName !== undefined && <span className="org">{orgName}</span>}
        </header>
        <main>
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>
  );
}

/** A list with one line ticked: somebody is there. */
function Mark(): ReactElement {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.4"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M3 6.5l2 2 4-4.5M13 7h8M13 17h8" />
      <circle cx="6" cy="17" r="2.6" />
    </svg>
  );
}

interface NoticeProps {
  readonly tone: 'ok' | 'attention' | 'bad';
  readonly children: ReactNode;
}

/** Something that stands out: what was done, what to mind, what is wrong. */
export function Notice({ tone, children }: NoticeProps): ReactElement {
  return <div className={`notice ${tone}`}>{children}</div>;
}
