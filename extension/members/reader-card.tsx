// One reader client: what it sees, its address, its tokens and machine clients, and what can be done to it. Knows the
// commands by name; never a token.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Reader } from '../../shared/reader.ts';
import { useTRPC } from '../lib/api.ts';
import { useNow } from '../lib/now.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { CopyLine } from '../parts/copy-line.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { tell } from '../parts/tell.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import classes from './connection-card.module.css';
import { tokenWords } from './connection-words.ts';
import { OauthClients } from './oauth-clients.tsx';
import { ReaderDialog } from './reader-dialog.tsx';
import { ReaderTokenDialog } from './reader-token-dialog.tsx';
import { chosenGroups, sightWords } from './reader-words.ts';

type ReaderToken = Reader['tokens'][number];

export function ReaderCard({ reader, readOnly }: { readonly reader: Reader; readonly readOnly: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const now = useNow();
  const [open, setOpen] = useState<'change' | 'token' | 'remove' | ReaderToken | null>(null);
  const { id: readerId, name, baseUrl, tokens, lastUsedAt } = reader;
  const groups = chosenGroups(reader);
  const close = () => setOpen(null);
  const done = (told: string) => ({
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: trpc.readers.pathKey() });
      close();
      tell(told);
    },
  });
  const revoke = useMutation(trpc.readers.revokeToken.mutationOptions(done('The token is revoked.')));
  const remove = useMutation(trpc.readers.remove.mutationOptions(done(`${name} is removed.`)));
  const live = tokens.filter(({ state }) => state === 'live').length;
  return (
    <article className={classes.card} aria-labelledby={`reader-${readerId}`}>
      <header className={classes.header}>
        <h2 id={`reader-${readerId}`} className={classes.name}>
          {name}
        </h2>
        <span className={classes.quiet}>
          {lastUsedAt === null ? (
            'Not used yet'
          ) : (
            <>
              Last used <TimeAgo at={lastUsedAt} />
            </>
          )}
        </span>
      </header>
      <p>{sightWords(reader)}</p>
      {groups !== null && (
        <p className={classes.quiet}>{groups.map(({ groupName }) => groupName).join(', ')}</p>
      )}
      <CopyLine label="Base URL" text={baseUrl} what={`base URL of ${name}`} />
      <ul className={classes.credentials} aria-label={`Tokens of ${name}`}>
        {tokens.map((token) => {
          const [tone, words] = tokenWords(token, now);
          return (
            <li key={token.id} className={classes.credential}>
              <code className={classes.code}>Token …{token.last4}</code>
              <StatusMark tone={tone}>{words}</StatusMark>
              <span className={classes.quiet}>
                {token.lastUsedAt === null ? (
                  'Never used'
                ) : (
                  <>
                    Used <TimeAgo at={token.lastUsedAt} />
                  </>
                )}
              </span>
              {!readOnly && token.state === 'live' && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={`Revoke the token that ends in ${token.last4}`}
                  onClick={() => setOpen(token)}
                >
                  Revoke
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <OauthClients owner={{ ownerKind: 'reader', ownerId: readerId }} name={name} readOnly={readOnly} />
      {!readOnly && (
        <div className={classes.actions}>
          <Button variant="default" onClick={() => setOpen('change')}>
            Change what it sees
          </Button>
          <Button variant="default" onClick={() => setOpen('token')}>
            Make a new token
          </Button>
          <Button variant="subtle" className={classes.delete ?? ''} onClick={() => setOpen('remove')}>
            Remove reader
          </Button>
        </div>
      )}
      {open === 'change' && <ReaderDialog reader={reader} onClose={close} />}
      {open === 'token' && <ReaderTokenDialog reader={reader} onClose={close} />}
      {open === 'remove' && (
        <ConfirmDialog
          title={`Remove ${name}?`}
          verb="Remove reader"
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ readerId })}
          onClose={close}
        >
          <p>Its tokens and its machine clients stop working at once.</p>
        </ConfirmDialog>
      )}
      {open !== null && typeof open === 'object' && (
        <ConfirmDialog
          title={`Revoke the token …${open.last4}?`}
          verb="Revoke token"
          isPending={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate({ readerId, tokenId: open.id })}
          onClose={close}
        >
          <p>
            {live === 1
              ? `It is the only token of ${name} that works: the program reads nothing with a token until it has another one.`
              : 'Whoever uses it is refused from then on. The other token goes on working.'}
          </p>
        </ConfirmDialog>
      )}
    </article>
  );
}
