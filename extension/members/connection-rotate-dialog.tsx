// Makes a second token beside the one there is, and hands it over once: copied, never displayed. Knows one command.
import { Button, Modal, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { failureOf, useTRPC } from '../lib/api.ts';
import { upcoming } from '../lib/time-words.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { tell } from '../parts/tell.tsx';
import { daysOf, tokenLifetimes } from '../parts/token-lifetime.ts';
import classes from './connection-card.module.css';
import type { Connection } from './connection-words.ts';

const overlaps = [
  { value: '1', label: 'One more day' },
  { value: '7', label: '7 more days' },
  { value: '30', label: '30 more days' },
];

export function ConnectionRotateDialog({
  connection: { id, name, tokens },
  onClose,
}: {
  readonly connection: Connection;
  readonly onClose: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [days, setDays] = useState('365');
  const [overlap, setOverlap] = useState('7');
  const [isCopied, setCopied] = useState(false);
  const rotate = useMutation(
    trpc.connections.rotateToken.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.connections.pathKey() }),
    }),
  );
  const [hadLive] = useState(tokens.some(({ state }) => state === 'live'));
  const made = rotate.data;
  const leave = () => {
    if (made !== undefined && !isCopied) tell('The token was not copied. Make another one and revoke that.');
    onClose();
  };
  return (
    <Modal
      opened
      onClose={leave}
      title={made === undefined ? `New token for ${name}` : `Paste the new token in ${name}`}
      centered
      closeOnClickOutside={made === undefined}
    >
      {made === undefined ? (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            const tokenDays = daysOf(days);
            rotate.mutate({ connectionId: id, tokenDays, overlapDays: Number(overlap) });
          }}
        >
          <NativeSelect
            label="The new token works for"
            data={tokenLifetimes}
            value={days}
            onChange={({ currentTarget }) => setDays(currentTarget.value)}
            data-autofocus
          />
          {hadLive && (
            <NativeSelect
              label="The one in use works for"
              description="So that nothing is refused until the new one is pasted."
              data={overlaps}
              value={overlap}
              onChange={({ currentTarget }) => setOverlap(currentTarget.value)}
            />
          )}
          {rotate.error !== null && (
            <p className={classes.failure} role="alert">
              {failureOf(rotate.error).message}
            </p>
          )}
          <div className={classes.end}>
            <Button variant="default" onClick={leave}>
              Cancel
            </Button>
            <Button type="submit" loading={rotate.isPending}>
              Make token
            </Button>
          </div>
        </form>
      ) : (
        <div className={classes.form}>
          <p>
            It can be copied now and never again.
            {made.olderEndsAt !== null &&
              ` The older one works until ${upcoming(made.olderEndsAt, Date.now())}.`}
          </p>
          <div className={classes.token}>
            <code className={classes.code} aria-hidden="true">
              ••••••••••••{made.token.slice(-4)}
            </code>
            <CopyButton
              text={made.token}
              what="the new token"
              label="Copy token"
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
