// Brings people in from a CSV file: choose or paste, look at what it would do, import, see what came of each line. Knows
// the steps and keeps the text until the end; how a file is read is the server's business.
import { Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../lib/api.ts';
import { ImportOutcomes } from './import-outcomes.tsx';
import { ImportPreviewStep } from './import-preview-step.tsx';
import { ImportSource, type ImportText } from './import-source.tsx';

export function ImportDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Import people from CSV"
      size={760}
      closeOnClickOutside={false}
    >
      <ImportSteps onClose={onClose} />
    </Modal>
  );
}

function ImportSteps({ onClose }: { readonly onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [source, setSource] = useState<ImportText>({ text: '', file: null });
  const preview = useMutation(trpc.members.previewImport.mutationOptions());
  const run = useMutation(
    trpc.members.import.mutationOptions({
      onSuccess: () =>
        Promise.all([
          queries.invalidateQueries({ queryKey: trpc.members.pathKey() }),
          queries.invalidateQueries({ queryKey: trpc.groups.pathKey() }),
        ]),
    }),
  );
  const csv = source.text;
  if (run.data !== undefined) return <ImportOutcomes result={run.data} onClose={onClose} />;
  if (preview.data !== undefined)
    return (
      <ImportPreviewStep
        preview={preview.data}
        isImporting={run.isPending}
        error={run.error}
        onImport={() => run.mutate({ csv })}
        onBack={() => {
          run.reset();
          preview.reset();
        }}
      />
    );
  return (
    <ImportSource
      source={source}
      isChecking={preview.isPending}
      error={preview.error}
      onChange={(next) => {
        preview.reset();
        setSource(next);
      }}
      onCheck={() => preview.mutate({ csv })}
      onClose={onClose}
    />
  );
}
