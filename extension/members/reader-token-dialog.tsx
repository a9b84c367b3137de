// Makes a second token of a reader beside the one there is, and hands it over once. Knows one command.
import { NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Reader } from '../../shared/reader.ts';
import { useTRPC } from '../lib/api.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { SecretDialog } from '../parts/secret-dialog.tsx';
import { daysOf, tokenLifetimes } from '../parts/token-lifetime.ts';

const overlapDays = 7;

export function ReaderTokenDialog({
  reader: { id, name, tokens },
  onClose,
}: {
  readonly reader: Reader;
  readonly onClose: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [lifetime, setLifetime] = useState('365');
  const [hadLive] = useState(tokens.some(({ state }) => state === 'live'));
  const rotate = useMutation(
    trpc.readers.rotateToken.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.readers.pathKey() }),
    }),
  );
  return (
    <SecretDialog
      title={`New token for ${name}`}
      made={
        rotate.data && {
          title: `Paste the new token at ${name}`,
          secret: rotate.data.token,
          what: 'the new token',
          label: 'Copy token',
          about: hadLive && `The older one works for ${overlapDays} more days.`,
          lost: 'The token was not copied. Make another one and revoke that.',
        }
      }
      onClose={onClose}
    >
      {(leave) => (
        <DialogForm
          verb="Make token"
          isPending={rotate.isPending}
          error={rotate.error}
          onSubmit={() => rotate.mutate({ readerId: id, tokenDays: daysOf(lifetime), overlapDays })}
          onCancel={leave}
        >
          {hadLive && <p>The one in use works for {overlapDays} more days, so that nothing is refused.</p>}
          <NativeSelect
            label="The new token works for"
            data={tokenLifetimes}
            value={lifetime}
            onChange={({ currentTarget }) => setLifetime(currentTarget.value)}
            data-autofocus
          />
        </DialogForm>
      )}
    </SecretDialog>
  );
}
