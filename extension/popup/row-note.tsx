// The second line at the end of a row, with its whole story where the mouse or the keyboard is. Knows how it looks only.
import { VisuallyHidden } from '@mantine/core';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { Suspense } from 'react';
import { later } from '../lib/later.ts';
import type { PendingNote } from './pending-words.ts';
import classes from './row-note.module.css';

const NoteTooltip = later(async () => (await import('./note-tooltip.tsx')).NoteTooltip);

export function RowNote({
  note,
  isPointedAt,
}: {
  readonly note: PendingNote;
  readonly isPointedAt: boolean;
}) {
  const { tone, words, detail } = note;
  const line = (
    <span className={classes.note} data-tone={tone}>
      {tone === 'attention' && <IconAlertTriangleFilled size={12} aria-hidden="true" />}
      <span className={classes.words}>{words}</span>
      {detail !== undefined && <VisuallyHidden>{`: ${detail}`}</VisuallyHidden>}
    </span>
  );
  if (detail === undefined || !isPointedAt) return line;
  return (
    <Suspense fallback={line}>
      <NoteTooltip detail={detail}>{line}</NoteTooltip>
    </Suspense>
  );
}
