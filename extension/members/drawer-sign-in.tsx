// An account at an identity provider that somebody signs in with, and taking that back after a question. Knows one command.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Outputs, useTRPC } from '../lib/api.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { tell } from '../parts/tell.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { focusPerson } from './focus-return.ts';
import classes from './member-drawer.module.css';

type Profile = Outputs['members']['get'];

export function DrawerSignIn({
  person: { id: memberId, name },
  issuer,
  linkedAt,
  signedInAt,
}: Profile['signIns'][number] & { readonly person: Pick<Profile, 'id' | 'name'> }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { host } = new URL(issuer);
  const unlink = useMutation(
    trpc.members.unlinkSso.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.members.get.queryKey({ memberId }) });
        setAsking(false);
        // The button is gone with the account.
        focusPerson();
        tell(`${name} is unlinked from the account at ${host}.`);
      },
    }),
  );
  return (
    <li className={classes.line}>
      <div>
        <p>{host}</p>
        <p className={classes.note}>
          Linked <TimeAgo at={linkedAt} /> · signed in <TimeAgo at={signedInAt} />
        </p>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Unlink the account at ${host}`}
        onClick={() => setAsking(true)}
      >
        Unlink
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={`Unlink ${name} from ${host}?`}
          verb="Unlink"
          isPending={unlink.isPending}
          error={unlink.error}
          onConfirm={() => unlink.mutate({ memberId, issuer })}
          onClose={() => setAsking(false)}
        >
          <p>
            For somebody who was given a new account there. Their sessions through the old one end, and the
            next account that signs in with their verified address, or with the id that provisioning sends, is
            theirs.
          </p>
        </ConfirmDialog>
      )}
    </li>
  );
}
