// Makes a second token beside the one there is, and hands it over once: copied, never displayed. Knows one command.
import { NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../lib/api.ts';
import { upcoming } from '../lib/time-words.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { SecretDialog } from '../parts/secret-dialog.tsx';
import { daysOf, tokenLifetimes } from '../parts/token-lifetime.ts';
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
  const rotate = useMutation(
    trpc.connections.rotateToken.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.connections.pathKey() }),
    }),
  );
  const [hadLive] = useState(tokens.some(({ state }) => state === 'live'));
  const made = rotate.data;
  return (
    <SecretDialog
      title={`New token for ${name}`}
      made={
        made && {
          title: `Paste the new token in ${name}`,
          secret: made.token,
          what: 'the new token',
          label: 'Copy token',
          about:
            made.olderEndsAt !== null &&
            `The older one works until ${upcoming(made.olderEndsAt, Date.now())}.`,
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
          onSubmit={() =>
            rotate.mutate({ connectionId: id, tokenDays: daysOf(days), overlapDays: Number(overlap) })
          }
          onCancel={leave}
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
        </DialogForm>
      )}
    </SecretDialog>
  );
}
