// A form over the whole popup, which has no room for a dialog: with a title, a way back, and the focus returned where it
// was. Knows no form.
import { ActionIcon } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import classes from './sheet.module.css';

export function Sheet({
  title,
  onClose,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const sheet = useRef<HTMLElement>(null);
  const titleId = useId();
  useFocusWithin(sheet);
  return (
    <section
      ref={sheet}
      className={classes.sheet}
      aria-labelledby={titleId}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className={classes.header}>
        <ActionIcon variant="subtle" color="gray" aria-label="Back" onClick={onClose}>
          <IconArrowLeft size={16} stroke={1.5} aria-hidden="true" className={classes.back} />
        </ActionIcon>
        <h1 id={titleId} className={classes.title}>
          {title}
        </h1>
      </header>
      {children}
    </section>
  );
}

/** Takes the focus where no field of the form took it, and gives it back at the end. */
function useFocusWithin(sheet: { readonly current: HTMLElement | null }): void {
  const before = useRef(document.activeElement);
  useEffect(() => {
    const { current } = before;
    if (!sheet.current?.contains(document.activeElement)) sheet.current?.focus();
    return () => {
      if (current instanceof HTMLElement) requestAnimationFrame(() => current.focus());
    };
  }, [sheet]);
}
