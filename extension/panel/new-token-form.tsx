// Makes another token beside the one there is, so that it can be pasted without a gap. Knows one command.
import { Button, NativeSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { failureOf, useTRPC } from '../lib/api.ts';
import { daysOf, tokenLifetimes } from '../parts/token-lifetime.ts';
import type { FreshToken } from './issued-tokens.ts';
import classes from './new-token-form.module.css';
import type { Connection } from './panel-connection.ts';

const overlaps: { readonly value: string; readonly label: string }[] = [
  { value: '1', label: 'One more day' },
  { value: '7', label: '7 more days' },
  { value: '30', label: '30 more days' },
];

export function NewTokenForm({
  connection,
  onMade,
  onCancel,
}: {
  readonly connection: Connection;
  readonly onMade: (made: Omit<FreshToken, 'copied'>) => void;
  readonly onCancel: () => void;
}) {
  const trpc = useTRPC();
  const [lifetime, setLifetime] = useState('365');
  const [overlap, setOverlap] = useState('7');
  const hasOlder = connection.tokens.some(({ state }) => state === 'live');
  const rotate = useMutation(
    trpc.connections.rotateToken.mutationOptions({
      onSuccess: async ({ tokenId, token }, _input, _kept, { client }) => {
        await client.invalidateQueries({ queryKey: trpc.connections.list.queryKey() });
        onMade({ connectionId: connection.id, tokenId, token });
      },
    }),
  );
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        rotate.mutate({
          connectionId: connection.id,
          tokenDays: daysOf(lifetime),
          overlapDays: Number(overlap),
        });
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onCancel();
      }}
    >
      <NativeSelect
        label="The new token works for"
        data={tokenLifetimes}
        value={lifetime}
        autoFocus
        onChange={(event) => setLifetime(event.currentTarget.value)}
      />
      {hasOlder && (
        <NativeSelect
          label="The one in use works for"
          data={overlaps}
          value={overlap}
          onChange={(event) => setOverlap(event.currentTarget.value)}
        />
      )}
      {rotate.error !== null && (
        <p className={classes.failure} role="alert">
          {failureOf(rotate.error).message}
        </p>
      )}
      <div className={classes.actions}>
        <Button type="submit" size="compact-sm" loading={rotate.isPending}>
          Make token
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
