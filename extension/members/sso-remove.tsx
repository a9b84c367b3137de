// Takes single sign-on away, after a question. Knows one command.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../lib/api.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { tell } from '../parts/tell.tsx';

export function SsoRemove({ onRemoved }: { readonly onRemoved: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.sso.remove.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.sso.pathKey() });
        setAsking(false);
        onRemoved();
        tell('Single sign-on is removed. People sign in by mail.');
      },
    }),
  );
  return (
    <>
      <Button variant="subtle" onClick={() => setAsking(true)}>
        Remove single sign-on
      </Button>
      {isAsking && (
        <ConfirmDialog
          title="Remove single sign-on?"
          verb="Remove"
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
          onClose={() => setAsking(false)}
        >
          <p>
            People sign in with a code by mail from then on, also where single sign-on was required. The
            client secret is deleted here; delete the app at your identity provider too.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
