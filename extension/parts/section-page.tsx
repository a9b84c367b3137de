// The frame of one section of the members page: its heading, what can be done, the body, and an area at its side. Knows
// how it looks and that Escape closes the side area; no content.
import { type ReactNode, useRef } from 'react';
import classes from './section-page.module.css';
import { useEscape } from './use-escape.ts';

export function SectionPage({
  title,
  lead,
  actions,
  aside,
  onCloseAside,
  narrow = false,
  children,
}: {
  readonly title: string;
  /** A sentence on what the section is for, or how things stand. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** A `SideArea`, when one is open. */
  readonly aside?: ReactNode;
  readonly onCloseAside?: () => void;
  /** For forms and cards, which are hard to read over the whole width. */
  readonly narrow?: boolean;
  readonly children: ReactNode;
}) {
  const page = useRef<HTMLDivElement>(null);
  useEscape(() => {
    if (onCloseAside === undefined) return;
    const opener = page.current?.querySelector<HTMLElement>('[data-row][aria-pressed="true"]');
    onCloseAside();
    opener?.focus();
  });
  return (
    <div className={classes.page} ref={page}>
      <div className={classes.content} data-narrow={narrow || undefined}>
        <header className={classes.header}>
          <h1 className={classes.title}>{title}</h1>
          {actions !== undefined && <div className={classes.actions}>{actions}</div>}
        </header>
        {lead !== undefined && <p className={classes.lead}>{lead}</p>}
        {children}
      </div>
      {aside}
    </div>
  );
}
