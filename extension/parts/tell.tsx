// A short message at the bottom of the page, with a way back where there is one. Knows how it is shown only.
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { failureOf } from '../lib/api.ts';
import classes from './tell.module.css';

/** How long a message with a way back stands, in milliseconds. */
const undoable = 12_000;
/** What the messages that stand take back, by their ids; the newest last. */
const takeBacks = new Map<string, () => void>();

/**
 * Says what happened; `undo` is offered as long as the message stands, under a name that says what it does. Ctrl+Z does it
 * too, from wherever the focus is.
 */
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
          <Button
            size="compact-sm"
            variant="subtle"
            title={`${undoLabel} (Ctrl+Z)`}
            aria-keyshortcuts="Control+Z Meta+Z"
            onClick={takeBack}
          >
            {undoLabel}
          </Button>
        </span>
      ),
    closeButtonProps: { 'aria-label': 'Close this message' },
    ...(undo !== undefined && {
      autoClose: undoable,
      onClose: () => takeBacks.delete(id),
    }),
  });
  if (undo === undefined) return;
  takeBacks.set(id, takeBack);
  document.addEventListener('keydown', takeBackByKey);
}

function takeBackByKey(event: KeyboardEvent): void {
  const inField = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
  if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented || inField) return;
  const takeBack = [...takeBacks.values()].at(-1);
  if (takeBack === undefined) return;
  event.preventDefault();
  takeBack();
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
