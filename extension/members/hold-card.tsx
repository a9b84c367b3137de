// One held removal that waits: what happened, what it means, and the two ways out. Knows both ways and their outcome.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../lib/api.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { tell, tellFailure } from '../parts/tell.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import classes from './hold-card.module.css';
import { HoldProgress } from './hold-progress.tsx';
import { amountOf, connectionOf, type Hold, type NotRestored } from './hold-words.ts';

export function HoldCard({
  hold,
  isOpen,
  onShow,
  onRefused,
}: {
  readonly hold: Hold;
  readonly isOpen: boolean;
  readonly onShow: () => void;
  /** After a restoration, those who could not come back. */
  readonly onRefused: (refused: NotRestored) => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [asks, setAsks] = useState(false);
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: trpc.holds.pathKey() }),
      queries.invalidateQueries({ queryKey: trpc.members.pathKey() }),
    ]);
  const restore = useMutation(
    trpc.holds.restore.mutationOptions({
      onSuccess: async ({ people, refused }) => {
        tell(`${people.toLocaleString()} ${people === 1 ? 'person is' : 'people are'} back as before.`);
        onRefused(refused);
        await refresh();
      },
      onError: tellFailure,
    }),
  );
  const approve = useMutation(
    trpc.holds.approve.mutationOptions({
      onSuccess: async () => {
        setAsks(false);
        tell(`The removal of ${amountOf(hold)} stands.`);
        await refresh();
      },
    }),
  );
  const amount = amountOf(hold);
  return (
    <article className={classes.card} data-open={isOpen || undefined}>
      <p className={classes.top}>
        <StatusMark tone="attention" pill>
          Waits for you
        </StatusMark>
        <span className={classes.quiet}>
          since <TimeAgo at={hold.openedAt} />
        </span>
      </p>
      <h2 className={classes.sentence}>
        {connectionOf(hold)} took away {amount}.
      </h2>
      <p>They have no access now. Nothing of theirs is erased until you decide.</p>
      {restore.isPending && <HoldProgress hold={hold} />}
      <div className={classes.actions}>
        <Button loading={restore.isPending} onClick={() => restore.mutate({ holdId: hold.id })}>
          Restore all {amount}
        </Button>
        <Button variant="default" disabled={restore.isPending} onClick={() => setAsks(true)}>
          Let the removal stand
        </Button>
        <Button variant="default" onClick={onShow} aria-pressed={isOpen} data-row>
          Who it is
        </Button>
      </div>
      {asks && (
        <ConfirmDialog
          title={`Let the removal of ${amount} stand?`}
          verb={`Let ${amount} go`}
          isPending={approve.isPending}
          error={approve.error}
          onConfirm={() => approve.mutate({ holdId: hold.id })}
          onClose={() => setAsks(false)}
        >
          <p>
            {connectionOf(hold)} took away {amount}. They stay without access, and what is kept of those who
            were removed is erased when its usual time comes.
          </p>
          <p>Nobody can be restored from here afterwards.</p>
        </ConfirmDialog>
      )}
    </article>
  );
}
