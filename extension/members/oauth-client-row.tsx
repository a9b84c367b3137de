// One machine client: its id to copy, its keys or secrets with their ends, and what can be done to it. Knows the commands by
// name; never a secret.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type ClientCredential,
  type ClientOwner,
  mostLiveCredentials,
  type OauthClient,
} from '../../shared/oauth-client.ts';
import { useTRPC } from '../lib/api.ts';
import { useNow } from '../lib/now.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { CopyLine } from '../parts/copy-line.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { tell } from '../parts/tell.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import classes from './connection-card.module.css';
import { tokenWords } from './connection-words.ts';
import { OauthClientDialog } from './oauth-client-dialog.tsx';

const kinds: Readonly<Record<ClientCredential['kind'], string>> = {
  secret: 'Secret …',
  key: 'Key ',
  jwks_uri: 'Keys at ',
};

export function OauthClientRow({
  owner,
  client,
  readOnly,
}: {
  readonly owner: ClientOwner;
  readonly client: OauthClient;
  readonly readOnly: boolean;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const now = useNow();
  const [open, setOpen] = useState<'add' | 'remove' | ClientCredential | null>(null);
  const { id: clientId, name, method, lastUsedAt, credentials } = client;
  const live = credentials.filter(({ state }) => state === 'live');
  const word = method === 'client_secret' ? 'secret' : 'key';
  const close = () => setOpen(null);
  const done = (told: string) => ({
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: trpc.clients.pathKey() });
      close();
      tell(told);
    },
  });
  const revoke = useMutation(trpc.clients.revokeCredential.mutationOptions(done(`The ${word} is revoked.`)));
  const remove = useMutation(trpc.clients.remove.mutationOptions(done(`${name} is removed.`)));
  return (
    <section className={classes.client} aria-label={`Machine client ${name}`}>
      <h3 className={classes.name}>{name}</h3>
      <p className={classes.quiet}>
        {method === 'client_secret' ? 'Proves itself by a secret' : 'Signs with a key of its own'}.{' '}
        {lastUsedAt === null ? (
          'Not used yet.'
        ) : (
          <>
            Last used <TimeAgo at={lastUsedAt} />.
          </>
        )}
      </p>
      <CopyLine label="Client ID" text={clientId} what={`client ID of ${name}`} />
      <ul className={classes.credentials} aria-label={`Keys and secrets of ${name}`}>
        {credentials.map((credential) => {
          const [tone, words] = tokenWords(credential, now);
          const shown = `${kinds[credential.kind]}${credential.hint}`;
          return (
            <li key={credential.id} className={classes.credential}>
              <code className={classes.code}>{shown}</code>
              <StatusMark tone={tone}>{words}</StatusMark>
              <span className={classes.quiet}>
                {credential.lastUsedAt === null ? (
                  'Never used'
                ) : (
                  <>
                    Used <TimeAgo at={credential.lastUsedAt} />
                  </>
                )}
              </span>
              {!readOnly && credential.state === 'live' && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={`Revoke ${shown}`}
                  onClick={() => setOpen(credential)}
                >
                  Revoke
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {!readOnly && (
        <div className={classes.actions}>
          <Button
            size="compact-sm"
            variant="default"
            disabled={live.length >= mostLiveCredentials}
            onClick={() => setOpen('add')}
          >
            Add another {word}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={`Remove the machine client ${name}`}
            onClick={() => setOpen('remove')}
          >
            Remove client
          </Button>
        </div>
      )}
      {open === 'add' && <OauthClientDialog owner={owner} client={client} onClose={close} />}
      {open === 'remove' && (
        <ConfirmDialog
          title={`Remove ${name}?`}
          verb="Remove client"
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ clientId })}
          onClose={close}
        >
          <p>It gets no access token any more, and those it has stop working at once.</p>
        </ConfirmDialog>
      )}
      {open !== null && typeof open === 'object' && (
        <ConfirmDialog
          title={`Revoke this ${word}?`}
          verb={`Revoke ${word}`}
          isPending={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate({ clientId, credentialId: open.id })}
          onClose={close}
        >
          <p>
            {live.length === 1
              ? `It is the only ${word} of ${name} that works: the program is refused until it has another one.`
              : `Whoever uses it is refused from then on. The other ${word} goes on working.`}
          </p>
        </ConfirmDialog>
      )}
    </section>
  );
}
