// Makes a webhook endpoint or changes one: where it is, and which events it is told of. The secret of a new one is handed
// over once. Knows two commands.
import { Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { WebhookEndpoint } from '../../shared/webhook.ts';
import { webhookEventTypes } from '../../shared/webhook-event.ts';
import { useTRPC } from '../lib/api.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { SecretDialog } from '../parts/secret-dialog.tsx';
import { tell } from '../parts/tell.tsx';
import { ChoiceGroups } from './choice-groups.tsx';
import { eventGroups, isEventType } from './webhook-words.ts';

export function WebhookDialog({
  endpoint,
  onClose,
}: {
  /** The one to change; a new one without it. */
  readonly endpoint?: WebhookEndpoint;
  readonly onClose: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState(endpoint?.name ?? '');
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [isAll, setAll] = useState((endpoint?.eventTypes ?? null) === null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    new Set(endpoint?.eventTypes ?? webhookEventTypes.filter((type) => type.startsWith('member.'))),
  );
  const [isTouched, setTouched] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() });
  const create = useMutation(trpc.webhooks.create.mutationOptions({ onSuccess: refresh }));
  const change = useMutation(
    trpc.webhooks.change.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onClose();
        tell(`${name.trim()} is changed. What waits goes to where it points now.`);
      },
    }),
  );
  const faults = {
    name: name.trim() === '' && 'Give it a name, such as that of the system behind it.',
    url: !/^https?:\/\/\S+$/.test(url.trim()) && 'Give an address that begins with https://.',
    events: !isAll && chosen.size === 0 && 'Choose at least one event.',
  };
  const submit = () => {
    setTouched(true);
    if (Object.values(faults).some(Boolean)) return;
    const eventTypes = isAll ? null : [...chosen].filter(isEventType);
    const values = { name: name.trim(), url: url.trim(), eventTypes };
    if (endpoint === undefined) create.mutate(values);
    else change.mutate({ endpointId: endpoint.id, ...values });
  };
  const error = (fault: string | false) => isTouched && fault;
  return (
    <SecretDialog
      title={endpoint === undefined ? 'New webhook' : `Change ${endpoint.name}`}
      made={
        create.data && {
          title: `Paste the secret at ${name.trim()}`,
          secret: create.data.secret,
          what: 'the signing secret',
          label: 'Copy secret',
          about: 'The receiver verifies each message with it.',
          lost: 'The secret was not copied. Make a new one from the webhook’s card.',
        }
      }
      onClose={onClose}
    >
      {(leave) => (
        <DialogForm
          verb={endpoint === undefined ? 'Make webhook' : 'Save webhook'}
          isPending={create.isPending || change.isPending}
          error={create.error ?? change.error}
          onSubmit={submit}
          onCancel={leave}
        >
          <TextInput
            label="Name"
            value={name}
            maxLength={80}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            error={error(faults.name)}
            data-autofocus
          />
          <TextInput
            label="Address"
            description="Messages are sent there by POST. Addresses inside your network need the operator’s leave."
            placeholder="https://hooks.corp.example/rollcall"
            type="url"
            dir="ltr"
            spellCheck={false}
            autoComplete="off"
            value={url}
            onChange={({ currentTarget }) => setUrl(currentTarget.value)}
            error={error(faults.url)}
          />
          <Checkbox
            label="All events, those of later versions included"
            checked={isAll}
            onChange={({ currentTarget }) => setAll(currentTarget.checked)}
          />
          {!isAll && (
            <ChoiceGroups
              label="Events"
              groups={eventGroups}
              chosen={chosen}
              onChoose={setChosen}
              error={error(faults.events)}
            />
          )}
        </DialogForm>
      )}
    </SecretDialog>
  );
}
