// Sends everything since a day again, in order. Knows one command.
import { Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type WebhookEndpoint, webhookDeliveryDays } from '../../shared/webhook.ts';
import { useTRPC } from '../lib/api.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { tell } from '../parts/tell.tsx';

export function WebhookReplayDialog({
  endpoint: { id, name },
  onClose,
}: {
  readonly endpoint: WebhookEndpoint;
  readonly onClose: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [since, setSince] = useState('');
  const [isTouched, setTouched] = useState(false);
  // A field for a moment holds none as long as it is not filled in whole.
  const at = new Date(since).getTime();
  const replay = useMutation(
    trpc.webhooks.replay.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() });
        onClose();
        tell('Everything since then is on its way again.');
      },
    }),
  );
  return (
    <Modal opened onClose={onClose} title={`Send again to ${name}`} centered>
      <DialogForm
        verb="Send again"
        isPending={replay.isPending}
        error={replay.error}
        onSubmit={() => {
          setTouched(true);
          if (!Number.isNaN(at)) replay.mutate({ endpointId: id, since: at });
        }}
        onCancel={onClose}
      >
        <p>
          Everything that happened since then is sent once more, in order and under the same message ids, so
          that a receiver that keeps to them takes nothing twice.
        </p>
        <TextInput
          type="datetime-local"
          label="Since"
          description={`At most ${webhookDeliveryDays} days back.`}
          value={since}
          onChange={({ currentTarget }) => setSince(currentTarget.value)}
          error={isTouched && Number.isNaN(at) && 'Give a day and a time.'}
          data-autofocus
        />
      </DialogForm>
    </Modal>
  );
}
