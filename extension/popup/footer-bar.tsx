// The buttons at the bottom of a list: the selection's on one side, inviting on the other; or a question in their place.
// Knows where they stand, not what they do.
import { ActionIcon, Button } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './footer-bar.module.css';

/** What is done to more people than these is asked about first. */
export const manyPeople = 10;

export function FooterBar({
  children,
  onInvite,
  isNarrow,
}: {
  readonly children: ReactNode;
  readonly onInvite: () => void;
  /** Whether the other buttons need the room. */
  readonly isNarrow: boolean;
}) {
  return (
    <div className={classes.bar}>
      {children}
      <span className={classes.invite}>
        {isNarrow ? (
          <ActionIcon
            variant="default"
            size={32}
            aria-label="Invite people"
            title="Invite people"
            onClick={onInvite}
          >
            <IconUserPlus size={16} stroke={1.5} aria-hidden="true" />
          </ActionIcon>
        ) : (
          <Button variant="default" onClick={onInvite}>
            Invite people
          </Button>
        )}
      </span>
    </div>
  );
}

/** Asks before something that many people feel. */
export function FooterQuestion({
  question,
  yes,
  onYes,
  onNo,
}: {
  readonly question: string;
  readonly yes: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}) {
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus(), []);
  return (
    <section
      className={classes.question}
      aria-label={question}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onNo();
      }}
    >
      <p>{question}</p>
      <div className={classes.answers}>
        <Button onClick={onYes}>{yes}</Button>
        <Button ref={no} variant="default" onClick={onNo}>
          Leave it
        </Button>
      </div>
    </section>
  );
}
