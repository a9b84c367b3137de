// One connection: how it stands, what it sent, its address, its tokens, and what can be done to it. Knows the commands by
// name.
import { Anchor, Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConnectionSync } from '../../shared/sync-status.ts';
import { useTRPC } from '../lib/api.ts';
import { useNow } from '../lib/now.ts';
import { openPanel } from '../lib/open-page.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { SyncStateMark } from '../parts/sync-state-mark.tsx';
import { tell } from '../parts/tell.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import classes from './connection-card.module.css';
import { ConnectionHistory } from './connection-history.tsx';
import { ConnectionRotateDialog } from './connection-rotate-dialog.tsx';
import { ConnectionTokens } from './connection-tokens.tsx';
import { type Connection, connectionKindNames, tokenWarning } from './connection-words.ts';
import { OauthClients } from './oauth-clients.tsx';
import { hashOf } from './route.ts';

export function ConnectionCard({
  connection,
  sync,
  readOnly,
}: {
  readonly connection: Connection;
  readonly sync: ConnectionSync | undefined;
  readonly readOnly: boolean;
}) {
  const { id, name, kind, mode, baseUrl, people, groups, lastContactAt } = connection;
  const now = useNow();
  const [open, setOpen] = useState<'rotate' | 'delete' | null>(null);
  const warning = tokenWarning(connection, now);
  const close = () => setOpen(null);
  return (
    <article className={classes.card} aria-labelledby={`connection-${id}`}>
      <header className={classes.header}>
        <div>
          <h2 id={`connection-${id}`} className={classes.name}>
            {name}
          </h2>
          <p className={classes.quiet}>
            {connectionKindNames[kind]}
            {mode === 'strict' && ', strict: what departs from the standard is refused'}
          </p>
        </div>
        {sync && <SyncStateMark state={sync.state} pill />}
      </header>
      <p>
        {sync?.sentence}{' '}
        {lastContactAt === null ? (
          'It has not called yet.'
        ) : (
          <>
            Last contact <TimeAgo at={lastContactAt} />.
          </>
        )}{' '}
        <span className={classes.quiet}>{sync?.expectation}</span>
      </p>
      {sync !== undefined && lastContactAt !== null && (
        <p>
          {sync.changeTime.sentence} <span className={classes.quiet}>{sync.changeTime.detail}</span>
        </p>
      )}
      <p className={classes.links}>
        <Anchor href={hashOf('people', { connectionId: id })}>
          {people.toLocaleString()} {people === 1 ? 'person' : 'people'}
        </Anchor>
        <span>
          {groups.toLocaleString()} {groups === 1 ? 'group' : 'groups'}
        </span>
        <Anchor href={hashOf('provisioning', { connection: id })}>Requests</Anchor>
        {sync !== undefined && sync.findings.length > 0 && (
          <Anchor href={hashOf('findings')}>
            {sync.findings.length} {sync.findings.length === 1 ? 'finding' : 'findings'}
          </Anchor>
        )}
      </p>
      {lastContactAt !== null && <ConnectionHistory connectionId={id} name={name} />}
      <p className={classes.address}>
        <code className={classes.url}>{baseUrl}</code>
        <CopyButton text={baseUrl} what={`base URL of ${name}`} label="Copy URL" />
      </p>
      {warning !== null && (
        <p className={classes.warning}>
          <StatusMark tone="attention">{''}</StatusMark>
          {warning}
        </p>
      )}
      <ConnectionTokens connection={connection} readOnly={readOnly} />
      <OauthClients owner={{ ownerKind: 'connection', ownerId: id }} name={name} readOnly={readOnly} />
      <div className={classes.actions}>
        <Button variant="default" onClick={() => openPanel({ connectionId: id, stepId: null })}>
          Open set-up guide
        </Button>
        {!readOnly && (
          <>
            <Button variant="default" onClick={() => setOpen('rotate')}>
              Make a new token
            </Button>
            <Button variant="subtle" className={classes.delete ?? ''} onClick={() => setOpen('delete')}>
              Delete connection
            </Button>
          </>
        )}
      </div>
      {open === 'rotate' && <ConnectionRotateDialog connection={connection} onClose={close} />}
      {open === 'delete' && <DeleteDialog connection={connection} onClose={close} />}
    </article>
  );
}

function DeleteDialog({
  connection: { id, name, people, groups },
  onClose,
}: {
  readonly connection: Connection;
  readonly onClose: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const remove = useMutation(
    trpc.connections.delete.mutationOptions({
      onSuccess: async () => {
        onClose();
        tell(`${name} is deleted.`);
        await Promise.all([
          queries.invalidateQueries({ queryKey: trpc.connections.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.sync.pathKey() }),
        ]);
      },
    }),
  );
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      verb="Delete connection"
      typed={name}
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ connectionId: id })}
      onClose={onClose}
    >
      <p>
        Its tokens stop working at once. {people.toLocaleString()} {people === 1 ? 'person' : 'people'} and{' '}
        {groups.toLocaleString()} {groups === 1 ? 'group' : 'groups'} stay as they are and are managed by
        nobody; a connection made later can take them over.
      </p>
    </ConfirmDialog>
  );
}
