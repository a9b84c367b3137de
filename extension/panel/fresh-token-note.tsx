// A token that nobody has copied yet, in sight whichever step is open: it cannot be read later. It is never displayed.
import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { CopyButton } from '../parts/copy-button.tsx';
import classes from './fresh-token-note.module.css';
import type { FreshToken } from './issued-tokens.ts';

export function FreshTokenNote({
  fresh,
  onCopied,
  onShow,
}: {
  readonly fresh: FreshToken;
  readonly onCopied: () => void;
  readonly onShow?: () => void;
}) {
  return (
    <section className={classes.note} aria-label="New token">
      <IconKey className={classes.icon} size={16} stroke={1.5} aria-hidden="true" />
      <div className={classes.words}>
        <p>
          The new token can be copied until this panel closes, and not after that. Keep the panel open, or
          copy the token to where you keep secrets.
        </p>
        <div className={classes.actions}>
          <CopyButton text={fresh.token} what="token" label="Copy token" onCopied={onCopied} />
          {onShow && (
            <Button variant="subtle" size="compact-sm" onClick={onShow}>
              Show the step
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}
