// A short message at the bottom of the page, with a way back where there is one. Knows how it is shown only.
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { failureOf } from '../lib/api.ts';
import classes from './tell.module.css';

/** Says what happened; `undo` is offered as long as the message stands, under a name that says what it does. */
export function tell(message: string, undo?: () => void, undoLabel = 'Undo'): void {
  const id = `told-${message}`;
  const takeBack = () => {
    notifications.hide(id);
    undo?.();
  };
  notifications.show({
    id,
    message:
      undo === undefined ? (
        message
      ) : (
        <span className={classes.undoable}>
          {message}
          <Button size="compact-sm" variant="subtle" onClick={takeBack}>
            {undoLabel}
          </Button>
        </span>
      ),
    closeButtonProps: { 'aria-label': 'Close this message' },
  });
}

/** Says what went wrong, in the server's words. */
export function tellFailure(error: unknown): void {
  notifications.show({
    color: 'red',
    autoClose: 12_000,
    message: failureOf(error).message,
    closeButtonProps: { 'aria-label': 'Close this message' },
  });
}
