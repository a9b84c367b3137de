// Asks before something that hurts others and has no undo. Knows how it asks, not what is done.
import { Button, Modal, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { failureOf } from '../lib/api.ts';
import classes from './confirm-dialog.module.css';

/** With `typed`, that text has to be written out before the button can be pressed. */
export function ConfirmDialog({
  title,
  verb,
  typed,
  isPending,
  error,
  onConfirm,
  onClose,
  children,
}: {
  readonly title: string;
  readonly verb: string;
  readonly typed?: string;
  readonly isPending: boolean;
  readonly error?: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const [text, setText] = useState('');
  const isReady = typed === undefined || text.trim() === typed;
  return (
    <Modal opened onClose={onClose} title={title} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !isPending) onConfirm();
        }}
      >
        <div className={classes.text}>{children}</div>
        {typed !== undefined && (
          <TextInput
            label={
              <>
                Type <b className={classes.typed}>{typed}</b> to go on
              </>
            }
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        {error != null && (
          <p className={classes.failure} role="alert">
            {failureOf(error).message}
          </p>
        )}
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" className={classes.danger ?? ''} disabled={!isReady} loading={isPending}>
            {verb}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
