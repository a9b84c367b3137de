// The area beside a list for one thing of it in full. Knows its frame and how it closes; no content.
import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './side-area.module.css';

export function SideArea({
  title,
  sub,
  onClose,
  children,
}: {
  readonly title: string;
  readonly sub?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <aside className={classes.area} aria-label={title}>
      <header className={classes.header}>
        <div className={classes.heading}>
          <h2 className={classes.title}>{title}</h2>
          {sub !== undefined && <p className={classes.sub}>{sub}</p>}
        </div>
        <CloseButton
          aria-label={`Close ${title}`}
          onClick={() => {
            const opener = document.querySelector<HTMLElement>('[data-row][aria-pressed="true"]');
            onClose();
            opener?.focus();
          }}
        />
      </header>
      {children}
    </aside>
  );
}
