// Makes a new signing secret, and hands it over once: both sign for a while, so that nothing is refused. Knows one command.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type WebhookEndpoint, webhookOverlapHours } from '../../shared/webhook.ts';
import { useTRPC } from '../lib/api.ts';
import { upcoming } from '../lib/time-words.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { SecretDialog } from '../parts/secret-dialog.tsx';

export function WebhookSecretDialog({
  endpoint: { id, name },
  onClose,
}: {
  readonly endpoint: WebhookEndpoint;
  readonly onClose: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const rotate = useMutation(
    trpc.webhooks.rotate.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() }),
    }),
  );
  const made = rotate.data;
  return (
    <SecretDialog
      title={`New secret for ${name}`}
      made={
        made && {
          title: `Paste the new secret at ${name}`,
          secret: made.secret,
          what: 'the new secret',
          label: 'Copy secret',
          about: `Until ${upcoming(made.oldSecretUntil, Date.now())} messages carry a signature of the old one too.`,
          lost: 'The secret was not copied. Make another one.',
        }
      }
      onClose={onClose}
    >
      {(leave) => (
        <DialogForm
          verb="Make secret"
          isPending={rotate.isPending}
          error={rotate.error}
          onSubmit={() => rotate.mutate({ endpointId: id })}
          onCancel={leave}
        >
          <p>
            For {webhookOverlapHours} hours messages are signed with both, so that nothing is refused until
            the new one is pasted at the receiver. After that, only the new one signs.
          </p>
        </DialogForm>
      )}
    </SecretDialog>
  );
}
