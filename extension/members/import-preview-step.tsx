// The second step of an import: what each line would do, problems first. Nothing is changed until the button is pressed.
import { Button, Progress } from '@mantine/core';
import { useState } from 'react';
import type { ImportPreview } from '../../shared/member-import.ts';
import { failureOf } from '../lib/api.ts';
import classes from './import-dialog.module.css';
import { ImportLines } from './import-lines.tsx';
import { type ImportKind, importKinds, importKindWords, totalsSentence } from './import-words.ts';

export function ImportPreviewStep({
  preview,
  isImporting,
  error,
  onImport,
  onBack,
}: {
  readonly preview: ImportPreview;
  readonly isImporting: boolean;
  readonly error: unknown;
  readonly onImport: () => void;
  readonly onBack: () => void;
}) {
  const { totals, ignoredColumns, lines } = preview;
  const [kind, setKind] = useState<ImportKind | null>(null);
  const count = totals.new + totals.update;
  const shown = importKinds.filter((each) => totals[each] > 0);
  return (
    <div className={classes.step}>
      <p className={classes.totals} role="status">
        {totalsSentence(preview)}
      </p>
      {ignoredColumns.length > 0 && (
        <p className={classes.quiet}>
          {ignoredColumns.length === 1 ? 'This column means' : 'These columns mean'} nothing here and{' '}
          {ignoredColumns.length === 1 ? 'is' : 'are'} left out: {ignoredColumns.join(', ')}.
        </p>
      )}
      <fieldset className={classes.kinds} aria-label="Show lines">
        <Button
          size="compact-sm"
          variant={kind === null ? 'light' : 'subtle'}
          aria-pressed={kind === null}
          onClick={() => setKind(null)}
        >
          All {lines.length.toLocaleString()}
        </Button>
        {shown.map((each) => (
          <Button
            key={each}
            size="compact-sm"
            variant={kind === each ? 'light' : 'subtle'}
            aria-pressed={kind === each}
            onClick={() => setKind(each)}
          >
            {importKindWords[each][1]} {totals[each].toLocaleString()}
          </Button>
        ))}
      </fieldset>
      <ImportLines lines={lines} kind={kind} />
      {isImporting && (
        <div role="status" className={classes.quiet}>
          <Progress value={100} animated size="sm" aria-label="Importing" />
          Importing {count.toLocaleString()} {count === 1 ? 'line' : 'lines'}. Keep this page open to see what
          comes of each.
        </div>
      )}
      {error != null && (
        <p className={classes.failure} role="alert">
          {failureOf(error).message} Your table is still here.
        </p>
      )}
      <div className={classes.end}>
        <Button variant="default" disabled={isImporting} onClick={onBack}>
          Back
        </Button>
        <Button disabled={count === 0} loading={isImporting} onClick={onImport} data-autofocus>
          Import {count.toLocaleString()} {count === 1 ? 'person' : 'people'}
        </Button>
      </div>
    </div>
  );
}
