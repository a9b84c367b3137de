// The section of the settings with the link by which people of the org's domains join: on, off, another one.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../lib/api.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { QueryState } from '../parts/query-state.tsx';
import { useRights } from '../parts/rights.ts';
import { tell, tellFailure } from '../parts/tell.tsx';
import classes from './setting-section.module.css';
import { SettingFrame } from './setting-section.tsx';

const done = {
  on: 'The sign-up link is on.',
  off: 'The sign-up link is off.',
  rotate: 'There is a new sign-up link; the one before opens nothing.',
} as const;

export function SettingSignUp({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mayChange = useRights()('change the org’s settings');
  const [asks, setAsks] = useState<'off' | 'rotate' | null>(null);
  const link = useQuery(trpc.org.signUpLink.queryOptions());
  const change = useMutation(
    trpc.org.changeSignUpLink.mutationOptions({
      onSuccess: async (_, to) => {
        await queries.invalidateQueries({ queryKey: trpc.org.signUpLink.queryKey() });
        setAsks(null);
        tell(done[to]);
      },
      onError: tellFailure,
    }),
  );
  return (
    <SettingFrame
      id={id}
      title="Sign-up link"
      lead="Whoever has it and an address at one of your verified domains can join without an invitation."
    >
      <QueryState query={link} rows={1}>
        {(address) =>
          address === null ? (
            <div className={classes.rowHead}>
              <p>The link is off.</p>
              {mayChange && (
                <Button variant="default" loading={change.isPending} onClick={() => change.mutate('on')}>
                  Turn the link on
                </Button>
              )}
            </div>
          ) : (
            <div className={classes.form}>
              <div className={classes.rowHead}>
                <p>The link is on.</p>
                <CopyButton text={address} what="the sign-up link" label="Copy link" />
              </div>
              {mayChange && (
                <div className={classes.actions}>
                  <Button variant="default" onClick={() => setAsks('rotate')}>
                    Make a new link
                  </Button>
                  <Button variant="default" onClick={() => setAsks('off')}>
                    Turn the link off
                  </Button>
                </div>
              )}
            </div>
          )
        }
      </QueryState>
      {asks !== null && (
        <ConfirmDialog
          title={asks === 'off' ? 'Turn the sign-up link off?' : 'Make a new sign-up link?'}
          verb={asks === 'off' ? 'Turn off' : 'Make a new link'}
          isPending={change.isPending}
          error={change.error}
          onConfirm={() => change.mutate(asks)}
          onClose={() => setAsks(null)}
        >
          <p>
            The link that is out there opens nothing from then on, wherever it was posted. Whoever joined by
            it stays.
          </p>
        </ConfirmDialog>
      )}
    </SettingFrame>
  );
}
