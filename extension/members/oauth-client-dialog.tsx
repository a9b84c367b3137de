// Makes a machine client, or gives one a further key or secret; a secret is handed over once. Knows two commands.
import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClientOwner, IssuedCredential, OauthClient } from '../../shared/oauth-client.ts';
import { useTRPC } from '../lib/api.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { SecretDialog } from '../parts/secret-dialog.tsx';
import { tell } from '../parts/tell.tsx';
import { OauthCredentialFields, useCredentialDraft } from './oauth-credential-fields.tsx';

export function OauthClientDialog({
  owner,
  client,
  onClose,
}: {
  readonly owner: ClientOwner;
  /** The one to give another credential; a new one without it. */
  readonly client?: OauthClient;
  readonly onClose: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [isTouched, setTouched] = useState(false);
  const fields = useCredentialDraft(client?.method);
  const word = fields.draft.kind === 'secret' ? 'secret' : 'key';
  const done = {
    onSuccess: async ({ secret }: IssuedCredential) => {
      await queries.invalidateQueries({ queryKey: trpc.clients.pathKey() });
      if (secret !== null) return;
      onClose();
      tell(
        client === undefined
          ? `${name.trim()} is made. Copy its client ID.`
          : `${client.name} has a new key.`,
      );
    },
  };
  const create = useMutation(trpc.clients.create.mutationOptions(done));
  const add = useMutation(trpc.clients.addCredential.mutationOptions(done));
  const secret = (create.data ?? add.data)?.secret ?? null;
  const isNameless = client === undefined && name.trim() === '';
  const submit = () => {
    setTouched(true);
    const { credential } = fields;
    if (isNameless || credential === undefined) return;
    if (client === undefined) create.mutate({ ...owner, name: name.trim(), credential });
    else add.mutate({ clientId: client.id, credential });
  };
  return (
    <SecretDialog
      title={client === undefined ? 'New machine client' : `Another ${word} for ${client.name}`}
      made={
        secret === null
          ? undefined
          : {
              title: `Paste the secret at ${client?.name ?? name.trim()}`,
              secret,
              what: 'the client secret',
              label: 'Copy secret',
              about:
                client === undefined ? 'Its client ID stays in sight.' : 'The older one goes on working.',
              lost: 'The secret was not copied. Make another one and revoke that.',
            }
      }
      onClose={onClose}
    >
      {(leave) => (
        <DialogForm
          verb={client === undefined ? 'Make client' : `Add ${word}`}
          isPending={create.isPending || add.isPending}
          error={create.error ?? add.error}
          onSubmit={submit}
          onCancel={leave}
        >
          {client === undefined && (
            <TextInput
              label="Name"
              value={name}
              maxLength={80}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
              error={isTouched && isNameless && 'Give it a name, such as that of the program.'}
              data-autofocus
            />
          )}
          {client !== undefined && (
            <p>The one in use goes on working, so that nothing is refused. Revoke it once it is not used.</p>
          )}
          <OauthCredentialFields of={fields} isTouched={isTouched} />
        </DialogForm>
      )}
    </SecretDialog>
  );
}
