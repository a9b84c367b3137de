// Whether single sign-on is the only way in: what that does, and the way for emergencies. Knows one command.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SingleSignOn } from '../../shared/single-sign-on.ts';
import { useTRPC } from '../lib/api.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { tell } from '../parts/tell.tsx';
import classes from './setting-section.module.css';
import { breakGlass, requireWords } from './sso-words.ts';

export function SsoRequire({
  client,
  readOnly,
}: {
  readonly client: NonNullable<SingleSignOn['client']>;
  readonly readOnly: boolean;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { required, provenByYou } = client;
  const change = useMutation(
    trpc.sso.require.mutationOptions({
      onSuccess: (after) => {
        queries.setQueryData(trpc.sso.get.queryKey(), after);
        setAsking(false);
        tell(
          after.client?.required
            ? 'Single sign-on is the only way in from now on.'
            : 'People can sign in by mail again.',
        );
      },
    }),
  );
  return (
    <div className={classes.form}>
      <p id="sso-require-words">{requireWords(client)}</p>
      <p className={classes.quiet}>{breakGlass}</p>
      {!readOnly && (
        <div className={classes.actions}>
          <Button
            variant="default"
            disabled={!required && !provenByYou}
            aria-describedby="sso-require-words"
            onClick={() => setAsking(true)}
          >
            {required ? 'No longer require it' : 'Require single sign-on'}
          </Button>
        </div>
      )}
      {isAsking && (
        <ConfirmDialog
          title={required ? 'No longer require single sign-on?' : 'Require single sign-on?'}
          verb={required ? 'No longer require it' : 'Require single sign-on'}
          isPending={change.isPending}
          error={change.error}
          onConfirm={() => change.mutate({ required: !required })}
          onClose={() => setAsking(false)}
        >
          <p>
            {required
              ? 'Codes and links by mail let people in again. Sessions that are open stay.'
              : requireWords(client)}
          </p>
          {!required && <p>{breakGlass}</p>}
        </ConfirmDialog>
      )}
    </div>
  );
}
