// A dialog of two steps: a form that makes a secret, then the secret, handed over once: copied, never displayed. Knows how
// it is handed over, not what it opens.
import { Button, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { CopyButton } from './copy-button.tsx';
import classes from './dialog-form.module.css';
import { tell } from './tell.tsx';

export function SecretDialog({
  title,
  made,
  children,
  onClose,
}: {
  readonly title: string;
  /** Undefined until there is one. */
  readonly made:
    | {
        readonly title: string;
        readonly secret: string;
        /** "the new token". */
        readonly what: string;
        /** The button's words. */
        readonly label: string;
        readonly about: ReactNode;
        /** What is said to somebody who leaves without it. */
        readonly lost: string;
      }
    | undefined;
  /** The form; `leave` closes the dialog. */
  readonly children: (leave: () => void) => ReactNode;
  readonly onClose: () => void;
}) {
  const [isCopied, setCopied] = useState(false);
  const leave = () => {
    if (made !== undefined && !isCopied) tell(made.lost);
    onClose();
  };
  return (
    <Modal
      opened
      onClose={leave}
      title={made?.title ?? title}
      centered
      closeOnClickOutside={made === undefined}
    >
      {made === undefined ? (
        children(leave)
      ) : (
        <div className={classes.form}>
          <p>It can be copied now and never again. {made.about}</p>
          <div className={classes.secret}>
            <code className={classes.mask} aria-hidden="true">
              ••••••••••••{made.secret.slice(-4)}
            </code>
            <CopyButton
              text={made.secret}
              what={made.what}
              label={made.label}
              primary
              onCopied={() => setCopied(true)}
            />
          </div>
          <div className={classes.end}>
            <Button variant="default" onClick={leave}>
              {isCopied ? 'Done' : 'Close without copying'}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
