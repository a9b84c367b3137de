// Enables a webhook again, and asks what becomes of what happened meanwhile. Knows one command.
import { Modal, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type WebhookEndpoint, webhookDeliveryDays } from '../../shared/webhook.ts';
import { useTRPC } from '../lib/api.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { tell } from '../parts/tell.tsx';

const choices = [
  { value: 'replay', label: 'Sent after all, in order' },
  { value: 'skip', label: 'Left out' },
];

export function WebhookEnableDialog({
  endpoint: { id, name },
  onClose,
}: {
  readonly endpoint: WebhookEndpoint;
  readonly onClose: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [missed, setMissed] = useState<'replay' | 'skip'>('replay');
  const enable = useMutation(
    trpc.webhooks.enable.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() });
        onClose();
        tell(`${name} is enabled.`);
      },
    }),
  );
  return (
    <Modal opened onClose={onClose} title={`Enable ${name}`} centered>
      <DialogForm
        verb="Enable webhook"
        isPending={enable.isPending}
        error={enable.error}
        onSubmit={() => enable.mutate({ endpointId: id, missed })}
        onCancel={onClose}
      >
        <NativeSelect
          label="What happened meanwhile is"
          description={`As far as ${webhookDeliveryDays} days back.`}
          data={choices}
          value={missed}
          onChange={({ currentTarget }) => setMissed(currentTarget.value === 'skip' ? 'skip' : 'replay')}
          data-autofocus
        />
      </DialogForm>
    </Modal>
  );
}
