// Asks before something that hurts others: whom it is about, what it does to them, and why. Knows how it asks only.
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { namesOf, peopleCount } from '../people/nudge-readiness.ts';
import classes from './ask-first-dialog.module.css';
import { type AskedFirst, actionWords, consequences } from './member-actions.ts';

/** So many are named; the rest are a number. */
const mostNamed = 8;

export function AskFirstDialog({
  kind,
  people,
  onConfirm,
  onClose,
}: {
  readonly kind: AskedFirst;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** `reason` is empty where none was asked for or given. */
  readonly onConfirm: (reason: string) => void;
  readonly onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const { verb } = actionWords[kind];
  const who = people.length <= 2 ? namesOf(people) : peopleCount(people.length);
  const more = people.length - mostNamed;
  return (
    <ConfirmDialog
      title={`${verb} ${who}`}
      verb={people.length === 1 ? verb : `${verb} ${peopleCount(people.length)}`}
      isPending={false}
      onConfirm={() => onConfirm(reason)}
      onClose={onClose}
    >
      {people.length > 2 && (
        <p className={classes.names}>
          {people
            .slice(0, mostNamed)
            .map(({ name }) => name)
            .join(', ')}
          {more > 0 && ` and ${peopleCount(more)} more`}
        </p>
      )}
      <p>{consequences[kind]}</p>
      {kind === 'block' && (
        <Textarea
          label="Reason, for other admins"
          placeholder="Laptop lost"
          value={reason}
          maxLength={500}
          autosize
          minRows={2}
          maxRows={6}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
      )}
    </ConfirmDialog>
  );
}
