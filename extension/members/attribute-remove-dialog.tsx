// Removes an attribute, after saying how many people carry it. Knows the preview and the command.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { customAttributeGraceDays } from '../../shared/custom-attributes.ts';
import { useTRPC } from '../lib/api.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { tell } from '../parts/tell.tsx';

export function AttributeRemoveDialog({
  name,
  version,
  onClose,
}: {
  readonly name: string;
  readonly version: number;
  readonly onClose: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const step = { kind: 'remove', name } as const;
  const preview = useQuery(trpc.attributes.preview.queryOptions(step));
  const save = useMutation(
    trpc.attributes.save.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.attributes.pathKey() });
        onClose();
        tell(`${name} is removed. Its values can be put back for ${customAttributeGraceDays} days.`);
      },
    }),
  );
  return (
    <ConfirmDialog
      title={`Remove ${name}?`}
      verb="Remove attribute"
      isPending={save.isPending}
      error={save.error}
      onConfirm={() => save.mutate({ version, step })}
      onClose={onClose}
    >
      <p aria-live="polite">{preview.data?.sentence}</p>
      <p>Its values are hidden at once and erased after {customAttributeGraceDays} days.</p>
    </ConfirmDialog>
  );
}
