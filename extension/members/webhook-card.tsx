// One webhook endpoint: how it stands, what it is told of, and what can be done to it. Knows the commands by name.
import { Anchor, Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { WebhookEndpoint } from '../../shared/webhook.ts';
import { failureOf, useTRPC } from '../lib/api.ts';
import { useNow } from '../lib/now.ts';
import { upcoming } from '../lib/time-words.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { tell } from '../parts/tell.tsx';
import classes from './connection-card.module.css';
import { hashOf } from './route.ts';
import { WebhookDialog } from './webhook-dialog.tsx';
import { WebhookEnableDialog } from './webhook-enable-dialog.tsx';
import { WebhookSecretDialog } from './webhook-secret-dialog.tsx';
import { endpointStanding, eventWords } from './webhook-words.ts';

export function WebhookCard({
  endpoint,
  readOnly,
}: {
  readonly endpoint: WebhookEndpoint;
  readonly readOnly: boolean;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const now = useNow();
  const [open, setOpen] = useState<'change' | 'secret' | 'enable' | 'disable' | 'remove' | null>(null);
  const { id, name, url, eventTypes, state, oldSecretUntil } = endpoint;
  const { tone, word, sentence } = endpointStanding(endpoint, now);
  const close = () => setOpen(null);
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() });
  const done = (told: string) => ({
    onSuccess: async () => {
      await refresh();
      close();
      tell(told);
    },
  });
  const disable = useMutation(trpc.webhooks.disable.mutationOptions(done(`${name} is disabled.`)));
  const remove = useMutation(trpc.webhooks.remove.mutationOptions(done(`${name} is removed.`)));
  const test = useMutation(trpc.webhooks.test.mutationOptions({ onSettled: refresh }));
  return (
    <article className={classes.card} aria-labelledby={`webhook-${id}`}>
      <header className={classes.header}>
        <div>
          <h2 id={`webhook-${id}`} className={classes.name}>
            {name}
          </h2>
          <p className={classes.quiet}>{eventWords(eventTypes)}</p>
        </div>
        <StatusMark tone={tone} pill>
          {word}
        </StatusMark>
      </header>
      <p>{sentence}</p>
      <p className={classes.address}>
        <code className={classes.url} dir="ltr">
          {url}
        </code>
      </p>
      {oldSecretUntil !== null && (
        <p className={classes.warning}>
          <StatusMark tone="waiting">{''}</StatusMark>
          Two secrets sign until {upcoming(oldSecretUntil, now)}. Paste the new one at the receiver before.
        </p>
      )}
      <div aria-live="polite">
        {test.data && (
          <p>
            <StatusMark tone={test.data.delivered ? 'ok' : 'attention'}>
              {test.data.delivered ? 'Taken' : 'Not taken'}
            </StatusMark>{' '}
            {test.data.outcome}
          </p>
        )}
        {test.error && <p className={classes.failure}>{failureOf(test.error).message}</p>}
      </div>
      <p className={classes.links}>
        <Anchor href={hashOf('webhooks', { endpoint: id })}>Deliveries of {name}</Anchor>
      </p>
      {!readOnly && (
        <div className={classes.actions}>
          <Button variant="default" loading={test.isPending} onClick={() => test.mutate({ endpointId: id })}>
            Send a test event
          </Button>
          <Button variant="default" onClick={() => setOpen('change')}>
            Change
          </Button>
          <Button variant="default" onClick={() => setOpen('secret')}>
            Make a new secret
          </Button>
          {state === 'active' ? (
            <Button variant="default" onClick={() => setOpen('disable')}>
              Disable
            </Button>
          ) : (
            <Button onClick={() => setOpen('enable')}>Enable</Button>
          )}
          <Button variant="subtle" className={classes.delete ?? ''} onClick={() => setOpen('remove')}>
            Remove webhook
          </Button>
        </div>
      )}
      {open === 'change' && <WebhookDialog endpoint={endpoint} onClose={close} />}
      {open === 'secret' && <WebhookSecretDialog endpoint={endpoint} onClose={close} />}
      {open === 'enable' && <WebhookEnableDialog endpoint={endpoint} onClose={close} />}
      {open === 'disable' && (
        <ConfirmDialog
          title={`Disable ${name}?`}
          verb="Disable webhook"
          isPending={disable.isPending}
          error={disable.error}
          onConfirm={() => disable.mutate({ endpointId: id })}
          onClose={close}
        >
          <p>Nothing is sent from then on. What happens meanwhile can be sent when you enable it again.</p>
        </ConfirmDialog>
      )}
      {open === 'remove' && (
        <ConfirmDialog
          title={`Remove ${name}?`}
          verb="Remove webhook"
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ endpointId: id })}
          onClose={close}
        >
          <p>Nothing is sent there any more, and its secret and its deliveries are deleted.</p>
        </ConfirmDialog>
      )}
    </article>
  );
}
