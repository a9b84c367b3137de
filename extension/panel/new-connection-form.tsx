// Makes a connection: its name, and how long its first token works. Knows one command; what comes after, its caller does.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConnectionKind } from '../../shared/provisioning.ts';
import { failureOf, useTRPC } from '../lib/api.ts';
import { daysOf, tokenLifetimes } from '../parts/token-lifetime.ts';
import { freeName, vendors } from './checklist-words.ts';
import type { FreshToken } from './issued-tokens.ts';
import classes from './new-connection-form.module.css';

export function NewConnectionForm({
  kind,
  taken,
  onMade,
  onBack,
}: {
  readonly kind: ConnectionKind;
  /** Names of connections that there are. */
  readonly taken: readonly string[];
  readonly onMade: (made: Omit<FreshToken, 'copied'>) => void;
  readonly onBack: () => void;
}) {
  const trpc = useTRPC();
  const [name, setName] = useState(() => freeName(kind, taken));
  const [lifetime, setLifetime] = useState('365');
  const create = useMutation(
    trpc.connections.create.mutationOptions({
      onSuccess: async ({ id, tokenId, token }, _input, _result, { client }) => {
        await client.invalidateQueries({ queryKey: trpc.connections.list.queryKey() });
        onMade({ connectionId: id, tokenId, token });
      },
    }),
  );
  const wanted = name.trim();
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== '') create.mutate({ kind, name: wanted, tokenDays: daysOf(lifetime) });
      }}
    >
      <p className={classes.quiet}>
        Rollcall makes an address and a token for {vendors[kind].name} to send people to. Nothing changes in
        your identity provider yet.
      </p>
      <TextInput
        label="Name"
        description="Beside everybody who comes through it"
        value={name}
        maxLength={80}
        onChange={(event) => setName(event.currentTarget.value)}
        autoComplete="off"
      />
      <NativeSelect
        label="The token works for"
        description="Rollcall reminds you before it ends"
        data={tokenLifetimes}
        value={lifetime}
        onChange={(event) => setLifetime(event.currentTarget.value)}
      />
      {create.error !== null && (
        <p className={classes.failure} role="alert">
          {failureOf(create.error).message}
        </p>
      )}
      <div className={classes.actions}>
        <Button type="submit" loading={create.isPending} disabled={wanted === ''}>
          Create connection
        </Button>
        <Button variant="subtle" onClick={onBack}>
          Back
        </Button>
      </div>
    </form>
  );
}
